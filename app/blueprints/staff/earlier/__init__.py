"""Staffing an event like an earlier one: roles, shifts, needs, and the people who still work for us."""
