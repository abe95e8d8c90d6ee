"""What can be promised to a dealer: regions, product lines, who has which territory, and the packages of the day."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access import Role
from app.models.base import Base, choice
from app.models.dealer import Dealer
from app.models.event import Event
from app.models.user import User


class RegionLevel(StrEnum):
    """What kind of place in the tree a region is."""

    COUNTRY = "country"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    ACCOUNT = "account"  # one named customer in a region: a hospital, a chain
    GROUP = "group"  # the company's own region (华南大区) or account list, put together from members


class Region(Base):
    """A node of the territory tree.

    The path holds the codes from the root down ("/CN/440000/440100/"), so that one region contains another exactly
    when its path is the beginning of the other's. A group stands outside of the tree: what counts are its members.
    """

    __tablename__ = "regions"
    __table_args__ = (Index("ix_regions_parent_id_position", "parent_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)  # official (GB/T 2260, six digits) or our own
    name: Mapped[str] = mapped_column(String(80))
    latin_name: Mapped[str] = mapped_column(String(80), default="")
    level: Mapped[RegionLevel] = mapped_column(choice(RegionLevel))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("regions.id"))
    path: Mapped[str] = mapped_column(String(120), index=True)
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)  # off: the official list no longer has it
    search_key: Mapped[str] = mapped_column(Text, default="")

    parent: Mapped["Region | None"] = relationship(remote_side="Region.id")
    members: Mapped[list["Region"]] = relationship(
        secondary="region_members",
        primaryjoin="Region.id == RegionMember.group_id",
        secondaryjoin="Region.id == RegionMember.region_id",
        order_by="Region.path",
    )


class RegionMember(Base):
    """One region of a group."""

    __tablename__ = "region_members"

    group_id: Mapped[int] = mapped_column(ForeignKey("regions.id", ondelete="CASCADE"), primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"), primary_key=True, index=True)


class ProductLine(Base):
    """What a territory is granted for. Its row is what signers of one line queue up at (`territories.actions.lock`)."""

    __tablename__ = "product_lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)


class SalesChannel(Base):
    """By which way goods are sold: clinical, retail, wholesale."""

    __tablename__ = "sales_channels"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)


class TerritoryOffer(Base):
    """A region that an event offers for a line and channel: one cell of its scarcity board."""

    __tablename__ = "territory_offers"
    __table_args__ = (UniqueConstraint("event_id", "region_id", "line_id", "channel_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"), index=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("product_lines.id"))
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("sales_channels.id"))  # None: all channels
    is_exclusive: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(String(200), default="")

    region: Mapped[Region] = relationship()
    line: Mapped[ProductLine] = relationship()
    channel: Mapped[SalesChannel | None] = relationship()


class TerritoryState(StrEnum):
    """Where a territory grant stands. A territory nobody holds has no row: it is free."""

    HELD = "held"  # by a rep for a dealer, until held_until
    SIGNED = "signed"
    RELEASED = "released"  # let go, or its time ran out, before anybody signed
    ENDED = "ended"  # signed once; the contract is over or void


class OfferState(StrEnum):
    """What can still be done with what an event offers; found from the grants, never stored."""

    FREE = "free"
    PARTLY = "partly"  # somebody has a place in it, so it cannot be given as a whole
    HELD = "held"
    SIGNED = "signed"


class TerritoryGrant(Base):
    """A region for a dealer, one product line, one channel or all, from day to day.

    No constraint of both databases can say "no exclusive one overlaps another": the action checks it after locking
    the product line's row (SQLite: after BEGIN IMMEDIATE), and a race test of a thousand rounds holds it.
    """

    __tablename__ = "territory_grants"
    __table_args__ = (
        Index("ix_territory_grants_line_id_region_id_state", "line_id", "region_id", "state"),
        Index("ix_territory_grants_state_held_until", "state", "held_until"),
        Index("ix_territory_grants_event_id_state", "event_id", "state"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))  # at which it was held
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"), index=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"), index=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("product_lines.id"))
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("sales_channels.id"))  # None: all channels
    is_exclusive: Mapped[bool] = mapped_column(default=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]  # the last day
    state: Mapped[TerritoryState] = mapped_column(choice(TerritoryState), default=TerritoryState.HELD)
    held_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # the rep
    held_at: Mapped[datetime | None]
    held_until: Mapped[datetime | None]
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contracts.id"), index=True)
    signed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event | None] = relationship()
    dealer: Mapped[Dealer] = relationship()
    region: Mapped[Region] = relationship()
    line: Mapped[ProductLine] = relationship()
    channel: Mapped[SalesChannel | None] = relationship()
    held_by: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class BidState(StrEnum):
    """How a bidder in the queue stands."""

    WAITING = "waiting"
    OFFERED = "offered"  # it is free now, and the rep has been told
    WON = "won"
    LAPSED = "lapsed"  # it was offered, and nobody answered in time
    WITHDRAWN = "withdrawn"


class TerritoryBid(Base):
    """A dealer who wants what somebody else holds, in order of waiting."""

    __tablename__ = "territory_bids"
    __table_args__ = (
        UniqueConstraint("dealer_id", "region_id", "line_id", "channel_id", "event_id"),
        Index("ix_territory_bids_line_id_state", "line_id", "state"),
        Index("ix_territory_bids_event_id_state", "event_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"))
    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"), index=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("product_lines.id"))
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("sales_channels.id"))
    is_exclusive: Mapped[bool] = mapped_column(default=True)
    rep_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    state: Mapped[BidState] = mapped_column(choice(BidState), default=BidState.WAITING)
    starts_on: Mapped[date]
    ends_on: Mapped[date]  # the last day
    waiting_since: Mapped[datetime]
    told_at: Mapped[datetime | None]
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("territory_grants.id"))  # the short hold of an offer

    event: Mapped[Event | None] = relationship()
    dealer: Mapped[Dealer] = relationship()
    region: Mapped[Region] = relationship()
    line: Mapped[ProductLine] = relationship()
    channel: Mapped[SalesChannel | None] = relationship()
    rep: Mapped[User | None] = relationship()


class TerritorySettings(Base):
    """How an event deals with its territories; an event without a row goes by the defaults."""

    __tablename__ = "territory_settings"
    __table_args__ = (CheckConstraint("hold_minutes > 0 AND offer_minutes > 0", name="minutes"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    hold_minutes: Mapped[int] = mapped_column(default=120)  # how long a hold lasts unless somebody says otherwise
    offer_minutes: Mapped[int] = mapped_column(default=15)  # how long the first in the queue has time to answer
    board_token: Mapped[str | None] = mapped_column(String(60), unique=True)  # of the screen everybody may see


class Package(Base):
    """What whoever signs at this event gets ("sign today"), while it lasts."""

    __tablename__ = "packages"
    __table_args__ = (
        UniqueConstraint("event_id", "key"),
        CheckConstraint("taken >= 0", name="taken"),
        CheckConstraint("stock IS NULL OR taken <= stock", name="stock"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    key: Mapped[str | None] = mapped_column(String(40))
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(80))
    description: Mapped[str] = mapped_column(Text, default="")
    expires_at: Mapped[datetime | None]  # None: when the event ends
    stock: Mapped[int | None]  # None: as many as sign
    taken: Mapped[int] = mapped_column(default=0)  # by contracts that were signed with it
    min_first_order: Mapped[Decimal | None]  # in the event's currency
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    concessions: Mapped[list["Concession"]] = relationship(
        back_populates="package", cascade="all, delete-orphan", order_by="Concession.position"
    )

    __mapper_args__ = {"version_id_col": version}


class ConcessionKind(StrEnum):
    """What we give. Each is a variable of the contract and a cost in the budget."""

    REBATE = "rebate"  # percent of purchases
    DISCOUNT = "discount"  # percent off the price list
    GIFT = "gift"  # a thing, with what it costs us
    FREE_GOODS = "free_goods"  # a sum of goods
    CREDIT_DAYS = "credit_days"  # days after delivery
    DEPOSIT_CUT = "deposit_cut"  # percent off the deposit


class Concession(Base):
    """One thing a package gives."""

    __tablename__ = "concessions"
    __table_args__ = (CheckConstraint("value >= 0", name="value"), CheckConstraint("cost >= 0", name="cost"))

    id: Mapped[int] = mapped_column(primary_key=True)
    package_id: Mapped[int] = mapped_column(ForeignKey("packages.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[ConcessionKind] = mapped_column(choice(ConcessionKind))
    name: Mapped[str] = mapped_column(String(80))
    value: Mapped[Decimal]  # percent, days, or a sum in the event's currency, as its kind says
    cost: Mapped[Decimal] = mapped_column(default=Decimal(0))  # what one contract with it costs us, planned

    package: Mapped[Package] = relationship(back_populates="concessions")


class Term(StrEnum):
    """What needs authority beyond a limit: a term of a contract, or spending."""

    DISCOUNT = "discount"  # percent
    REBATE = "rebate"  # percent
    CREDIT_DAYS = "credit_days"
    DEPOSIT = "deposit"  # percent of the template's deposit that may be waived
    EXCLUSIVE = "exclusive"  # 0: may not grant, 1: may
    AMOUNT = "amount"  # the contract's sum
    EXPENSE = "expense"  # one expense or advance, tax included
    OVER_PLAN = "over_plan"  # a plan as a whole, and an expense that its line's plan does not cover
    PETTY_CASH = "petty_cash"  # out of the cash box without asking


class AuthorityLimit(Base):
    """How far a company-wide role may go by itself, for all events or differently for one."""

    __tablename__ = "authority_limits"
    __table_args__ = (UniqueConstraint("event_id", "role", "term"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))  # None: the company's
    role: Mapped[Role] = mapped_column(choice(Role))
    term: Mapped[Term] = mapped_column(choice(Term))
    limit: Mapped[Decimal]
