"""The sheet the host of the ceremony reads from."""

import subprocess
from decimal import Decimal

from app.extensions import db
from app.models import ContractState, Invitation, Talk, TalkState
from tests.build import contracts as made
from tests.contracts.conftest import NOW

S = ContractState


def test_the_sheet_says_who_signs_in_which_order_where_and_for_what(app, build, event, rep, manager, client_of):
    def agreed(company, signatory, total, state=S.APPROVED):
        dealer = build.dealer(company=company)
        guest = build.invitation(event, dealer)
        row = made.contract(
            build,
            event,
            dealer_id=dealer.id,
            invitation_id=guest.id,
            rep_id=rep.id,
            state=state,
            signatory=signatory,
            total=Decimal(total),
        )
        return dealer, guest, row

    agreed("襄阳仁和医药有限公司", "李爱华", 900_000)
    dealer, guest, first = agreed("武汉康泽医疗器械有限公司", "张建国", 480_000)
    agreed("不在单上的公司", "王五", 1, state=S.DRAFT)
    made.grant(build, dealer, made.region(build, name="武汉市"), made.line(build), contract_id=first.id)
    with app.app_context():
        db.session.get_one(Invitation, guest.id).is_lead_signer = True
        db.session.add(
            Talk(event_id=event.id, invitation_id=guest.id, state=TalkState.AGREED, table_label="A7", since=NOW)
        )
        db.session.commit()
    client = client_of(manager)
    client.post("/events/today/signing-order", data={"act": "propose"})
    content = client.get("/events/today/signing-order.pdf").data
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    text = "".join(done.stdout.decode().split())
    places = [text.index(each) for each in ("张建国", "武汉市", "A7", "李爱华")]
    assert places == sorted(places)  # the lead signer first, though the other's contract is larger
    assert ("不在单上" in text, "480,000" in text, "900,000" in text) == (False, False, False)  # it lies on the lectern
