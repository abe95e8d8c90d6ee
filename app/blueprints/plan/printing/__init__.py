"""The plan as it is filed."""
