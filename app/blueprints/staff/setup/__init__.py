"""The roles and shifts of one event, and how many people each role needs in each shift."""
