"""CPU from an approved draft to its sealed PDF, and of a verification as the page does it, on a real database."""

import argparse
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from flask_migrate import upgrade

from app import clock, create_app, files, tokens
from app.access import Role
from app.blueprints.contracts import queries as contracts
from app.blueprints.contracts.document import print as documents
from app.blueprints.signing.certificate import queries as register
from app.blueprints.signing.countersign import actions, making
from app.blueprints.signing.countersign.making import Pen, Tools
from app.blueprints.signing.sessions import actions as sessions
from app.blueprints.signing.sessions.actions import Sent
from app.blueprints.signing.trail import Witness
from app.extensions import db
from app.models import Clause, Contract, EventStatus, IdentityPaper, Seal, SigningWay, User
from app.sealing import certificate
from tests.build import Builder
from tests.build import contracts as made
from tests.sealing import archival
from tests.signing.sitting import STROKES

PAGES, LIMIT, VERIFY_LIMIT = 12, 1.5, 0.1


def main(words: list[str] | None = None) -> int:
    """Print the figures; 1 when one is beyond its limit."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.signing", description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args(words).times
    with tempfile.TemporaryDirectory() as home:
        app = create_app({"SIGNING_DAY_HOME": home, "SECRET_KEY": "bench", "LOG_LEVEL": "ERROR"})
        with app.app_context():
            upgrade()
            db.session.remove()
        seconds, checks, pages, build = [], [], 0, Builder(app)
        for number in range(times + 1):
            cpu, check, pages = _one(build, Path(home))
            if number:  # the first one imports, and makes the certificate
                seconds.append(cpu)
                checks.append(check)
    print(f"{pages} pages, draft to sealed: {max(seconds):.2f} s of CPU at most (limit {LIMIT})")
    print(f"verification of ours: {max(checks) * 1000:.1f} ms at most (limit {VERIFY_LIMIT * 1000:.0f})")
    return int(max(seconds) > LIMIT or max(checks) > VERIFY_LIMIT)


def _one(build: Builder, home: Path) -> tuple[float, float, int]:
    now = clock.now()
    event = build.event(status=EventStatus.RUNNING, starts_at=now, ends_at=now + timedelta(hours=8))
    rep, officer = build.user(Role.SALES_REP), build.user(Role.DIRECTOR)
    text = "双方应当按照本协议约定履行义务，任何一方违约的，应当承担相应的违约责任并赔偿损失。" * 31
    clauses = [Clause(position=place, heading=f"条款{place}", body=text) for place in range(PAGES - 2)]
    version = made.template_version(build, clauses=clauses)
    ready = made.ready(build, event, rep, template_version_id=version.id)
    began = time.process_time()
    with build.app.app_context():
        contract = db.session.get_one(Contract, ready.id)
        document = documents.make(contract)
        contract.document = files.keep(document.pdf, folder=home, name="c.pdf", media_type="application/pdf")
        contract.document_pages = document.pages
        host, witness = db.session.get_one(User, rep.id), Witness(rep.name)
        signing = sessions.open_signing(contract, SigningWay.TABLET, host)
        sessions.see_identity(signing, IdentityPaper.ID_CARD, "1234", host, witness)
        read = {str(page): 5 for page in range(1, document.pages + 1)}
        sent = Sent(tokens.new_link_token(), STROKES, read, None, may_show=True)
        sessions.sign(signing, sent, witness, sends_codes=False)
        db.session.commit()
        tools = Tools(home, certificate.ours(build.app.config))
        whole = contracts.contract(ready.id)
        assert whole is not None
        pen = Pen(tokens.new_link_token(), STROKES, db.session.get_one(User, officer.id), "", Witness(officer.name))
        actions.countersign(whole, making.make(whole, pen, tools), home)
        db.session.commit()
        cpu = time.process_time() - began
        content = files.read(db.session.get_one(Seal, ready.id).file, folder=home)
        db.session.rollback()
        began = time.perf_counter()
        checked = register.check(content, certificate.known(build.app.config), home)
        check = time.perf_counter() - began
        assert checked.answer.value == "unchanged"
        assert archival.faults(content) == []
    return cpu, check, document.pages


if __name__ == "__main__":
    raise SystemExit(main())
