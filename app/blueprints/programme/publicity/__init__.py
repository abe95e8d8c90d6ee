"""What each medium carries and when, what it costs, and the proof that it appeared."""
