"""The staff plan as three views (by role, by person, by hour), and giving duties on them."""
