import pytest

from app.blueprints.invitations.importing.rules import Judged, Known, count, judge
from app.blueprints.invitations.importing.values import Draft
from app.blueprints.invitations.importing.vocabulary import Field
from app.models import GuestKind, Readiness, RowVerdict
from app.names import company_key

A, B, C = "+8613800000001", "+8613800000002", "+8613800000003"


def draft(line: int = 2, company: str = "永发商贸", contact: str = "张三", mobile: str = "", **values: object) -> Draft:
    given: dict[Field, object] = {Field.COMPANY: company, Field.CONTACT: contact, Field.MOBILE: mobile}
    given |= {Field(name): value for name, value in values.items()}
    said = {field: value for field, value in given.items() if value != ""}
    return Draft(line, [], said, company_key=company_key(company))


def known(
    dealer_id: int, company: str = "永发商贸", contact: str = "张三", mobile: str = "", **values: object
) -> Known:
    invitation_id = values.pop("invitation_id", dealer_id + 100)
    row = draft(0, company, contact, mobile, **values)
    assert invitation_id is None or isinstance(invitation_id, int)
    return Known(dealer_id, row.company_key, invitation_id, row.values)


def verdicts(rows: list[Judged]) -> list[tuple[str, str]]:
    """Each verdict with the code of the last reason, which is the one that decided."""
    return [(row.verdict.value, row.reasons[-1].code if row.reasons else "") for row in rows]


def test_a_guest_nobody_knows_is_new() -> None:
    rows = judge([draft(mobile=A)], [])
    assert verdicts(rows) == [("new", "")]
    assert rows[0].known is None
    assert count(rows) == {"new": 1, "updated": 0, "unchanged": 0, "refused": 0}


@pytest.mark.parametrize(
    ("row", "on_file", "verdict", "changed"),
    [
        (draft(mobile=A), known(1, mobile=A), "unchanged", set()),
        (draft(mobile=A, city="杭州"), known(1, mobile=A, city="宁波"), "updated", {Field.CITY}),
        (draft(mobile=A), known(1, mobile=A, city="宁波", notes="x"), "unchanged", set()),
        (draft(mobile=A, company="永发商贸有限公司"), known(1, mobile=A), "updated", {Field.COMPANY}),
        (draft(mobile=A, company="改名后"), known(1, mobile=A), "updated", {Field.COMPANY}),
        (draft(company="永发（商贸）有限公司"), known(1, mobile=A), "updated", {Field.COMPANY}),
        (draft(mobile=B), known(1, mobile=A), "updated", {Field.MOBILE}),
        (draft(mobile=B, contact="李四"), known(1, mobile=A), "updated", {Field.MOBILE, Field.CONTACT}),
        (draft(readiness=Readiness.READY), known(1, readiness=Readiness.READY), "unchanged", set()),
        (draft(is_lead_signer=True), known(1, is_lead_signer=False), "updated", {Field.IS_LEAD_SIGNER}),
    ],
)
def test_a_guest_on_file(row: Draft, on_file: Known, verdict: str, changed: set[Field]) -> None:
    judged = judge([row], [on_file])[0]
    assert (judged.verdict.value, set(judged.changes)) == (verdict, changed)
    assert judged.known is on_file


def test_a_dealer_on_file_but_not_invited_is_new_and_only_the_dealer_changes() -> None:
    row = draft(mobile=A, city="杭州", readiness=Readiness.READY)
    judged = judge([row], [known(1, mobile=A, city="宁波", invitation_id=None)])[0]
    assert judged.verdict is RowVerdict.NEW
    assert judged.known is not None
    assert judged.changes == {Field.CITY: ("宁波", "杭州")}


def test_the_mobile_counts_before_the_company() -> None:
    one, two = known(1, "永发商贸", mobile=A), known(2, "海丰贸易", mobile=B)
    judged = judge([draft(company="永发商贸", mobile=B)], [one, two])
    assert verdicts(judged) == [("refused", "mobile_of_other_company")]
    assert judged[0].reasons[0].detail == "海丰贸易"


def test_of_two_rows_for_one_guest_the_first_counts() -> None:
    rows = [
        draft(2, mobile=A),
        draft(3, "别家", mobile=A),
        draft(4, mobile=B),
        draft(5, "永发商贸有限公司"),
        draft(6, "海丰"),
    ]
    judged = judge(rows, [])
    assert verdicts(judged) == [
        ("new", ""),
        ("refused", "duplicate_mobile"),
        ("refused", "duplicate_company"),
        ("refused", "duplicate_company"),
        ("new", ""),
    ]
    assert [row.reasons[0].detail for row in judged[1:4]] == ["2", "2", "2"]


def test_a_refused_row_does_not_stand_in_the_way_of_a_good_one() -> None:
    bad = draft(2, mobile=A)
    bad.reasons.append(next(iter(judge([draft(9, mobile=B), draft(10, mobile=B)], [])[1].reasons)))
    assert verdicts(judge([bad, draft(3, mobile=A)], [])) == [("refused", "duplicate_mobile"), ("new", "")]


def test_two_rows_that_lead_to_one_dealer_on_file() -> None:
    rows = [draft(2, "新名字", mobile=A), draft(3, "永发商贸", mobile=B)]
    assert verdicts(judge(rows, [known(1, mobile=A)])) == [("updated", ""), ("refused", "duplicate_company")]


def test_a_number_given_up_in_the_same_file_is_not_taken_over() -> None:
    rows = [draft(2, "永发商贸", mobile=B), draft(3, "海丰贸易", mobile=A)]
    assert verdicts(judge(rows, [known(1, mobile=A)])) == [("updated", ""), ("refused", "duplicate_company")]


def test_a_newspaper_sends_several() -> None:
    kind = GuestKind.MEDIA
    rows = [
        draft(2, "钱江晚报", "甲", A, kind=kind),
        draft(3, "钱江晚报", "乙", B, kind=kind),
        draft(4, "钱江晚报", "乙", kind=kind),
    ]
    assert verdicts(judge(rows, [])) == [("new", ""), ("new", ""), ("refused", "duplicate_company")]
    on_file = [known(1, "钱江晚报", "甲", A, kind=kind), known(2, "钱江晚报", "乙", B, kind=kind)]
    again = judge([draft(2, "钱江晚报", "乙", kind=kind), draft(3, "钱江晚报", "丙", C, kind=kind)], on_file)
    assert [(row.verdict.value, row.known and row.known.dealer_id) for row in again] == [
        ("unchanged", 2),
        ("new", None),
    ]


def test_guests_without_a_company_are_told_apart_by_mobile_alone() -> None:
    kind = GuestKind.EXPERT
    rows = [draft(2, "", "甲", A, kind=kind), draft(3, "", "乙", B, kind=kind), draft(4, "", "丙", A, kind=kind)]
    assert verdicts(judge(rows, [])) == [("new", ""), ("new", ""), ("refused", "duplicate_mobile")]
