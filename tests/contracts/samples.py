"""A template with a variable of every kind, and a contract that fills it."""

import itertools
from datetime import date, timedelta
from decimal import Decimal

from app.blueprints.contracts.document import print as documents
from app.extensions import db
from app.models import (
    Clause,
    Contract,
    ContractGoods,
    ContractTarget,
    PaymentKind,
    PaymentTerm,
    TemplateVariable,
    VariableKind,
)
from tests.build import contracts as build_contracts

K = VariableKind
_count = itertools.count(1)
VARIABLES = [
    ("company", K.TEXT, "company.name"),
    ("dealer", K.TEXT, "dealer.company"),
    ("starts_on", K.DATE, "contract.starts_on"),
    ("ends_on", K.DATE, "contract.ends_on"),
    ("deposit", K.MONEY, "contract.deposit"),
    ("is_exclusive", K.YES_NO, "contract.is_exclusive"),
    ("territory", K.TERRITORY, "contract.territory"),
    ("goods", K.GOODS, "contract.goods"),
    ("targets", K.TARGETS, "contract.targets"),
    ("payments", K.PAYMENTS, "contract.payments"),
    ("payment_days", K.DAYS, "contract.payment_days"),
    ("outlets", K.NUMBER, ""),
    ("rebate", K.PERCENT, ""),
    ("assessed", K.CHOICE, ""),
]
CLAUSES = [
    ("", "甲方与乙方就产品经销达成如下协议。", "", "The parties agree as follows."),
    (
        "授权区域",
        """甲方授权乙方在下列区域经销：
{{ territory }}
{{ if is_exclusive }}本授权为独家授权。
{{ if not is_exclusive }}本授权为非独家授权。
期限自{{ starts_on }}起至{{ ends_on }}止。""",
        "Territory",
        """The dealer is authorized for:
{{ territory }}
{{ if is_exclusive }}It is exclusive.
{{ if not is_exclusive }}It is not exclusive.
From {{ starts_on }} to {{ ends_on }}.""",
    ),
    (
        "产品与货款",
        "首批货物如下：\n{{ goods }}\n付款计划如下，期限为{{ payment_days }}：\n{{ payments }}",
        "Goods",
        "The first order:\n{{ goods }}\nPaid within {{ payment_days }}:\n{{ payments }}",
    ),
    (
        "目标与保证金",
        """{{ targets }}
按{{ assessed }}考核，返利{{ rebate }}，开设网点{{ outlets }}家。
保证金为{{ deposit }}。
- 逾期不退
- 满足条件退还""",
        "Targets",
        """{{ targets }}
Assessed {{ assessed }}, rebate {{ rebate }}, {{ outlets }} outlets.
Deposit: {{ deposit | figures }}.
- none
- all""",
    ),
]
TYPED = {"outlets": "5", "rebate": "3.5", "assessed": "quarterly"}


def version(build, **values):
    """An approved version that uses every kind of variable."""
    variables = [
        TemplateVariable(
            position=number,
            key=key,
            label=f"名称{key}",
            kind=kind,
            source=source,
            choices=[["quarterly", "季度", "quarterly"], ["yearly", "年度", "yearly"]] if kind is K.CHOICE else [],
        )
        for number, (key, kind, source) in enumerate(VARIABLES)
    ]
    clauses = [
        Clause(position=number, heading=zh, body=body, heading_en=en, body_en=body_en)
        for number, (zh, body, en, body_en) in enumerate(CLAUSES)
    ]
    given = {"title": "产品经销协议", "title_en": "Distribution Agreement", "variables": variables, "clauses": clauses}
    return build_contracts.template_version(build, **given | values)


def contract(build, **values):
    """A contract of that version with a row in each table."""
    dealer = values.pop("dealer", None) or build.dealer()
    start = date(2027, 1, 1)
    given = {
        "dealer_id": dealer.id,
        "starts_on": start,
        "ends_on": start + timedelta(days=364),
        "values": dict(TYPED),
        "number": f"JX-2026-{next(_count):04d}",
        "goods": [
            ContractGoods(
                position=n,
                name=f"产品{n}",
                specification="10 支",
                unit="盒",
                quantity=100 * n,
                unit_price=Decimal("12.345"),
            )
            for n in range(1, 4)
        ],
        "targets": [
            ContractTarget(position=1, starts_on=start, ends_on=start + timedelta(days=89), amount=Decimal("300000")),
            ContractTarget(
                position=2,
                starts_on=start + timedelta(days=90),
                ends_on=start + timedelta(days=180),
                amount=Decimal("500000"),
            ),
        ],
        "payment_terms": [
            PaymentTerm(position=1, kind=PaymentKind.DEPOSIT, amount=Decimal("20000"), due_days=7),
            PaymentTerm(position=2, kind=PaymentKind.FIRST_ORDER, amount=Decimal("50000"), due_on=date(2027, 1, 15)),
        ],
    }
    made = build_contracts.contract(build, **given | values)
    place = build_contracts.region(build, build_contracts.region(build), name="广东省", latin_name="Guangdong")
    line = build_contracts.line(build)
    build_contracts.grant(build, dealer, place, line, contract_id=made.id, starts_on=start)
    return made


def loaded(made):
    """The contract in the open session."""
    return db.session.get_one(Contract, made.id)


def before_the_pen(build, monkeypatch, event, rep, **values):
    """A contract for which the pen may be given, with a real document: three pages with fields to sign in."""
    number = values.setdefault("number", "JX-2026-00042")
    drawn_from = version(build)
    real = contract(build, template_version_id=drawn_from.id, event_id=event.id, rep_id=rep.id)
    with build.app.app_context():
        row = db.session.get_one(Contract, real.id)
        row.number = number
        document = documents.make(row)
        db.session.rollback()
    monkeypatch.setattr(build_contracts, "pdf", lambda _pages: document.pdf)
    given = {"signatory": "张建国", "signatory_title": "总经理", "total": Decimal(480_000)}
    return build_contracts.ready(
        build, event, rep, pages=document.pages, template_version_id=drawn_from.id, **given | values
    )
