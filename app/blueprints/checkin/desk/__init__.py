"""The page at the door: scan, search, answer, undo. It works as a plain form; scripts make it fast."""
