"""Which columns of bank files hold what, by the headings that banks give them in Chinese and English."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum

FIRST_ROWS = 40


class Field(StrEnum):
    """What a column of a bank file may hold."""

    DATE = "date"
    CREDIT = "credit"  # money that came
    DEBIT = "debit"  # money that left
    AMOUNT = "amount"  # both, told apart by sign or direction
    DIRECTION = "direction"
    CURRENCY = "currency"
    PARTY = "party"  # the other side
    PARTY_ACCOUNT = "party_account"
    FROM = "from"  # who paid, where payer and payee have a column each
    FROM_ACCOUNT = "from_account"
    TO = "to"
    TO_ACCOUNT = "to_account"
    MEMO = "memo"
    PURPOSE = "purpose"
    REMARK = "remark"
    SERIAL = "serial"


F = Field
# The better name stands first: where several columns would do, the first name found wins.
NAMES: dict[Field, tuple[str, ...]] = {
    F.DATE: (
        *("交易日期", "记账日期", "入账日期", "记账日", "交易日", "交易时间", "入账时间", "记账时间", "日期", "时间"),
        *(
            "transactiondate",
            "bookingdate",
            "postingdate",
            "postdate",
            "date",
            "transactiontime",
            "valuedate",
            "起息日",
        ),
    ),
    F.CREDIT: (
        *("贷方发生额", "贷方金额", "收入金额", "存入金额", "转入金额", "收入", "存入", "贷方", "收款金额", "贷"),
        *("creditamount", "credit", "deposits", "deposit", "moneyin", "paidin", "received"),
    ),
    F.DEBIT: (
        *("借方发生额", "借方金额", "支出金额", "支取金额", "转出金额", "支出", "支取", "借方", "付款金额", "借"),
        *("debitamount", "debit", "withdrawals", "withdrawal", "moneyout", "paidout", "paid"),
    ),
    F.AMOUNT: (
        *("交易金额", "发生额", "金额", "入账金额", "tradeamount", "transactionamount", "amount"),
        *("交易发生额", "记账金额"),
    ),
    F.DIRECTION: (
        *("借贷标志", "借贷标识", "借贷方向", "借贷", "收支方向", "收支类型", "收支", "收付标志", "来往账", "方向"),
        *("往来标志", "debitcredit", "creditdebit", "drcr", "crdr", "dc", "direction", "交易类型", "transactiontype"),
    ),
    F.CURRENCY: ("币种", "货币", "币别", "交易货币", "currency", "tradecurrency", "ccy"),
    F.PARTY: (
        *(
            "对方户名",
            "对方账户名称",
            "对方账户名",
            "对方名称",
            "对方单位名称",
            "对方单位",
            "对方账号名称",
            "交易对手名称",
        ),
        *("交易对方", "对手户名", "对手名称", "对方姓名", "往来单位", "counterpartyname", "counterparty", "payername"),
        *("payer", "partyname", "name"),
    ),
    F.PARTY_ACCOUNT: (
        *("对方账号", "对方账户", "对方卡号", "对手账号", "交易对手账号", "对方账户账号", "counterpartyaccount"),
        *("payeraccount", "accountofcounterparty"),
    ),
    F.FROM: ("付款人名称", "付款方户名", "付款人户名", "付款方名称", "付款单位名称", "付款人", "付款方", "付款单位"),
    F.FROM_ACCOUNT: ("付款人账号", "付款账号", "付款方账号", "付款人账户", "debitaccountno"),
    F.TO: ("收款人名称", "收款方户名", "收款人户名", "收款方名称", "收款单位名称", "收款人", "收款方", "收款单位"),
    F.TO_ACCOUNT: ("收款人账号", "收款账号", "收款方账号", "收款人账户", "payeeaccount"),
    F.MEMO: ("摘要", "交易摘要", "摘要说明", "summary", "description", "narrative", "details", "交易说明"),
    F.PURPOSE: ("用途", "交易用途", "purpose"),
    F.REMARK: (
        *("附言", "交易附言", "客户附言", "备注", "个性化信息", "留言", "remark", "remarks", "memo", "reference"),
        "paymentreference",
    ),
    F.SERIAL: (
        *(
            "交易流水号",
            "核心流水号",
            "银行流水号",
            "账户明细编号交易流水号",
            "主机流水号",
            "流水号",
            "明细编号",
            "交易编号",
        ),
        *("transactionreferencenumber", "transactionid", "bankreference", "serialnumber", "transactionno", "fitid"),
    ),
}
_BY_NAME: dict[str, tuple[Field, int]] = {
    name: (field, rank) for field, names in NAMES.items() for rank, name in enumerate(names)
}
_BRACKET = re.compile(r"[(\[{【〔（].*?[)\]}】〕）]")
_INSIDE = re.compile(r"[(\[{【〔（](.*?)[)\]}】〕）]")
_NOISE = re.compile(r"[\W_]+")
_SUMS = (F.CREDIT, F.DEBIT, F.AMOUNT)


def _bare(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).lower()).removesuffix("元").replace("帐", "账")


def _names_of(heading: str) -> list[str]:
    """Ways to read a heading: whole, without what stands in brackets, and the brackets alone (交易日期[Date])."""
    text = unicodedata.normalize("NFKC", heading)
    ways = [text, _BRACKET.sub("", text), text.split("/")[0], *_INSIDE.findall(text)]
    return [bare for bare in map(_bare, ways) if bare]


def field_of(heading: str) -> tuple[Field, int] | None:
    """Return what a heading names, and how good a name it is (0 is best)."""
    return next((_BY_NAME[name] for name in _names_of(heading) if name in _BY_NAME), None)


def guess(headings: Sequence[str]) -> dict[str, int]:
    """Map fields to columns by the headings; each field once, by its best name."""
    best: dict[Field, tuple[int, int]] = {}
    for column, heading in enumerate(headings):
        known = field_of(heading) if heading else None
        if known and (known[0] not in best or known[1] < best[known[0]][0]):
            best[known[0]] = (known[1], column)
    if F.CREDIT in best and F.DEBIT in best:
        best.pop(F.AMOUNT, None)
    return {field.value: column for field, (_rank, column) in best.items()}


def is_enough(mapping: Mapping[str, object]) -> bool:
    """Whether a mapping says when and how much."""
    return F.DATE.value in mapping and any(each.value in mapping for each in _SUMS)


def header_row(rows: Sequence[Sequence[str]]) -> int:
    """Where the headings stand among the first rows, or -1. Free rows above them may name some of the same words."""
    best, most = -1, 2
    for number, row in enumerate(rows[:FIRST_ROWS]):
        mapping = guess(row)
        if is_enough(mapping) and len(mapping) > most:
            best, most = number, len(mapping)
    return best


def signature(headings: Sequence[str]) -> str:
    """By which an account knows a kind of file again."""
    return hashlib.sha256("\x1f".join(_bare(each) for each in headings).encode()).hexdigest()[:32]
