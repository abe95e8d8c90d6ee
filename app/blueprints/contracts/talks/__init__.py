"""Talks on the day: who sits with which dealer, at which table, since when, and what is still open."""
