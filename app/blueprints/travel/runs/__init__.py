"""Arrivals, the way back, cars, and the runs that bring guests from the station and there."""
