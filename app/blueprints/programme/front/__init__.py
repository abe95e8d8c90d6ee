"""Speakers, guests of honour, press and officials: who looks after them, and where they sit."""
