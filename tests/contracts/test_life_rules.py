"""The life of a contract: the table of states, walked by chance."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.blueprints.contracts.rules import life
from app.blueprints.contracts.rules.life import Need
from app.models import ContractState

S = ContractState
SEALED = {S.COUNTERSIGNED, S.FILED, S.ENDED}


class Life(RuleBasedStateMachine):
    """Anybody tries anything at any time; `path` is what the contract really went through since its last draft."""

    def __init__(self):
        super().__init__()
        self.state, self.has, self.path = S.DRAFT, set(), []

    @rule(need=st.sampled_from(Need))
    def comes(self, need):
        self.has.add(need)

    @rule(need=st.sampled_from(Need))
    def goes(self, need):
        self.has.discard(need)

    @rule(to=st.sampled_from(S))
    def tries(self, to):
        try:
            life.check(life.Standing(self.state, frozenset(self.has)), to)
        except (life.ContractCannotMove, life.NotApproved, life.DocumentMissing, life.GateClosed, life.MarkMissing):
            return
        self.path = [] if to is S.DRAFT else [*self.path, (to, frozenset(self.has))]
        self.state = to

    @precondition(lambda self: self.state in SEALED)
    @invariant()
    def was_approved_gated_and_signed_twice(self):
        went = {state for state, _ in self.path}
        assert {S.APPROVED, S.SIGNING, S.SIGNED, S.COUNTERSIGNED} <= went
        at = dict(self.path)
        assert {Need.APPROVAL, Need.DOCUMENT, Need.GATE} <= at[S.SIGNING]
        assert {Need.APPROVAL, Need.DOCUMENT, Need.DEALER_MARK} <= at[S.SIGNED]
        assert {Need.APPROVAL, Need.DOCUMENT, Need.DEALER_MARK, Need.COMPANY_MARK} <= at[S.COUNTERSIGNED]


Life.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
TestLife = Life.TestCase


def paths(state, seen=()):
    """Every way through the table that visits no state twice."""
    yield (*seen, state)
    for follower in life.FOLLOWS[state] - set(seen) - {state}:
        yield from paths(follower, (*seen, state))


def test_every_path_to_the_seal_leads_through_approval_gate_and_both_marks():
    sealed = [path for path in paths(S.DRAFT) if path[-1] in SEALED]
    assert sealed
    for path in sealed:
        order = [path.index(state) for state in (S.IN_REVIEW, S.APPROVED, S.SIGNING, S.SIGNED, S.COUNTERSIGNED)]
        assert order == sorted(order)


@pytest.mark.parametrize("need", Need)
@pytest.mark.parametrize("to", life.NEEDS)
def test_each_need_alone_stops_the_move(need, to):
    before = next(state for state, following in life.FOLLOWS.items() if to in following)
    has = frozenset(Need) - {need}
    assert life.missing(life.Standing(before, has), to) == ([need] if need in life.NEEDS[to] else [])


def test_giving_up_needs_nothing():
    life.check(life.Standing(S.SIGNING), S.APPROVED)


def test_void_and_ended_are_the_end():
    assert not life.FOLLOWS[S.VOID]
    assert not life.FOLLOWS[S.ENDED]
    for state in (S.VOID, S.ENDED):
        with pytest.raises(life.ContractCannotMove):
            life.check(life.Standing(state, frozenset(Need)), S.DRAFT)
