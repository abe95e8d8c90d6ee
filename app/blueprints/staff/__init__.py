"""Staff: who does what at an event, from the plan to the day.

A plan is roles times shifts: `StaffNeed` says how many people a role needs in a shift, each of them is a place with a
number, and a `Duty` puts one person into one place. `queries.plans` loads whole plans (`plan.Plan`) with a fixed number
of queries; the three views, the suggestions and the alarms are all worked out from that in memory, so a page costs
the same for ten people and for three hundred. `template` is the standard conference's roles and shifts.

A duty's state is planned, told, acknowledged or refused. Whether it has *changed* since somebody was told is not a
state that anyone sets: `rules.duty` compares a digest of what was told with what the duty is now, so that a new venue,
set by another room, asks again too.

`people` keeps the company's file of those who work at events, own and hired; `setup` the roles and shifts of one
event; `board` the three views and what is done on them.
"""

from flask import Blueprint

blueprint = Blueprint("staff", __name__)
