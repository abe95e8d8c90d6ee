"""Telling people what to do: a message with a personal link for whoever does not know, or knows what has changed."""
