"""Which state of an invitation follows which. Values in, verdict out."""

from enum import StrEnum

from app.blueprints.events.rules.head_count import EXPECTED
from app.errors import N_, SigningDayError
from app.models import InvitationState as S


class Fact(StrEnum):
    """Something that happened to an invitation."""

    SENT = "sent"  # the invitation went to the outbox
    ACCEPTED = "accepted"  # the guest said yes, and there is a seat
    WAITING = "waiting"  # the guest said yes, and the hall is full
    DECLINED = "declined"  # no, before being asked again
    ASKED_AGAIN = "asked_again"  # the question before the day went out
    CONFIRMED = "confirmed"  # asked again: yes
    SUBSTITUTED = "substituted"  # somebody else comes, whenever that was said
    DECLINED_LATE = "declined_late"  # asked again: no
    FELL_SILENT = "fell_silent"  # asked again: no answer for too long
    DAY_CHANGED = "day_changed"  # the event was moved: a yes to the old day is to be confirmed for the new one
    ANSWER_UNDONE = "answer_undone"  # what a call recorded was a mistake
    ARRIVED = "arrived"
    ARRIVAL_UNDONE = "arrival_undone"
    STAYED_AWAY = "stayed_away"  # the event closed and the guest had not come


class NotPossibleNow(SigningDayError):
    """The invitation's state does not allow what was asked."""

    code = "not_possible_now"
    sentence = N_("This is not possible while the invitation stands at “%(state)s”.")


# Whoever holds a seat: those expected, and those already here.
SEATED = EXPECTED | {S.ARRIVED}
# Who is asked again three days out.
TO_ASK_AGAIN = frozenset({S.ACCEPTED, S.INVITED, S.NO_ANSWER})

_ANSWERING = frozenset({S.INVITED, S.NO_ANSWER, S.ACCEPTED, S.WAITING, S.DECLINED, S.FIRM, S.SUBSTITUTE, S.SILENT})
_ANSWERING_LATE = _ANSWERING | {S.DECLINED_LATE}
_NOT_YET_HERE = frozenset(S) - {S.ARRIVED, S.NO_SHOW}

_FOLLOWS: dict[Fact, tuple[frozenset[S], S]] = {
    Fact.SENT: (frozenset({S.LISTED}), S.INVITED),
    # A yes by phone counts for a guest who is only listed, too.
    Fact.ACCEPTED: (_ANSWERING_LATE | {S.LISTED}, S.ACCEPTED),
    Fact.WAITING: (_ANSWERING_LATE | {S.LISTED}, S.WAITING),
    Fact.DECLINED: (_ANSWERING_LATE | {S.LISTED}, S.DECLINED),
    Fact.CONFIRMED: (_ANSWERING_LATE, S.FIRM),
    Fact.SUBSTITUTED: (_ANSWERING_LATE | {S.LISTED}, S.SUBSTITUTE),
    Fact.DECLINED_LATE: (_ANSWERING_LATE, S.DECLINED_LATE),
    Fact.FELL_SILENT: (frozenset({S.ACCEPTED, S.NO_ANSWER}), S.SILENT),
    Fact.DAY_CHANGED: (EXPECTED, S.ACCEPTED),
    # The door decides who comes in; whoever it lets in has arrived.
    Fact.ARRIVED: (_NOT_YET_HERE | {S.NO_SHOW}, S.ARRIVED),
    Fact.STAYED_AWAY: (EXPECTED, S.NO_SHOW),
}


def may_follow(state: S, fact: Fact) -> bool:
    """Tell whether a fact may happen to an invitation in this state."""
    if fact is Fact.ASKED_AGAIN:
        return state in TO_ASK_AGAIN
    if fact is Fact.ARRIVAL_UNDONE:
        return state is S.ARRIVED
    if fact is Fact.ANSWER_UNDONE:
        return state in _NOT_YET_HERE
    return state in _FOLLOWS[fact][0]


def after(state: S, fact: Fact, *, before_arrival: S = S.FIRM, before_answer: S = S.INVITED) -> S:
    """Return the state after a fact; raise NotPossibleNow when it cannot happen.

    `before_arrival` is what an undone arrival goes back to, `before_answer` the same for an undone answer.
    """
    if not may_follow(state, fact):
        raise NotPossibleNow(state=state.value)
    if fact is Fact.ASKED_AGAIN:
        return S.NO_ANSWER if state is S.INVITED else state
    if fact is Fact.ARRIVAL_UNDONE:
        return before_arrival
    if fact is Fact.ANSWER_UNDONE:
        return before_answer
    return _FOLLOWS[fact][1]
