"""The documents the company signs again and again: edited, checked, reviewed by a second person, kept in versions."""
