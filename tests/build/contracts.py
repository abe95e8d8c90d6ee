"""Builders for territories, templates and contracts: functions that take the Builder."""

import itertools
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pikepdf

from app import clock, files
from app.extensions import db
from app.models import (
    Approval,
    ApprovalLevel,
    Clause,
    Contract,
    ContractKind,
    ContractState,
    ContractTemplate,
    Dealer,
    Decision,
    Event,
    GateOverride,
    PaymentKind,
    PaymentTerm,
    ProductLine,
    Region,
    RegionLevel,
    TemplateState,
    TemplateVersion,
    TerritoryGrant,
    TerritoryState,
    User,
)
from tests.build import Builder

_count = itertools.count(1)


def line(build: Builder, **values: Any) -> ProductLine:
    n = next(_count)
    return build.save(ProductLine(**{"key": f"line-{n}", "name": f"产品线{n}"} | values))


def region(build: Builder, parent: Region | None = None, **values: Any) -> Region:
    """A region below `parent`, one level deeper; without a parent a country."""
    n = next(_count)
    levels = list(RegionLevel)
    level = levels[levels.index(parent.level) + 1] if parent else RegionLevel.COUNTRY
    given = {
        "code": f"T{n}",
        "name": f"区域{n}",
        "level": level,
        "parent_id": parent.id if parent else None,
        "path": f"{parent.path if parent else '/'}T{n}/",
    }
    return build.save(Region(**given | values))


def grant(build: Builder, dealer: Dealer, region: Region, line: ProductLine, **values: Any) -> TerritoryGrant:
    today = clock.now().date()
    given = {
        "dealer_id": dealer.id,
        "region_id": region.id,
        "line_id": line.id,
        "starts_on": today,
        "ends_on": today + timedelta(days=364),
        "state": TerritoryState.HELD,
        "held_at": clock.now(),
        "held_until": clock.now() + timedelta(hours=2),
    }
    return build.save(TerritoryGrant(**given | values))


def template_version(build: Builder, **values: Any) -> TemplateVersion:
    """An approved version of a new template, with one clause and no variables."""
    n = next(_count)
    kind = values.pop("kind", ContractKind.DISTRIBUTION)
    given = {
        "template": ContractTemplate(key=f"template-{n}", name=f"经销协议{n}", kind=kind),
        "number": 1,
        "title": "经销协议",
        "state": TemplateState.APPROVED,
        "created_at": clock.now(),
        "clauses": [Clause(position=1, heading="合作内容", body="双方就产品经销达成如下协议。")],
    }
    return build.save(TemplateVersion(**given | values))


def contract(build: Builder, event: Event | None = None, **values: Any) -> Contract:
    """A draft with one payment of a deposit; give `state` and what belongs to it for a later one."""
    n = next(_count)
    today = clock.now().date()
    state = values.get("state", ContractState.DRAFT)
    given = {
        "event_id": event.id if event else None,
        "dealer_id": values.get("dealer_id") or build.dealer().id,
        "template_version_id": values.get("template_version_id") or template_version(build).id,
        "number": None
        if state in (ContractState.DRAFT, ContractState.IN_REVIEW, ContractState.RETURNED)
        else f"T-{n:05d}",
        "starts_on": today,
        "ends_on": today + timedelta(days=364),
        "total": Decimal("200000"),
        "deposit": Decimal("20000"),
        "signatory": "张三",
        "created_at": clock.now(),
        "payment_terms": [PaymentTerm(position=1, kind=PaymentKind.DEPOSIT, amount=Decimal("20000"), due_days=7)],
    }
    return build.save(Contract(**given | values))


def pdf(pages: int = 2) -> bytes:
    """A PDF of so many empty A4 pages, no two files alike."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    document.docinfo["/Title"] = f"contract {next(_count)}"
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def ready(build: Builder, event: Event | None, rep: User, *, pages: int = 2, **values: Any) -> Contract:
    """An approved contract with its document, a territory held, and nothing missing at the gate: give the pen."""
    region_of = values.pop("region", None) or region(build)
    line_of = values.pop("line", None) or line(build)
    now = clock.now()
    made = contract(
        build,
        event,
        rep_id=rep.id,
        state=ContractState.APPROVED,
        submitted_at=now,
        approved_at=now,
        document_pages=pages,
        approvals=[Approval(level=ApprovalLevel.MANAGER, asked_at=now, decided_at=now, decision=Decision.APPROVED)],
        **values,
    )
    with build.app.app_context():
        folder = build.app.config["SIGNING_DAY_HOME"]
        row = db.session.get_one(Contract, made.id)
        row.document = files.keep(pdf(pages), folder=folder, name="contract.pdf", media_type="application/pdf")
        for point in ("papers", "signatory", "screening", "package"):
            db.session.add(GateOverride(contract_id=made.id, point=point, reason="known", by_id=rep.id, at=now))
        db.session.commit()
        dealer = db.session.get_one(Dealer, row.dealer_id)
        db.session.expunge(dealer)
    grant(build, dealer, region_of, line_of, contract_id=made.id, event_id=event.id if event else None)
    with build.app.app_context():
        row = db.session.get_one(Contract, made.id)
        db.session.expunge(row)
    return row
