"""What the sample conferences spent: expenses in every state, one event over its plan and the others within it."""

from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select

from app import clock
from app.blueprints.budget import ledger
from app.blueprints.budget.expenses import facts
from app.blueprints.budget.rules.figures import Entry, Origin
from app.extensions import db
from app.models import (
    BudgetLine,
    Event,
    Expense,
    ExpenseInvoice,
    ExpenseKind,
    ExpensePayment,
    ExpenseSource,
    ExpenseState,
    InvoiceKind,
    User,
)

ASKED, AGREED, SENT, BILLED, PAID = (
    ExpenseState.REQUESTED,
    ExpenseState.APPROVED,
    ExpenseState.ORDERED,
    ExpenseState.INVOICED,
    ExpenseState.PAID,
)
BUY, CLAIM, CASH = ExpenseKind.PURCHASE, ExpenseKind.CLAIM, ExpenseKind.PETTY_CASH


class Spent(NamedTuple):
    """One expense: the line's key, what for, whom, the sum, how far it is, and how it is paid."""

    line: str
    purpose: str
    payee: str
    amount: int
    state: ExpenseState
    kind: ExpenseKind = BUY
    days_before: int = 12
    exception: str = ""
    rooms: bool = False  # stands for the hotel nights that guests asked for


PAST = (
    Spent("venue", "听澜厅一天场租与音响灯光", "湘江听澜宾馆", 25_800, PAID, days_before=30),
    Spent("board_lodging", "嘉宾住宿 64 间夜", "湘江听澜宾馆", 31_360, PAID, days_before=1, rooms=True),
    Spent("board_lodging", "午宴 9 桌与茶歇", "湘江听澜宾馆", 19_440, PAID, days_before=1),
    Spent("transport", "接站大巴两辆", "长沙顺路汽车租赁", 7_600, PAID, days_before=9),
    Spent("transport", "加订接站大巴两趟", "长沙顺路汽车租赁", 3_800, PAID, days_before=5),
    Spent("media", "行业周刊整版与推文", "净水行业周刊", 17_500, PAID, days_before=25),
    Spent("guests", "协会专家讲课费", "周教授", 12_000, PAID, days_before=3),
    Spent(
        "guests",
        "加请用户代表讲座",
        "讲师两位",
        9_600,
        PAID,
        days_before=4,
        exception="当地用户现身说法",
    ),
    Spent("marketing_support", "开业物料首批", "星火广告制作", 13_200, PAID, days_before=6),
    Spent("publicity_other", "会后短片剪辑", "拾光影像", 3_600, PAID, days_before=-4),
)
RUNNING = (
    Spent("venue", "云麓厅全天场租", "江城云麓酒店", 36_800, SENT, days_before=28),
    Spent("board_lodging", "嘉宾住宿 72 间夜（含预留）", "江城云麓酒店", 33_840, SENT, days_before=8, rooms=True),
    Spent("board_lodging", "午宴 13 桌", "江城云麓酒店", 23_400, AGREED, days_before=4),
    Spent("transport", "机场与高铁站接送", "楚风商务用车", 12_600, BILLED, days_before=6),
    Spent("conference_other", "会议保险与急救箱", "江城保险代理", 1_860, PAID, days_before=6),
    Spent("media", "行业媒体直播一场", "净水之家传媒", 27_800, SENT, days_before=15, exception="达标后返还两成"),
    Spent("guests", "专家讲课费与差旅", "李研究员", 16_500, AGREED, days_before=5),
    Spent("marketing_support", "首批门头制作定金", "星火广告制作", 9_000, BILLED, days_before=7),
    Spent("publicity_other", "航拍与快剪", "拾光影像", 4_800, ASKED, days_before=1),
    Spent("transport", "业务员接站打车", "陆晓峰", 286, ASKED, CLAIM, 0),
    Spent("conference_other", "签到台电池、胶带", "楼下便利店", 68, PAID, CASH, 0),
    Spent("conference_other", "加急打印 120 份", "快印店", 180, PAID, CASH, 0),
)
PLANNED = (
    Spent("venue", "锦澜厅场租定金", "庐阳锦澜国际酒店", 10_000, PAID, days_before=36),
    Spent("venue", "锦澜厅场租尾款", "庐阳锦澜国际酒店", 20_500, SENT, days_before=34),
    Spent("media", "本地门户预热两周", "皖江在线", 19_800, AGREED, days_before=27),
    Spent("guests", "主题演讲嘉宾", "吴教授", 15_000, ASKED, days_before=26),
    Spent("publicity_other", "预告片拍摄", "拾光影像", 5_600, ExpenseState.REFUSED, days_before=26),
)


def spend(event: Event, rows: tuple[Spent, ...], staff: dict[str, User]) -> None:
    """Write an event's expenses with the invoices and payments that belong to their state."""
    lines = {row.key: row for row in db.session.scalars(select(BudgetLine).where(BudgetLine.event_id == event.id))}
    for number, spent in enumerate(rows, 1):
        row = _expense(event, lines[spent.line], spent, staff)
        db.session.add(row)
        db.session.flush()
        if spent.state in (BILLED, PAID) and spent.kind is BUY:
            row.invoices.append(_invoice(event, row, number, staff))
        if spent.state is PAID:
            day = row.requested_at.date()
            row.payments.append(ExpensePayment(amount=row.amount, paid_on=day, booked_at=row.requested_at))
        facts.settle(row)


def settle_promises(event: Event, staff: dict[str, User]) -> None:
    """Months later the suppliers have sent their invoices: one expense for each supplier and line, all of them paid."""
    rows: dict[tuple[int, str], list[Entry]] = {}
    for each in ledger.of_event(event).promised:
        rows.setdefault((each.line_id, each.who), []).append(each)
    names = {Origin.MATERIALS: "物料结算", Origin.STAFF: "外聘人员劳务费"}
    for number, ((line_id, who), of) in enumerate(sorted(rows.items()), 100):
        amount = sum((each.committed for each in of), Decimal(0))
        spent = Spent("", names.get(of[0].origin, of[0].text), who, 0, PAID, days_before=-9)
        line = db.session.get_one(BudgetLine, line_id)
        row = _expense(event, line, spent, staff)
        row.amount = row.approved = amount
        row.sources = [ExpenseSource(key=each.key) for each in of]
        db.session.add(row)
        db.session.flush()
        row.invoices.append(_invoice(event, row, number, staff))
        row.payments.append(ExpensePayment(amount=amount, paid_on=row.requested_at.date(), booked_at=row.requested_at))
        facts.settle(row)


def _expense(event: Event, line: BudgetLine, spent: Spent, staff: dict[str, User]) -> Expense:
    director, now = staff["director@demo.example"].id, clock.now()
    asked = min(event.starts_at - timedelta(days=spent.days_before), now - timedelta(hours=1))
    by = "rep@demo.example" if spent.kind is CLAIM else "affairs@demo.example"
    consented = spent.state in (AGREED, SENT, BILLED, PAID) and spent.kind is not CASH
    is_refused = spent.state is ExpenseState.REFUSED
    return Expense(
        event_id=event.id,
        line_id=line.id,
        kind=spent.kind,
        state=spent.state,
        purpose=spent.purpose,
        payee=spent.payee,
        amount=Decimal(spent.amount),
        approved=Decimal(spent.amount if consented else 0),
        spent_on=asked.date() if spent.kind is not BUY else None,
        requested_at=asked,
        requested_by_id=staff[by].id,
        decided_at=asked + timedelta(minutes=40) if consented or is_refused else None,
        decided_by_id=director if consented or is_refused else None,
        remark="预告片用上一场的素材剪辑即可。" if is_refused else "",
        exception_reason=spent.exception,
        exception_by_id=director if spent.exception else None,
        sources=[ExpenseSource(key=f"rooms:{event.id}")] if spent.rooms else [],
        ordered_at=asked + timedelta(minutes=50) if spent.state in (SENT, BILLED, PAID) and spent.kind is BUY else None,
    )


def _invoice(event: Event, row: Expense, number: int, staff: dict[str, User]) -> ExpenseInvoice:
    """An electronic fapiao of twenty figures, with six percent in it where it is a special one."""
    special = row.amount >= 5_000
    digits = f"2642000000{event.id:04}{number:06}"
    return ExpenseInvoice(
        kind=InvoiceKind.VAT_SPECIAL if special else InvoiceKind.VAT_NORMAL,
        number=digits,
        number_key=digits,
        seller=row.payee,
        issued_on=row.requested_at.date(),
        amount=row.amount,
        tax=(row.amount * 6 / 106).quantize(Decimal("0.01")) if special else Decimal(0),
        booked_at=row.requested_at,
        booked_by_id=staff["finance@demo.example"].id,
    )
