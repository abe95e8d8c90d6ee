"""Lists on paper: the checklist by department, zone or owner, delivery notes by supplier, and the packing list."""
