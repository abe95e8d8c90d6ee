"""How states and kinds of territories and packages read and look: (text, tone, icon), as in `app.web.words`."""

from enum import StrEnum

from flask_babel import LazyString, lazy_gettext

from app.models import BidState, ConcessionKind, OfferState, RegionLevel, Term, TerritoryState

_ = lazy_gettext

WORDS: tuple[tuple[StrEnum, tuple[LazyString, str, str]], ...] = (
    (TerritoryState.HELD, (_("Held"), "yellow", "lock")),
    (TerritoryState.SIGNED, (_("Signed"), "green", "signature")),
    (TerritoryState.RELEASED, (_("Released"), "secondary", "lock-open")),
    (TerritoryState.ENDED, (_("Ended"), "secondary", "square-x")),
    (OfferState.FREE, (_("Free"), "blue", "circle-dashed")),
    (OfferState.PARTLY, (_("Partly taken"), "orange", "chart-dots")),
    (OfferState.HELD, (_("Held"), "yellow", "lock")),
    (OfferState.SIGNED, (_("Signed"), "green", "signature")),
    (BidState.WAITING, (_("Waiting in the queue"), "purple", "hourglass")),
    (BidState.OFFERED, (_("Offered, answer now"), "orange", "bell")),
    (BidState.WON, (_("Has it"), "green", "check")),
    (BidState.LAPSED, (_("Not answered in time"), "secondary", "clock-x")),
    (BidState.WITHDRAWN, (_("Left the queue"), "secondary", "user-minus")),
    (RegionLevel.COUNTRY, (_("Country"), "secondary", "world")),
    (RegionLevel.PROVINCE, (_("Province"), "secondary", "map-2")),
    (RegionLevel.CITY, (_("City or prefecture"), "secondary", "building-community")),
    (RegionLevel.COUNTY, (_("County or district"), "secondary", "map-pin")),
    (RegionLevel.ACCOUNT, (_("Named account"), "teal", "briefcase")),
    (RegionLevel.GROUP, (_("Own region"), "blue", "affiliate")),
    (ConcessionKind.REBATE, (_("Rebate"), "teal", "percentage")),
    (ConcessionKind.DISCOUNT, (_("Discount"), "blue", "discount")),
    (ConcessionKind.GIFT, (_("Gift"), "purple", "gift")),
    (ConcessionKind.FREE_GOODS, (_("Free goods"), "green", "basket")),
    (ConcessionKind.CREDIT_DAYS, (_("Credit"), "orange", "credit-card")),
    (ConcessionKind.DEPOSIT_CUT, (_("Lower deposit"), "yellow", "coins")),
    (Term.DISCOUNT, (_("Discount in percent"), "secondary", "discount")),
    (Term.REBATE, (_("Rebate in percent"), "secondary", "percentage")),
    (Term.CREDIT_DAYS, (_("Days of credit"), "secondary", "credit-card")),
    (Term.DEPOSIT, (_("Percent of the deposit waived"), "secondary", "coins")),
    (Term.EXCLUSIVE, (_("Exclusive territory"), "secondary", "lock")),
    (Term.AMOUNT, (_("Sum of the contract"), "secondary", "cash")),
)
