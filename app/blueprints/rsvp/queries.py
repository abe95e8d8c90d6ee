"""What other rooms ask of this one."""

from app.blueprints.rsvp.headcount.queries import HeadCount, head_count_three_ways
from app.blueprints.rsvp.seats.queries import Seats, seats

__all__ = ["HeadCount", "Seats", "head_count_three_ways", "seats"]
