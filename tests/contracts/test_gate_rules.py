"""The readiness gate as a table: one thing wrong at a time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.blueprints.contracts.rules import gate
from app.blueprints.contracts.rules.gate import Facts, Hold, Light, Offer, Payment, Point
from app.models import ContractKind, PaymentKind, SignatoryKind, TerritoryState, Tier

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
HOLD = Hold("武汉市", TerritoryState.HELD, NOW + timedelta(hours=1), is_ours=True)
RIGHT = Facts(
    now=NOW,
    is_approved=True,
    has_document=True,
    paper_faults=[],
    signatory_kind=SignatoryKind.LEGAL_REPRESENTATIVE,
    signatory="张三",
    legal_representative="张 三",
    authorization_fault="missing",
    authorized="",
    screening=True,
    kind=ContractKind.DISTRIBUTION,
    tier=Tier.GENERAL,
    holds=[HOLD],
    package=Offer("今日签约礼", True, NOW + timedelta(hours=1), 10, 9),
    packages_open=2,
    deposit=Decimal(20000),
    payments=[Payment(PaymentKind.DEPOSIT, 7, None)],
)
BY_LETTER = {"signatory_kind": SignatoryKind.AUTHORIZED}
CASES = [
    ({"is_approved": False}, Point.APPROVAL, "not_approved"),
    ({"has_document": False}, Point.DOCUMENT, "no_document"),
    ({"paper_faults": [("expired", "business_licence")]}, Point.PAPERS, "expired"),
    ({"signatory": " "}, Point.SIGNATORY, "no_signatory"),
    ({"signatory": "李四"}, Point.SIGNATORY, "not_the_representative"),
    (BY_LETTER, Point.SIGNATORY, "authorization_missing"),
    (BY_LETTER | {"authorization_fault": None, "authorized": "王五"}, Point.SIGNATORY, "authorization_names_another"),
    ({"screening": None}, Point.SCREENING, "not_screened"),
    ({"screening": False}, Point.SCREENING, "screening_refused"),
    ({"holds": []}, Point.TERRITORY, "no_territory"),
    ({"holds": [replace(HOLD, held_until=NOW)]}, Point.TERRITORY, "hold_expired"),
    ({"holds": [HOLD, replace(HOLD, state=TerritoryState.RELEASED)]}, Point.TERRITORY, "let_go"),
    ({"holds": [replace(HOLD, is_ours=False)]}, Point.TERRITORY, "let_go"),
    ({"tier": Tier.EXCLUSIVE, "holds": [replace(HOLD, is_exclusive=False)]}, Point.TERRITORY, "none_exclusive"),
    ({"package": None}, Point.PACKAGE, "no_package"),
    ({"package": Offer("x", is_active=False)}, Point.PACKAGE, "package_over"),
    ({"package": Offer("x", expires_at=NOW)}, Point.PACKAGE, "package_over"),
    ({"package": Offer("x", stock=3, taken=3)}, Point.PACKAGE, "package_gone"),
    ({"payments": []}, Point.DEPOSIT, "deposit_undated"),
    ({"payments": [Payment(PaymentKind.FIRST_ORDER, 7, None)]}, Point.DEPOSIT, "deposit_undated"),
    ({"payments": [Payment(PaymentKind.DEPOSIT, None, None)]}, Point.DEPOSIT, "deposit_undated"),
    ({"deposit": Decimal(0), "payments": []}, Point.DEPOSIT, "no_payment_date"),
]


def test_everything_there_opens_the_gate():
    looked = gate.gate(RIGHT)
    assert looked.is_open
    assert {each.light for each in looked.findings} == {Light.MET}


@pytest.mark.parametrize(("wrong", "point", "code"), CASES, ids=[f"{point}-{code}" for _, point, code in CASES])
def test_one_thing_missing_closes_it(wrong, point, code):
    looked = gate.gate(replace(RIGHT, **wrong))
    assert not looked.is_open
    assert [each.point for each in looked.missing] == [point]
    assert looked.of(point).why[0][0] == code


@pytest.mark.parametrize(("wrong", "point", "code"), CASES, ids=[f"{point}-{code}" for _, point, code in CASES])
def test_what_may_pass_and_what_may_not(wrong, point, code):
    looked = gate.gate(replace(RIGHT, **wrong, overridden={each.value for each in Point}))
    assert looked.is_open == (point not in gate.FIXED)


@pytest.mark.parametrize(
    "facts",
    [
        {"holds": [], "tier": Tier.TRIAL},
        {"holds": [], "tier": Tier.SUB_DEALER},
        {"holds": [], "kind": ContractKind.LETTER_OF_INTENT},
        {"package": None, "packages_open": 0},
        {"package": None, "kind": ContractKind.AMENDMENT},
        {"deposit": Decimal(0), "payments": [Payment(PaymentKind.FIRST_ORDER, None, date(2026, 12, 1))]},
        BY_LETTER | {"authorization_fault": None, "authorized": "张三"},
        {"legal_representative": ""},
    ],
)
def test_what_is_not_needed_does_not_stand_in_the_way(facts):
    assert gate.gate(replace(RIGHT, **facts)).is_open


def test_an_exclusive_hold_below_another_tier_is_worth_a_second_look():
    told = gate.gate(RIGHT).of(Point.TERRITORY)
    assert (told.light, told.warns) == (Light.MET, (("exclusive_unsaid", "武汉市"),))
    calm: dict[str, Any]
    for calm in ({"tier": Tier.EXCLUSIVE}, {"holds": [replace(HOLD, is_exclusive=False)]}, {"holds": []}):
        assert gate.gate(replace(RIGHT, **calm)).of(Point.TERRITORY).warns == ()


def test_an_override_wants_a_missing_point_and_a_reason():
    missing = gate.gate(replace(RIGHT, screening=None))
    gate.check_override(missing, Point.SCREENING, "老客户，总经理已了解")
    with pytest.raises(gate.OverrideReasonWanted):
        gate.check_override(missing, Point.SCREENING, " ")
    with pytest.raises(gate.NothingToOverride):
        gate.check_override(missing, Point.PAPERS, "there is a reason")
    with pytest.raises(gate.NotOverridable):
        gate.check_override(gate.gate(replace(RIGHT, is_approved=False)), Point.APPROVAL, "there is a reason")
