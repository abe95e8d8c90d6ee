"""The words that every contract has besides its clauses, in Chinese and in English.

They are part of the document and change with its wording only, so they stand here and not among the translations of
the screens; as the wordings of messages do.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.models import PaymentKind

ZH: Final = "zh_CN"
EN: Final = "en"


class Pair(NamedTuple):
    """One word in both languages."""

    zh: str
    en: str

    def inside(self, language: str) -> str:
        return self.zh if language == ZH else self.en


def both(pair: Pair, languages: Sequence[str]) -> str:
    """Return the word in each of the languages, Chinese first."""
    return " / ".join(dict.fromkeys(pair.inside(language) for language in languages))


PARTY_A: Final = Pair("甲方（供货方）", "Party A (supplier)")
PARTY_B: Final = Pair("乙方（经销方）", "Party B (dealer)")
REGISTRATION: Final = Pair("统一社会信用代码", "Registration no.")
ADDRESS: Final = Pair("地址", "Address")
REPRESENTATIVE: Final = Pair("法定代表人", "Legal representative")
SIGNATORY: Final = Pair("签署人", "Signatory")
CONTACT: Final = Pair("联系人", "Contact")
SAMPLE_DEALER: Final = Pair("（经销商名称）", "(name of the dealer)")
COLON: Final = Pair("：", ": ")

FRAME: Final[dict[str, Pair]] = {
    "number": Pair("合同编号", "Contract no."),
    "draft": Pair("草稿，未编号，不得签署", "Draft without a number, not to be signed"),
    "verify": Pair("扫码验真", "Scan to verify"),
    "signature_page": Pair("（以下无正文，为签署页）", "(No further text. Signature page.)"),
    "mark": Pair("签字", "Signature"),
    "stamp": Pair("盖章处", "Seal"),
    "name": Pair("姓名", "Name"),
    "title": Pair("职务", "Title"),
    "date": Pair("日期", "Date"),
    "prevails": Pair(
        "本文件以中英文书就，两种文本不一致时，以中文文本为准。",
        "This document is made out in Chinese and English. Where they differ, the Chinese text prevails.",
    ),
}

YES: Final = Pair("是", "yes")
NO: Final = Pair("否", "no")
NOTHING: Final = Pair("／", "—")
EXCLUSIVE: Final = Pair("独家", "exclusive")
NON_EXCLUSIVE: Final = Pair("非独家", "non-exclusive")
ALL_CHANNELS: Final = Pair("全渠道", "all channels")

SERIAL: Final = Pair("序号", "No.")
TOTAL: Final = Pair("合计", "Total")
AMOUNT: Final = Pair("金额", "Amount")
FROM: Final = Pair("自", "From")
UNTIL: Final = Pair("至", "Until")
GOODS: Final = (
    *(SERIAL, Pair("品名", "Product"), Pair("规格", "Specification"), Pair("单位", "Unit")),
    *(Pair("数量", "Quantity"), Pair("单价", "Unit price"), AMOUNT),
)
TARGETS: Final = (SERIAL, FROM, UNTIL, Pair("进货目标", "Purchase target"))
PAYMENTS: Final = (SERIAL, Pair("款项", "Payment"), Pair("付款期限", "Due"), AMOUNT)
TERRITORIES: Final = (
    *(SERIAL, Pair("授权区域", "Territory"), Pair("产品线", "Product line"), Pair("渠道", "Channel")),
    *(Pair("性质", "Kind"), FROM, UNTIL),
)
PAYMENT_KINDS: Final = {
    PaymentKind.INTENT: Pair("意向金", "Intent money"),
    PaymentKind.PREPAYMENT: Pair("订金（预付款）", "Prepayment"),
    PaymentKind.EARNEST: Pair("定金", "Earnest money"),
    PaymentKind.DEPOSIT: Pair("保证金", "Deposit"),
    PaymentKind.FIRST_ORDER: Pair("首批货款", "First order"),
    PaymentKind.INSTALMENT: Pair("分期款", "Instalment"),
}


def after_signing(days: int) -> Pair:
    """Return when a payment is due that counts from the signing."""
    return Pair(f"签署后{days}日内", f"within {days} days after signing")


def article(number: int, counted: str) -> Pair:
    """Return how a clause is counted: 第一条, Article 1."""
    return Pair(f"第{counted}条", f"Article {number}")
