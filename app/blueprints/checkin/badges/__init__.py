"""Badges: who somebody is, readable from two metres, and the code that the desk scans.

`badge_pdf` takes plain faces and gives a PDF; `uncovered` says beforehand which names hold characters that
no font here can draw. Which guests get a badge, in what order, and which earlier badge a reprint revokes is
decided elsewhere.
"""

from app.blueprints.checkin.badges.document import badge_pdf, uncovered
from app.blueprints.checkin.badges.faces import KIND_COLOURS, BadgeFace, BadgeHeading, BadgeSize

__all__ = ["KIND_COLOURS", "BadgeFace", "BadgeHeading", "BadgeSize", "badge_pdf", "uncovered"]
