"""What an answer makes of an invitation, and until when it can be given."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.invitations.rules import Fact, may_follow
from app.blueprints.rsvp.reply.rules import Window, facts, window
from app.models import Answer, EventStatus
from app.models import InvitationState as S

START = datetime(2026, 11, 26, 1, tzinfo=UTC)
CLOSE = START - timedelta(days=5)


@pytest.mark.parametrize(
    ("status", "state", "now", "was_asked", "expected"),
    [
        (EventStatus.OPEN, S.INVITED, CLOSE - timedelta(seconds=1), False, Window.OPEN),
        (EventStatus.RUNNING, S.INVITED, CLOSE - timedelta(seconds=1), False, Window.OPEN),
        (EventStatus.OPEN, S.INVITED, CLOSE, False, Window.CLOSED),
        (EventStatus.OPEN, S.ACCEPTED, CLOSE, True, Window.CONFIRM_ONLY),
        (EventStatus.OPEN, S.ACCEPTED, START, True, Window.CLOSED),
        (EventStatus.DRAFT, S.LISTED, CLOSE - timedelta(days=9), False, Window.NOT_YET),
        (EventStatus.CLOSED, S.FIRM, START, True, Window.OVER),
        (EventStatus.ARCHIVED, S.INVITED, START, False, Window.OVER),
        (EventStatus.OPEN, S.ARRIVED, START, True, Window.HERE),
        (EventStatus.CLOSED, S.ARRIVED, START, True, Window.HERE),
        (EventStatus.OPEN, S.NO_SHOW, START, True, Window.OVER),
    ],
)
def test_window(status, state, now, was_asked, expected):
    found = window(status=status, state=state, now=now, closes_at=CLOSE, starts_at=START, was_asked=was_asked)
    assert found is expected


@pytest.mark.parametrize(
    ("answer", "state", "began", "asked", "room", "expected"),
    [
        (Answer.COMING, S.INVITED, False, False, True, (Fact.ACCEPTED,)),
        (Answer.COMING, S.INVITED, False, False, False, (Fact.WAITING,)),
        (Answer.COMING, S.NO_ANSWER, True, True, False, (Fact.WAITING,)),
        (Answer.COMING, S.ACCEPTED, True, True, True, (Fact.ACCEPTED, Fact.CONFIRMED)),
        (Answer.COMING, S.INVITED, True, False, True, (Fact.ACCEPTED, Fact.CONFIRMED)),
        (Answer.SUBSTITUTE, S.INVITED, False, False, True, (Fact.ACCEPTED,)),
        (Answer.SUBSTITUTE, S.ACCEPTED, True, True, True, (Fact.ACCEPTED, Fact.SUBSTITUTED)),
        (Answer.NOT_COMING, S.ACCEPTED, False, False, True, (Fact.DECLINED,)),
        (Answer.NOT_COMING, S.ACCEPTED, True, True, True, (Fact.DECLINED_LATE,)),
        (Answer.NOT_COMING, S.INVITED, True, False, True, (Fact.DECLINED,)),
        (Answer.NOT_COMING, S.WAITING, True, True, True, (Fact.DECLINED,)),
        (Answer.NOT_COMING, S.DECLINED, True, True, True, ()),
        (Answer.NOT_COMING, S.DECLINED_LATE, True, True, True, ()),
    ],
)
def test_facts(answer, state, began, asked, room, expected):
    assert facts(answer, state=state, round_began=began, was_asked=asked, has_room=room) == expected


@given(
    st.sampled_from(list(Answer)),
    st.sampled_from([s for s in S if s not in (S.ARRIVED, S.NO_SHOW, S.LISTED)]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_every_answer_is_possible_until_the_door(answer, state, began, asked, room):
    for fact in facts(answer, state=state, round_began=began, was_asked=began and asked, has_room=room)[:1]:
        assert may_follow(state, fact)
