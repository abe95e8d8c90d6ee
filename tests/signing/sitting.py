"""A contract the dealer has signed, for tests of what comes after."""

import json

from sqlalchemy import select

from app import files
from app.extensions import db
from app.models import Seal, Signing
from app.tokens import new_link_token
from tests.build import contracts as made

STROKES = [[[10 * n, 50 + (n % 3) * 9, 20 * n, 50] for n in range(20)], [[40, 20, 500, 60], [60, 90, 560, 60]]]


def rows(app, model, **values):
    with app.app_context():
        found = list(db.session.scalars(select(model).filter_by(**values).order_by(*model.__mapper__.primary_key)))
        db.session.expunge_all()
    return found


def signed_by_dealer(app, build, event, rep, client, client_of, **values):
    """Return a contract that waits for our officer."""
    contract = made.ready(build, event, rep, **values)
    host = client_of(rep)
    assert host.post(f"/contracts/{contract.id}/signing", data={"way": "tablet"}).status_code == 303
    seen = host.post(f"/contracts/{contract.id}/signing/identity", data={"paper": "id_card", "last4": "123x"})
    assert seen.status_code == 303
    link = f"/sign/{rows(app, Signing, contract_id=contract.id)[-1].token}"
    pages = {str(page): 3 for page in range(1, contract.document_pages + 1)}
    sent = {
        "client_id": new_link_token()[:40],
        "strokes": STROKES,
        "pages": pages,
        "at": 1_795_000_000_000,
        "show": True,
    }
    answer = client.post(link + "/mark", json=sent)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return contract


def drawn(**values):
    """What the officer's page posts."""
    return {"client_id": new_link_token()[:40], "strokes": json.dumps(STROKES), "title": "总经理"} | values


def sealed_bytes(app, contract):
    """The frozen bytes of a sealed contract."""
    with app.app_context():
        return files.read(db.session.get_one(Seal, contract.id).file, folder=app.config["SIGNING_DAY_HOME"])
