"""The signing wall: who is up, by the rule and by the query alike, and what the draw may find."""

from itertools import product

import pytest

from app.blueprints.signing.rules.wall import Light
from app.blueprints.signing.wall import actions, queries
from app.models import ContractState, User, Wall, WallEntry
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
