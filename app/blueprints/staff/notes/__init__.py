"""A note to the staff: to all, a role, a station or a shift, looked at before it goes."""
