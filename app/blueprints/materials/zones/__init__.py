"""Zones of the hall: what to set up where, by whom, until when; what the hall must have; the board of the set-up.

A zone turns green by itself when all its tasks are done; it is accepted by a person, and whatever opens a task of it
again takes the acceptance back.
"""
