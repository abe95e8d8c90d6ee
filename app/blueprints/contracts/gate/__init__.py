"""The readiness gate: what must be there before the pen is given, and who can mend what is missing."""
