"""Two tablets, and four, sign what cannot be promised twice, at the same instant: exactly one succeeds, every time.

Five hundred rounds with two processes on SQLite and as many on PostgreSQL, a fifth of that with four. TERRITORY_ROUNDS
sets another number: with 1000 it takes a minute and a half.
"""

import os
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import TerritoryGrant, TerritoryState
from tests.territories.race import Country, Outcome, Plan, fours, pairs, race, settings

ROUNDS = int(os.environ.get("TERRITORY_ROUNDS", "500"))


def run(app, engine, make, rounds) -> tuple[list[Outcome], Counter[tuple[date, int]]]:
    """Race, and count what is signed per day and line afterwards."""
    with app.app_context():
        plans: list[Plan] = make(Country(4), rounds)
        db.session.commit()
        url = str(db.engine.url.render_as_string(hide_password=False))
        db.session.remove()
        db.engine.dispose()
    outcomes = race(settings(app.config["SIGNING_DAY_HOME"], "" if engine == "sqlite" else url), plans)
    with app.app_context():
        signed = db.session.execute(
            select(TerritoryGrant.starts_on, TerritoryGrant.line_id).where(
                TerritoryGrant.state == TerritoryState.SIGNED
            )
        ).all()
    return outcomes, Counter((day, line) for day, line in signed)


@pytest.mark.slow
def test_of_two_exactly_one_signs(app, engine):
    outcomes, signed = run(app, engine, pairs, ROUNDS)
    assert [fault for each in outcomes for fault in each.faults] == []
    assert Counter(each.winners for each in outcomes) == {1: ROUNDS}
    assert len(signed) == ROUNDS
    assert set(signed.values()) == {1}


@pytest.mark.slow
def test_of_four_with_two_lines_each_exactly_one_signs_both(app, engine):
    rounds = max(1, ROUNDS // 5)
    outcomes, signed = run(app, engine, fours, rounds)
    assert [fault for each in outcomes for fault in each.faults] == []
    assert Counter(each.winners for each in outcomes) == {1: rounds}
    assert len(signed) == 2 * rounds
    assert set(signed.values()) == {1}
