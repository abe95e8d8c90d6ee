"""Set-up, supervision and building blocks around the program; nothing here is imported by `app`."""
