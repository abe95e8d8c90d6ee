"""Programme: the agenda of an event and all that hangs on it, until the last session of the day has ended.

Sessions (议程) have a start, a length, a room and a speaker. `rules.clashes` says what cannot be true at once, and
where time is left over or runs out; `rules.moving` what moves along. `rules.coverage` shows which question of a dealer
no talk answers, `rules.rehearsed` whose talk has not passed a rehearsal yet, `rules.live` what is now and next on the
day and how a delay is carried forward, `rules.rostrum` who sits where in front.

`agenda` holds sessions with slides and rehearsals, `day` the run sheet (流程表) with its cues, printed and live on a
phone, `front` speakers, guests of honour, press and officials with their hosts, `publicity` the publicity plan,
`open` the programme that guests read under an address that cannot be guessed, `printing` the papers.
"""

from flask import Blueprint

blueprint = Blueprint("programme", __name__)
