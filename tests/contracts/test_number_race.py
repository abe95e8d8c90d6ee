"""Numbers without gaps, however many approve at the same moment and whoever rolls back."""

from app.models import Contract
from tests.build import contracts as made
from tests.contracts.number_race import race

PROCESSES, EACH = 4, 12


def test_numbers_have_no_gap(build, event, session, app, engine):
    version = made.template_version(build)
    dealer = build.dealer()
    ids = [
        made.contract(build, event, dealer_id=dealer.id, template_version_id=version.id).id
        for _ in range(PROCESSES * EACH)
    ]
    url = "" if engine == "sqlite" else session.get_bind().url.render_as_string(hide_password=False)
    settings = {"SIGNING_DAY_HOME": str(app.config["SIGNING_DAY_HOME"]), "DATABASE_URL": url, "LOG_LEVEL": "ERROR"}
    assert race(settings, [ids[place::PROCESSES] for place in range(PROCESSES)]) == []
    session.expire_all()
    given = sorted(row.number for row in session.query(Contract))
    assert given == [f"JX-{given[0][3:7]}-{n:05d}" for n in range(1, len(ids) + 1)]
