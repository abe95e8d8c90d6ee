"""The plan in versions: frozen once approved, approved by somebody else, and taken along by a copy."""

from decimal import Decimal

import pytest

from app.access import Role
from app.blueprints.budget import ledger, queries
from app.blueprints.budget.plan import actions as plans
from app.blueprints.budget.rules.authority import BeyondAuthority, OwnRequest
from app.blueprints.budget.template import LINES
from app.models import BudgetGroup, OverPlan, PlanState


def test_the_template_is_the_domains(event, lines):
    names = [line.name for line in lines(event()).values()]
    assert len(names) == len(LINES) == 10
    conference = [row.key for row in LINES if row.group is BudgetGroup.CONFERENCE]
    assert conference == ["venue", "board_lodging", "materials", "transport", "conference_other"]
    assert "场地费" in names


def test_starting_twice_is_once(event, session):
    row = event()
    plans.start(row)
    assert len(queries.lines(row)) == len(LINES)


def test_an_approved_version_is_frozen(planned, lines, people):
    row = planned(venue=1000)
    version = queries.versions(row)[0]
    assert version.state is PlanState.APPROVED
    with pytest.raises(plans.PlanFrozen):
        plans.fill_in(row, version, {lines(row)["venue"].id: Decimal(1)})


def test_a_revision_wants_a_reason_and_starts_from_the_last(planned, people):
    row = planned(venue=1000)
    with pytest.raises(plans.ReasonWanted):
        plans.revise(row, " ", by_id=people[Role.PLANNER].id)
    version = plans.revise(row, "more guests", by_id=people[Role.PLANNER].id)
    assert (version.number, version.total) == (2, Decimal(1000))
    with pytest.raises(plans.PlanOpen):
        plans.revise(row, "again", by_id=people[Role.PLANNER].id)
    # As long as it is not approved the older one counts.
    assert ledger.of_event(row).total.planned == 1000


def test_approval_by_authority(planned, lines, people):
    row = planned(venue=1000)
    version = plans.revise(row, "more", by_id=people[Role.DIRECTOR].id)
    plans.fill_in(row, version, {lines(row)["venue"].id: Decimal(3000)})
    plans.submit(row, version)
    with pytest.raises(OwnRequest):
        plans.approve(row, version, [Role.DIRECTOR], by_id=people[Role.DIRECTOR].id)
    with pytest.raises(BeyondAuthority):
        plans.approve(row, version, [Role.PLANNER], by_id=people[Role.PLANNER].id)
    plans.send_back(row, version, "too much")
    assert (version.state, version.remark) == (PlanState.DRAFT, "too much")


def test_lines_of_ones_own(planned, lines):
    row = planned(venue=1000)
    own = plans.add_line(row, BudgetGroup.PUBLICITY, "短视频", OverPlan.STOP)
    with pytest.raises(plans.LineTwice):
        plans.add_line(row, BudgetGroup.PUBLICITY, "短视频", OverPlan.WARN)
    plans.remove_line(row, own)
    with pytest.raises(plans.LineInUse):
        plans.remove_line(row, lines(row)["venue"])


def test_a_copy_takes_the_plan_along(planned, session, people, app):
    row = planned(venue=1000, media=500)
    own = plans.add_line(row, BudgetGroup.PUBLICITY, "短视频", OverPlan.STOP)
    session.commit()
    plans._take_along(row, other := _another(row, session), False)
    version = queries.versions(other)[0]
    assert (version.state, version.total) == (PlanState.DRAFT, Decimal(1500))
    assert own.name in [line.name for line in queries.lines(other)]
    assert not {each.line_id for each in version.sums} & {line.id for line in queries.lines(row)}


def _another(row, session):
    values = {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key != "id"}
    other = type(row)(**values | {"slug": "another"})
    session.add(other)
    session.flush()
    return other


def test_pages(ask, planned, session):
    row = planned(venue=1000, media=500)
    base = f"/events/{row.slug}/budget/plan"
    for page in ("", "rows", "plan", "rows?group=publicity&figure=actual"):
        assert ask(Role.FINANCE, "GET", f"/events/{row.slug}/budget/{page}").status_code == 200
    assert ask(Role.PLANNER, "POST", f"{base}/revise", reason="x").status_code == 303
    line = queries.lines(row)[0].id
    assert ask(Role.PLANNER, "POST", f"{base}/sums", **{f"line-{line}": "zwölf"}).status_code == 422
    assert (
        ask(Role.PLANNER, "POST", f"{base}/sums", **{f"line-{line}": "１,200.50", "then": "submit"}).status_code == 303
    )
    assert ask(Role.PLANNER, "POST", f"{base}/approve").status_code == 409
    assert ask(Role.DIRECTOR, "POST", f"{base}/approve").status_code == 303
    session.expire_all()
    assert ledger.of_event(row).by_line[line].planned == Decimal("1200.50")
    assert ask(Role.RECEPTION, "GET", f"/events/{row.slug}/budget/").status_code == 403
