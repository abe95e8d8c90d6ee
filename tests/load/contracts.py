"""CPU of a contract's document: the shipped distribution agreement with all its tables, one alone and many at once."""

import argparse
import tempfile
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.blueprints.contracts.document import print as drawing
from app.blueprints.contracts.templates import actions
from app.blueprints.contracts.templates.standard import standards
from app.extensions import db
from app.models import (
    Base,
    Contract,
    ContractGoods,
    ContractTarget,
    PaymentKind,
    PaymentTerm,
    TemplateLanguage,
    TemplateVersion,
)
from tests.build import Builder
from tests.build import contracts as build_contracts
from tests.conftest import make_app

START = date(2027, 1, 1)


def shipped(language: TemplateLanguage) -> TemplateVersion:
    """The distribution agreement as it is shipped, printed in a language. In an application context."""
    version = actions.take_over(standards()[0], by=None, approved=True)
    version.language = language
    db.session.flush()
    return version


def filled(build: Builder, version_id: int, number: int, **values: Any) -> Contract:
    """A contract with four goods, four targets, three payments, a deposit with a refund rule and one territory."""
    dealer = build.dealer(
        company=f"广州市康仁医疗器械连锁有限公司第{number}分公司", address="广东省广州市天河区体育西路 103 号"
    )
    goods = [
        ContractGoods(
            position=n,
            name=f"一次性使用无菌注射器{n}号",
            specification="2 ml，100 支/盒",
            unit="盒",
            quantity=500 * n,
            unit_price=Decimal("36.50"),
        )
        for n in range(1, 5)
    ]
    targets = [
        ContractTarget(
            position=n,
            starts_on=START + timedelta(days=91 * n),
            ends_on=START + timedelta(days=91 * n + 90),
            amount=Decimal(300000 + 50000 * n),
        )
        for n in range(4)
    ]
    payments = [
        PaymentTerm(position=1, kind=PaymentKind.DEPOSIT, amount=Decimal("50000"), due_days=7),
        PaymentTerm(position=2, kind=PaymentKind.FIRST_ORDER, amount=Decimal("182500"), due_days=15),
        PaymentTerm(position=3, kind=PaymentKind.INSTALMENT, amount=Decimal("100000"), due_on=START),
    ]
    given: dict[str, Any] = {
        "template_version_id": version_id,
        "dealer_id": dealer.id,
        "number": f"JX-2026-{number:04d}",
        "starts_on": START,
        "ends_on": START + timedelta(days=364),
        "deposit": Decimal("50000"),
        "deposit_refund": "累计开设 5 家网点并连续两个季度完成进货目标",
        "discount_percent": Decimal("3"),
        "rebate_percent": Decimal("2.5"),
        "signatory": "陈国华",
        "signatory_title": "总经理",
        "values": {"assessment": "quarterly"},
        "goods": goods,
        "targets": targets,
        "payment_terms": payments,
    }
    made = build_contracts.contract(build, **given | values)
    country = build_contracts.region(build, name="中国", latin_name="China")
    place = build_contracts.region(build, country, name=f"广东省{number}", latin_name="Guangdong")
    build_contracts.grant(build, dealer, place, build_contracts.line(build, name="注射穿刺"), contract_id=made.id)
    return made


def measure(build: Builder, count: int, language: TemplateLanguage) -> None:
    """Print a line for a language."""
    with build.app.app_context():
        version_id = shipped(language).id
        db.session.commit()
    start = {"zh": 0, "en": 1000, "both": 2000}[language.value]
    ids = [filled(build, version_id, start + n).id for n in range(1, count + 1)]
    with build.app.app_context():
        began = time.process_time()
        first = drawing.make(db.session.get_one(Contract, ids[0]))
        cold = time.process_time() - began
        alone = []
        for _ in range(5):
            began = time.process_time()
            drawing.make(db.session.get_one(Contract, ids[0]))
            alone.append(time.process_time() - began)
        began = time.process_time()
        contracts = [db.session.get_one(Contract, each) for each in ids]
        made = drawing.make_many(contracts)
        bulk = (time.process_time() - began) / len(made)
    size = len(first.pdf) / 1000
    print(
        f"{language.value:>5} {first.pages:>6} {cold:>8.2f} {min(alone):>8.3f} {bulk:>8.3f} {size:>8.0f} kB", flush=True
    )


def main(words: list[str] | None = None) -> int:
    """Print a line for each language."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.contracts", description=__doc__)
    parser.add_argument("--count", type=int, default=40)
    count = parser.parse_args(words).count
    print(f"{'':>5} {'pages':>6} {'first s':>8} {'alone s':>8} {'many s':>8} {'size':>8}")
    with tempfile.TemporaryDirectory() as home:
        app = make_app(Path(home))
        with app.app_context():
            Base.metadata.create_all(db.engine)
        build = Builder(app)
        for language in (TemplateLanguage.ZH, TemplateLanguage.BOTH):
            measure(build, count, language)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
