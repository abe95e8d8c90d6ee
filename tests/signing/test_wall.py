"""The signing wall: who is up, by the rule and by the query alike, and what the draw may find."""

from decimal import Decimal
from itertools import product

import pytest
from sqlalchemy import select

from app.access import Role
from app.blueprints.signing.rules.wall import Light
from app.blueprints.signing.wall import actions, queries
from app.extensions import db
from app.models import ContractState, JournalEntry, User, Wall, WallEntry
from tests.build import contracts as made
from tests.signing.conftest import NOW


@pytest.fixture
def entries(build, event, rep, session):
    """An entry for each way it can stand: consent, let up, taken down, deposit, countersigned."""
    ways = list(product((False, True), repeat=5))
    for consented, up, down, deposit, sealed in ways:
        state = ContractState.COUNTERSIGNED if sealed else ContractState.SIGNED
        row = made.contract(build, event, state=state, rep_id=rep.id, signed_at=NOW)
        session.add(
            WallEntry(
                contract_id=row.id,
                event_id=event.id,
                name="甲",
                is_consented=consented,
                released_at=NOW if up else None,
                withdrawn_at=NOW if down else None,
                deposit_seen_at=NOW if deposit else None,
            )
        )
    session.commit()
    return ways


def test_the_rule_and_the_screen_say_the_same(entries, event, rep, session):
    for after_deposit, releases_itself in product((False, True), repeat=2):
        wall = Wall(event_id=event.id, token="x", after_deposit=after_deposit, releases_itself=releases_itself)
        up = {each.entry.contract_id for each in queries.lines(event, wall) if each.light is Light.UP}
        assert up == {each.contract_id for each in queries.shown(event, wall)}
        wanted = [w for w in entries if w[0] and not w[2] and w[4]]
        wanted = [w for w in wanted if (w[3] or not after_deposit) and (w[1] or releases_itself)]
        assert len(up) == len(wanted) > 0

    wall = Wall(event_id=event.id, token="x", after_deposit=False, releases_itself=True)
    shown = queries.shown(event, wall)
    actions.withdraw(shown[0])
    assert len(queries.shown(event, wall)) == len(shown) - 1
    silent = next(each.entry for each in queries.lines(event, wall) if each.light is Light.NO_CONSENT)
    with pytest.raises(actions.NotConsented):
        actions.release(silent, session.get_one(User, rep.id))


def test_the_draw_finds_everybody_once_and_nobody_who_did_not_agree(entries, event):
    may = sum(1 for consented, *_others, sealed in entries if consented and sealed)
    won = [actions.draw(event) for _ in range(may)]
    assert len({each.contract_id for each in won}) == may
    assert all(each.is_consented for each in won)
    with pytest.raises(actions.NobodyInTheDraw):
        actions.draw(event)


def test_the_controls_over_http(app, build, client_of, event, rep):
    """Settings, deposit, up and down, a new link, the draw; and what the screen shows of it."""
    row = made.contract(
        build, event, state=ContractState.COUNTERSIGNED, rep_id=rep.id, signed_at=NOW, total=Decimal(480_000)
    )
    other = made.contract(build, event, state=ContractState.FILED, signed_at=NOW, total=Decimal(70_000))
    for contract, name, consented in ((row, "康泽医疗", True), (other, "不愿公开", False)):
        build.save(WallEntry(contract_id=contract.id, event_id=event.id, name=name, is_consented=consented))
    here, desk, hall = f"/events/{event.slug}/wall", client_of(build.user(Role.PLANNER)), app.test_client()
    acts = [here, *(f"{here}/{act}" for act in ("link", "draw", f"{row.id}/up", f"{row.id}/down", f"{row.id}/deposit"))]
    assert {client_of(rep).post(each).status_code for each in acts} == {403}

    def link():
        with app.app_context():
            return f"/wall/{db.session.get_one(Wall, event.id).token}"

    def screen():
        return hall.get(link()).get_data(as_text=True)

    assert desk.post(here, data={"after_deposit": "y"}).status_code == 303
    assert desk.post(f"{here}/{row.id}/up").status_code == 303
    assert "康泽医疗" not in screen()  # the deposit has not come
    assert desk.post(f"{here}/{row.id}/deposit").status_code == 303
    shown = screen()
    assert ("康泽医疗" in shown, "不愿公开" in shown, "wall-band" in shown, "550,000" in shown) == (True, *(False,) * 3)
    desk.post(here, data={"shows_bands": "y", "shows_sums": "y"})
    shown = screen()
    assert ("wall-band" in shown, "550,000" in shown, "480,000" in shown) == (True, True, False)
    desk.post(f"{here}/{row.id}/down")
    assert "康泽医疗" not in screen()

    old = link()
    assert desk.post(f"{here}/link").status_code == 303
    assert (link() != old, hall.get(old).status_code, hall.get(link()).status_code) == (True, 404, 200)
    assert desk.post(f"{here}/draw").status_code == 303
    assert "data-winner" in screen()
    assert desk.post(f"{here}/draw").status_code == 409
    with app.app_context():
        told = set(db.session.scalars(select(JournalEntry.action).where(JournalEntry.action.like("wall.%"))))
    assert told == {f"wall.{act}" for act in ("set_up", "released", "deposit_seen", "withdrawn", "new_link", "drawn")}
