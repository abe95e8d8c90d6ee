"""A believable sample company with three conferences: one long over, one in full swing, one being planned.

Everything is drawn from one seeded generator, so the same seed gives the same people. Dates are relative to the
moment of making. Names of firms and people are made up; any likeness is chance.
"""

from app.demo.build import LOGINS, PASSWORD, Sample, make

__all__ = ["LOGINS", "PASSWORD", "Sample", "make"]
