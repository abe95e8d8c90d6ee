"""Plan: the plan of an event as a controlled document, and the timeline of what has to be done until then.

A plan (方案) is written in sections, reviewed and approved by other people than its writers, and then locked. A later
change makes a new revision, with its mark, its reason and a list of what changed. `rules.life` says what follows what;
`rules.clean` lets through only the HTML a section may hold; `rules.filling` puts figures and tables where a
placeholder stands. What those say is read from the rooms that know it (`facts`), so nothing is typed twice: live while
the plan is open, frozen when it is approved.

`approval` holds the way to the signature, `compare` two revisions side by side, `printing` the document as it is
filed, `timeline` tasks with their days, the Gantt picture, what is late, and the calendar of a person.
"""

from flask import Blueprint

blueprint = Blueprint("plan", __name__)
