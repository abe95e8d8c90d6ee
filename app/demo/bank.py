"""The bank's file of the last weeks, half worked: what had a slip is confirmed, what needs a look is still to come."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import clock, files, journal
from app.blueprints.receivables.bank import comparing, deciding, queries, taking
from app.blueprints.receivables.bank.reading.files import read
from app.blueprints.receivables.receipts import actions as receipts
from app.blueprints.receivables.receipts.actions import Given
from app.extensions import db
from app.models import BankAccount, BankFileState, Contract, Receipt, ReceiptWay, Receivable, User

WEEKS = timedelta(days=28)
_HEAD = (
    "对公账户交易明细,,,,,,,\n户名：,远景环保科技股份有限公司,,账号：,420018651080530\t,,币种：人民币,\n"
    "交易日期,收入,支出,余额,对方户名,对方账号,摘要,交易流水号\n"
)
_OUT = (
    (3, "1286400.00", "代发工资专户", "代发10月工资"),
    (6, "86500.00", "武汉东湖国际会议中心", "会议场地费"),
    (9, "28.50", "", "账户服务费"),
    (15, "34200.00", "湖北天工广告有限公司", "展架、条幅制作"),
)


def is_recent(way: ReceiptWay, came_on: date, today: date) -> bool:
    """Whether a receipt is one that the sample's bank file shows; finance confirms it from there."""
    return way is ReceiptWay.TRANSFER and today - WEEKS <= came_on


def half_worked(staff: Mapping[str, User], folder: Path) -> None:
    """Bring the file, confirm what has a slip, ignore one row."""
    finance = staff["finance@demo.example"]
    journal.act_as(journal.Actor(finance.name, finance.id, "192.0.2.10"))
    today = clock.today("Asia/Shanghai")
    account = BankAccount(
        name="工行基本户",
        number="420018651080530",
        currency="CNY",
        mappings={},
        created_at=clock.now(),
        created_by_id=finance.id,
    )
    db.session.add(account)
    db.session.flush()
    data = _file(today)
    name = f"交易明细_{today - WEEKS:%Y%m%d}_{today:%Y%m%d}.csv"
    kept = files.keep(data, folder=folder, name=name, media_type="text/csv", by_id=finance.id)
    statement = read(data, account=account.number, currency="CNY", today=today)
    bank_file = taking.begin(account, statement, file=kept, file_name=name, by_id=finance.id)
    db.session.flush()
    taking.take_in(bank_file, statement.lines)
    bank_file.state = BankFileState.READY
    taking.write(taking.proposals(file_id=bank_file.id))
    db.session.flush()
    db.session.expire_all()
    _work(bank_file.id, finance, today)
    taking.write(taking.proposals(file_id=bank_file.id))


def _work(file_id: int, finance: User, today: date) -> None:
    """Confirm what was certain in the first two weeks, and ignore the interest."""
    for row in db.session.scalars(queries.rows(file_id)).all():
        if row.memo == "结息":
            deciding.ignore([row.id], reason="银行利息", by_id=finance.id)
        elif (
            row.verdict == "certain"
            and row.booked_on < today - timedelta(days=4)
            and row.proposal["ways"][0]["receipt"]
        ):
            deciding.confirm(row.id, by_id=finance.id)


def _file(today: date) -> bytes:
    terminal = _of_terminal(today)
    lines = sorted([*_of_slips(today), *_to_be_looked_at(today), *_others(today), terminal])
    balance, rows = Decimal("3261840.22"), []
    for number, (day, amount, payer, memo) in enumerate(lines, 1):
        balance += amount
        came, left = (f"{amount:,.2f}", "") if amount > 0 else ("", f"{-amount:,.2f}")
        cells = (f"{day:%Y%m%d}", came, left, f"{balance:,.2f}", payer, "", memo, f"HK{day:%y%m%d}{number:06}\t")
        rows.append(",".join(f'"{cell}"' if "," in cell else cell for cell in cells))
    return (_HEAD + "\n".join(rows) + "\n").encode("gb18030")


_Line = tuple[date, Decimal, str, str]


def _of_slips(today: date) -> list[_Line]:
    """What provisional receipts say, a day later where the bank was slow."""
    slips = db.session.scalars(
        select(Receipt)
        .where(comparing.IS_PROVISIONAL, Receipt.way != ReceiptWay.POS)
        .options(joinedload(Receipt.dealer))
        .order_by(Receipt.id)
    )
    return [
        (min(slip.received_on + timedelta(days=slip.id % 2), today), slip.amount, slip.dealer.company, "货款")
        for slip in slips
        if today - WEEKS <= slip.received_on
    ]


def _of_terminal(today: date) -> _Line:
    """Two dealers paid by card three days ago; the terminal's company sends both sums in one, less its fee."""
    owed = select(Receivable).where(Receivable.settled < Receivable.amount).options(joinedload(Receivable.rep))
    rows = db.session.scalars(owed.order_by(Receivable.due_on.desc(), Receivable.id.desc())).all()
    payers = list({row.dealer_id: row for row in rows}.values())[:2]
    for row, amount in zip(payers, (Decimal(8_000), Decimal(5_000)), strict=False):
        given = Given(ReceiptWay.POS, amount, "CNY", today - timedelta(days=3), note="现场刷卡，待分配")
        receipts.record(row.dealer, given, by_id=row.rep_id)
    whole = Decimal(8_000) + Decimal(5_000 if len(payers) > 1 else 0)
    fee = (whole * Decimal("0.006")).quantize(Decimal("0.01"))
    return (today - timedelta(days=2), whole - fee, "银联商务股份有限公司湖北分公司", "POS商户清算")


def _to_be_looked_at(today: date) -> list[_Line]:
    """Paid exactly, paid in part by somebody else, a sum that fits several, and a refund."""
    owed = db.session.scalars(
        select(Receivable)
        .join(Receivable.contract)
        .where(Receivable.settled < Receivable.amount, Contract.number.like("XG-%"))
        .options(joinedload(Receivable.dealer), joinedload(Receivable.contract))
        .order_by(Receivable.due_on, Receivable.id)
    ).all()
    found: list[_Line] = []
    exact = [row for row in owed if _is_only(row, owed)]
    for ago, row in zip((2, 1), exact, strict=False):
        found.append(
            (today - timedelta(days=ago), row.open_amount, row.dealer.company, f"{row.contract.number} 二期款")
        )
    large = max(owed, key=lambda row: row.open_amount)
    found.append((today - timedelta(days=2), Decimal(30_000), "刘淑芳", f"代付{large.contract.number}部分货款"))
    twins = [row for row in owed if [each.open_amount for each in owed].count(row.open_amount) > 2]
    if twins:
        found.append((today - timedelta(days=3), twins[0].open_amount, "陈国强", "手机银行转账 货款"))
    hint = next((row for row in exact[2:]), None)
    if hint is not None:
        found.append((today - timedelta(days=1), hint.open_amount, hint.dealer.contact, "转账"))
    free = db.session.scalar(
        select(Receipt)
        .where(Receipt.used < Receipt.amount, Receipt.bounced_at.is_(None), Receipt.way != ReceiptWay.POS)
        .order_by(Receipt.id.desc())
    )
    if free is not None:
        found.append((today - timedelta(days=1), -free.free, free.dealer.company, "退多付款"))
    return found


def _is_only(row: Receivable, owed: Sequence[Receivable]) -> bool:
    """Whether a dealer owes this sum only once, and has no older debt."""
    own = [each for each in owed if each.dealer_id == row.dealer_id]
    return len(own) == 1


def _others(today: date) -> list[_Line]:
    lines = [(today - timedelta(days=ago), -Decimal(amount), payer, memo) for ago, amount, payer, memo in _OUT]
    lines.append((today - timedelta(days=5), Decimal("1372.66"), "", "结息"))
    lines.append((today - timedelta(days=4), Decimal("8800.00"), "王秀兰", "转账"))
    return lines
