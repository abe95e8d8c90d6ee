"""What is wrong with a qualification paper, one thing at a time."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from app.blueprints.dealers.papers import rules
from app.blueprints.dealers.papers.rules import Fault
from app.models import PaperKind, PaperState

TODAY = date(2026, 11, 24)
LINES = [("ro-purifier", "反渗透净水机")]


@dataclass
class Paper:
    kind: PaperKind = PaperKind.BUSINESS_LICENCE
    state: PaperState = PaperState.PASSED
    holder: str = ""
    scope: str = "家用电器批发；反渗透净水机、滤芯销售"
    is_stamped: bool = True
    valid_until: date | None = TODAY


@pytest.mark.parametrize(
    ("paper", "fault"),
    [
        (None, Fault.MISSING),
        (Paper(), None),
        (Paper(valid_until=None), None),
        (Paper(state=PaperState.WANTED), Fault.MISSING),
        (Paper(state=PaperState.SUBMITTED), Fault.UNCHECKED),
        (Paper(state=PaperState.RETURNED), Fault.RETURNED),
        (Paper(valid_until=date(2026, 11, 23)), Fault.EXPIRED),
        (Paper(is_stamped=False), Fault.UNSTAMPED),
        (Paper(scope=""), Fault.OUT_OF_SCOPE),
        (Paper(scope="食品销售"), Fault.OUT_OF_SCOPE),
        (Paper(scope="ＲＯ－Purifier"), None),
        (Paper(kind=PaperKind.TAX_REGISTRATION, scope=""), None),
    ],
)
def test_what_is_wrong_with_a_paper(paper, fault):
    assert rules.fault_of(paper, TODAY, LINES) is fault


def test_every_required_paper_is_looked_at():
    have = {PaperKind.BUSINESS_LICENCE: Paper()}
    required = (PaperKind.BUSINESS_LICENCE, PaperKind.TAX_REGISTRATION)
    assert [each.fault for each in rules.wanted(required, have, TODAY, LINES)] == [None, Fault.MISSING]


def test_a_paper_ends_soon_within_sixty_days():
    assert rules.ends_soon(date(2027, 1, 23), TODAY)
    assert not rules.ends_soon(date(2027, 1, 24), TODAY)
    assert not rules.ends_soon(date(2026, 11, 23), TODAY)
    assert not rules.ends_soon(None, TODAY)


def test_nobody_passes_a_paper_without_the_seal_or_out_of_date():
    rules.check_pass(Paper(), TODAY)
    with pytest.raises(rules.StampWanted):
        rules.check_pass(replace(Paper(), is_stamped=False), TODAY)
    with pytest.raises(rules.PaperExpired):
        rules.check_pass(replace(Paper(), valid_until=date(2026, 11, 23)), TODAY)
