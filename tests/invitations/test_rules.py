"""Which state follows which."""

import pytest

from app.blueprints.invitations.rules import Fact, NotPossibleNow, after, may_follow
from app.models import InvitationState as S


@pytest.mark.parametrize(
    ("state", "fact", "expected"),
    [
        (S.LISTED, Fact.SENT, S.INVITED),
        (S.INVITED, Fact.ACCEPTED, S.ACCEPTED),
        (S.INVITED, Fact.WAITING, S.WAITING),
        (S.WAITING, Fact.ACCEPTED, S.ACCEPTED),
        (S.ACCEPTED, Fact.DECLINED, S.DECLINED),
        (S.DECLINED, Fact.ACCEPTED, S.ACCEPTED),
        (S.INVITED, Fact.ASKED_AGAIN, S.NO_ANSWER),
        (S.ACCEPTED, Fact.ASKED_AGAIN, S.ACCEPTED),
        (S.ACCEPTED, Fact.CONFIRMED, S.FIRM),
        (S.NO_ANSWER, Fact.FELL_SILENT, S.SILENT),
        (S.SILENT, Fact.CONFIRMED, S.FIRM),
        (S.SILENT, Fact.DECLINED_LATE, S.DECLINED_LATE),
        (S.FIRM, Fact.SUBSTITUTED, S.SUBSTITUTE),
        (S.FIRM, Fact.ARRIVED, S.ARRIVED),
        (S.SILENT, Fact.ARRIVED, S.ARRIVED),
        (S.FIRM, Fact.STAYED_AWAY, S.NO_SHOW),
        (S.NO_SHOW, Fact.ARRIVED, S.ARRIVED),
    ],
)
def test_what_follows(state, fact, expected):
    assert after(state, fact) is expected


@pytest.mark.parametrize(
    ("state", "fact"),
    [
        (S.DECLINED, Fact.ASKED_AGAIN),
        (S.DECLINED_LATE, Fact.ASKED_AGAIN),
        (S.ARRIVED, Fact.DECLINED),
        (S.INVITED, Fact.SENT),
        (S.LISTED, Fact.ASKED_AGAIN),
        (S.FIRM, Fact.FELL_SILENT),
        (S.DECLINED, Fact.STAYED_AWAY),
    ],
)
def test_what_does_not(state, fact):
    assert not may_follow(state, fact)
    with pytest.raises(NotPossibleNow) as refusal:
        after(state, fact)
    assert refusal.value.code == "not_possible_now"


def test_an_undone_arrival_goes_back_to_where_it_came_from():
    assert after(S.ARRIVED, Fact.ARRIVAL_UNDONE, before_arrival=S.SILENT) is S.SILENT


@pytest.mark.parametrize("fact", list(Fact))
@pytest.mark.parametrize("state", list(S))
def test_every_pair_is_decided(state, fact):
    if may_follow(state, fact):
        assert after(state, fact) in S
