"""The call list: silent guests, the most worthwhile first, dialled and logged in three taps."""
