"""Report: what came of an event, worked out from its rows each time, what is bad first.

`queries` reads one `Fact` a guest (how far they came, what they signed, owe and paid) with a fixed number of queries;
`rules` count them: the funnel and its cuts, what readiness was said and what came of it, the forecast of heads, and
the findings in plain words. A figure and the rows behind it are the same facts chosen by the same marks, so a page of
rows always has as many lines as the figure said. `snapshots` keep the figures at set days, `steps` what happens next
with guests who did not sign, `publicity` the texts marketing publishes.
"""

from flask import Blueprint

blueprint = Blueprint("report", __name__)
