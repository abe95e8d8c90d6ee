"""The packages a new event begins with. Names and sums are suggestions, to be edited on the page."""

from dataclasses import dataclass
from decimal import Decimal

from app.models import ConcessionKind

K, D = ConcessionKind, Decimal


@dataclass(frozen=True)
class Given:
    """One thing a package gives; `value` as its kind says, `cost` for one contract in the event's currency."""

    kind: ConcessionKind
    name: str
    value: Decimal
    cost: Decimal


@dataclass(frozen=True)
class Row:
    """One package of the template. Those that are not for the whole event end at six in the evening of its last day."""

    key: str
    name: str
    description: str
    stock: int | None
    min_first_order: Decimal | None
    whole_event: bool
    concessions: tuple[Given, ...]


PACKAGES = (
    Row(
        "sign_today",
        "当天签约礼",
        "招商会当天签约并付清首单定金的经销商享受。",
        None,
        D(100_000),
        False,
        (
            Given(K.REBATE, "首年返利", D(2), D(4_000)),
            Given(K.GIFT, "开业物料一套", D(1), D(1_800)),
        ),
    ),
    Row(
        "first_ten",
        "前十名加码",
        "前十家签约的经销商，另享首单赠货与账期。",
        10,
        D(200_000),
        False,
        (
            Given(K.FREE_GOODS, "首单赠货", D(10_000), D(6_500)),
            Given(K.CREDIT_DAYS, "首单账期", D(30), D(1_200)),
            Given(K.DEPOSIT_CUT, "保证金减免", D(20), D(0)),
        ),
    ),
    Row(
        "standard",
        "标准签约政策",
        "会后签约仍可享受的基础政策。",
        None,
        None,
        True,
        (Given(K.DISCOUNT, "首单折扣", D(2), D(2_000)),),
    ),
)
