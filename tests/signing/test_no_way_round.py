"""Whatever is tried in whatever order: no contract is sealed without approval, open gate, and both marks."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access import Role
from app.extensions import db
from app.models import Approval, Contract, ContractState, GateOverride, Mark, Party, Seal, Signing, Step, StepKind
from app.tokens import new_link_token
from tests.build import contracts as made
from tests.signing.sitting import STROKES, drawn, rows

MOVES = ["open", "identity", "mark", "countersign", "give_up", "void", "drop_approval", "close_gate", "open_gate"]
SEALED = {ContractState.COUNTERSIGNED, ContractState.FILED}


class Hall:
    """One contract and everybody who can do something to it."""

    def __init__(self, app, build, event, rep, client_of, client, officer, clerk):
        self.app, self.rep, self.client = app, rep, client
        self.host, self.officer, self.clerk = client_of(rep), client_of(officer), client_of(clerk)
        self.contract = made.ready(build, event, rep)
        self.base = f"/contracts/{self.contract.id}"

    def move(self, name):
        getattr(self, name)()

    def open(self):
        self.host.post(self.base + "/signing", data={"way": "tablet"})

    def identity(self):
        self.host.post(self.base + "/signing/identity", data={"paper": "id_card", "last4": "1234"})

    def mark(self):
        for signing in rows(self.app, Signing, contract_id=self.contract.id):
            body = {"client_id": new_link_token(), "strokes": STROKES, "pages": {"1": 1, "2": 1}, "at": 0}
            self.client.post(f"/sign/{signing.token}/mark", json=body)

    def countersign(self):
        self.officer.post(self.base + "/countersign", data=drawn(strokes=json.dumps(STROKES)))

    def give_up(self):
        self.host.post(self.base + "/signing/give-up")

    def void(self):
        self.clerk.post(self.base + "/void", data={"why": "tried"})

    def drop_approval(self):
        self._without(Approval, Approval.contract_id)

    def close_gate(self):
        self._without(GateOverride, GateOverride.contract_id)

    def open_gate(self):
        with self.app.app_context():
            for point in ("papers", "signatory", "screening", "package"):
                if db.session.query(GateOverride).filter_by(contract_id=self.contract.id, point=point).first() is None:
                    row = db.session.get_one(Contract, self.contract.id)
                    values = {"reason": "known", "by_id": self.rep.id, "at": row.created_at}
                    db.session.add(GateOverride(contract_id=row.id, point=point, **values))
            db.session.commit()

    def _without(self, model, column):
        with self.app.app_context():
            db.session.query(model).filter(column == self.contract.id).delete()
            db.session.commit()

    def check(self):
        """What must hold after every move."""
        (row,) = rows(self.app, Contract, id=self.contract.id)
        seals = rows(self.app, Seal, contract_id=row.id)
        if row.state in SEALED or seals:
            parties = {mark.party for mark in rows(self.app, Mark, contract_id=row.id)}
            assert parties == set(Party)
            assert len(seals) == 1
            kinds = [step.kind for step in rows(self.app, Step, contract_id=row.id)]
            assert kinds.index(StepKind.IDENTITY_SEEN) < kinds.index(StepKind.DEALER_SIGNED)
            assert kinds.index(StepKind.DEALER_SIGNED) < kinds.index(StepKind.COUNTERSIGNED)
            assert kinds.count(StepKind.SEALED) == 1
        return row.state in SEALED


def test_no_path_to_sealed_goes_round_anything(app, build, event, rep, client, client_of):
    officer, clerk = build.user(Role.DIRECTOR), build.user(Role.CONTRACT_ADMINISTRATOR)

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.sampled_from(MOVES), min_size=3, max_size=10))
    def walk(moves):
        hall = Hall(app, build, event, rep, client_of, client, officer, clerk)
        was_approved, gate = True, True
        for name in moves:
            before = rows(app, Contract, id=hall.contract.id)[0].state
            hall.move(name)
            was_approved = was_approved and name != "drop_approval"
            gate = (gate and name != "close_gate") or name == "open_gate"
            after = rows(app, Contract, id=hall.contract.id)[0].state
            if before is ContractState.APPROVED and after is ContractState.SIGNING:
                assert was_approved
                assert gate
            if hall.check() and before not in SEALED:
                assert was_approved

    walk()
    hall = Hall(app, build, event, rep, client_of, client, officer, clerk)
    for name in ("open", "identity", "mark", "countersign"):
        assert not hall.check()
        hall.move(name)
    assert hall.check()
