"""The templates that come with the program: a starting point, to be reviewed by the company's own counsel.

Their wording stands in `texts/`: a heading line for each clause (Chinese | English | condition), the Chinese
paragraphs, `--`, the English ones. A template has the variables that its text names, in the order of `VARIABLES`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from app.blueprints.contracts.document.rules import grammar
from app.models import ContractKind, TemplateLanguage, VariableKind

_FOLDER: Final = Path(__file__).parent / "texts"
_K = VariableKind


@dataclass(frozen=True, slots=True)
class StandardClause:
    heading: str
    heading_en: str
    condition: str
    body: str
    body_en: str


@dataclass(frozen=True, slots=True)
class StandardVariable:
    key: str
    label: str
    label_en: str
    kind: VariableKind
    source: str = ""
    is_required: bool = True
    choices: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Standard:
    """One shipped template."""

    key: str
    kind: ContractKind
    language: TemplateLanguage
    title: str
    title_en: str
    clauses: tuple[StandardClause, ...]
    variables: tuple[StandardVariable, ...]


def _optional(
    key: str,
    label: str,
    label_en: str,
    kind: VariableKind,
    source: str = "",
    choices: tuple[tuple[str, str, str], ...] = (),
) -> StandardVariable:
    return StandardVariable(key, label, label_en, kind, source, False, choices)


VARIABLES: Final = (
    StandardVariable("amended_number", "原协议编号", "Number of the original agreement", _K.TEXT, "amended.number"),
    StandardVariable("amended_title", "原协议名称", "Title of the original agreement", _K.TEXT, "amended.title"),
    StandardVariable("amended_on", "原协议签署日期", "Original agreement signed on", _K.DATE, "amended.signed_on"),
    StandardVariable("tier", "经销级别", "Tier", _K.CHOICE, "contract.tier"),
    StandardVariable("territory", "授权区域", "Territory", _K.TERRITORY, "contract.territory"),
    StandardVariable("is_exclusive", "是否独家", "Exclusive", _K.YES_NO, "contract.is_exclusive"),
    StandardVariable("starts_on", "起始日", "First day", _K.DATE, "contract.starts_on"),
    StandardVariable("ends_on", "截止日", "Last day", _K.DATE, "contract.ends_on"),
    StandardVariable("targets", "进货目标", "Purchase targets", _K.TARGETS, "contract.targets"),
    StandardVariable("target_total", "目标合计", "Sum of the targets", _K.MONEY, "contract.target_total"),
    _optional(
        *("assessment", "考核周期", "Period of assessment", _K.CHOICE),
        choices=(("monthly", "按月", "monthly"), ("quarterly", "按季度", "quarterly"), ("yearly", "按年", "yearly")),
    ),
    _optional("discount", "折扣", "Discount", _K.PERCENT, "contract.discount"),
    _optional("rebate", "返利", "Rebate", _K.PERCENT, "contract.rebate"),
    _optional("deposit", "保证金", "Deposit", _K.MONEY, "contract.deposit"),
    _optional("deposit_refund", "保证金退还条件", "Refund rule of the deposit", _K.TEXT, "contract.deposit_refund"),
    _optional("goods", "货物清单", "Table of goods", _K.GOODS, "contract.goods"),
    _optional("first_order", "首批货款", "First order", _K.MONEY, "contract.first_order"),
    StandardVariable("intent", "意向金", "Intent money", _K.MONEY, "contract.intent"),
    StandardVariable("payment_days", "付款期限（天）", "Payment deadline in days", _K.DAYS, "contract.payment_days"),
    StandardVariable("payments", "付款计划", "Table of payments", _K.PAYMENTS, "contract.payments"),
    _optional("credit_days", "账期", "Credit days", _K.DAYS, "contract.credit_days"),
    _optional("package", "签约政策", "Policy package", _K.TEXT, "contract.package"),
    _optional("support", "其他支持", "Further support", _K.TEXT),
    _optional(
        *("dispute", "争议解决方式", "Disputes go to", _K.CHOICE),
        choices=(
            ("company", "甲方所在地法院", "the court at Party A’s seat"),
            ("defendant", "被告所在地法院", "the court at the defendant’s seat"),
            ("arbitration", "仲裁", "arbitration"),
        ),
    ),
    StandardVariable("changes", "变更内容", "Changes", _K.TEXT),
)
# Where a template's own needs differ: an amendment changes only what it names, a trial may have no targets.
_OPTIONAL_IN: Final = {"amendment": frozenset({"territory", "targets", "payments"}), "trial": frozenset({"targets"})}
_HEADING: Final = re.compile(r"^(#{1,2}) ?(.*)$", re.MULTILINE)


@cache
def standards() -> tuple[Standard, ...]:
    """Return the shipped templates, the one used most first."""
    kinds = {"intent": ContractKind.LETTER_OF_INTENT}
    keys = ("distribution", "intent", "trial", "amendment")
    return tuple(_read(key, kinds.get(key) or ContractKind(key)) for key in keys)


def _read(key: str, kind: ContractKind) -> Standard:
    text = (_FOLDER / f"{key}.txt").read_text(encoding="utf-8")
    pieces = _HEADING.split(text)[1:]
    sections = [
        (mark, [part.strip() for part in heading.split("|")], body)
        for mark, heading, body in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)
    ]
    title, title_en = sections[0][1]
    clauses = tuple(_clause(heading, body) for mark, heading, body in sections if mark == "##")
    named = {name for clause in clauses for name in _names(clause)}
    optional = _OPTIONAL_IN.get(key, frozenset())
    variables = tuple(_loosened(each, optional) for each in VARIABLES if each.key in named)
    return Standard(key, kind, TemplateLanguage.ZH, title, title_en, clauses, variables)


def _clause(heading: list[str], body: str) -> StandardClause:
    heading_zh, heading_en, condition = (*heading, "", "")[:3]
    chinese, english = body.split("\n--\n")
    return StandardClause(heading_zh, heading_en, condition, chinese.strip(), english.strip())


def _names(clause: StandardClause) -> Iterator[str]:
    held = grammar.condition(clause.condition)
    if held:
        yield held.key
    for body in (clause.body, clause.body_en):
        for paragraph in grammar.paragraphs(body):
            if paragraph.condition:
                yield paragraph.condition.key
            yield from (place.key for place in paragraph.places)


def _loosened(variable: StandardVariable, optional: frozenset[str]) -> StandardVariable:
    if variable.key not in optional:
        return variable
    return StandardVariable(
        variable.key, variable.label, variable.label_en, variable.kind, variable.source, False, variable.choices
    )
