"""What the findings of the rules say to a person."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import LazyString, gettext, lazy_gettext, ngettext

from app.blueprints.seating.rules.broken import Finding, Rule
from app.blueprints.seating.rules.checks import Fault, Flaw
from app.blueprints.seating.rules.facts import Wish
from app.blueprints.seating.rules.reasons import Because, Reason
from app.blueprints.seating.situation import Guest, Keep
from app.models import HallItem, ItemKind, PairRule
from app.web.locale import number

_ = lazy_gettext
K, B, R, F = ItemKind, Because, Rule, Fault

KINDS: dict[ItemKind, tuple[LazyString, str]] = {
    K.ROUND_TABLE: (_("Round table"), "circle"),
    K.LONG_TABLE: (_("Long table"), "table"),
    K.ROW: (_("Row of chairs"), "armchair"),
    K.STAGE: (_("Hall stage"), "presentation"),
    K.ROSTRUM: (_("Rostrum"), "microphone"),
    K.AISLE: (_("Aisle"), "route"),
    K.EXIT: (_("Exit"), "door-exit"),
    K.ROLL_UP: (_("Roll-up banner"), "flag"),
    K.DISPLAY: (_("Product display"), "package"),
    K.DESK: (_("Work desk"), "clipboard-list"),
    K.PILLAR: (_("Pillar"), "square"),
}
KEEP: dict[Keep, tuple[LazyString, LazyString]] = {
    Keep.SEATED: (_("Only those without a seat"), _("Nobody who has a seat moves.")),
    Keep.ARRIVED: (
        _("Whoever is not here yet"),
        _("People in the hall, locked seats and those put by hand stay."),
    ),
    Keep.BY_HAND: (_("Everybody not put by hand"), _("Locked seats and those put by hand stay.")),
    Keep.LOCKED: (_("Everybody who is not locked"), _("Begins anew; only locked seats stay.")),
}
WISHES: dict[Wish, tuple[LazyString, LazyString]] = {
    Wish.READY_BESIDE: (
        _("Wavering beside ready to sign"),
        _("Whoever sits beside somebody about to sign is pulled along."),
    ),
    Wish.CONTENT_BESIDE: (
        _("Wavering beside a content dealer"),
        _("A dealer of ours who speaks well of us answers better than we do."),
    ),
    Wish.REP_NEAR: (_("Dealers near their rep"), _("So that the rep reaches all of them in the break.")),
    Wish.KINDS_MIXED: (_("Kinds mixed"), _("Experts, press and officials are spread over the tables.")),
    Wish.LOAD_EVEN: (_("Hosts’ work even"), _("No table full of undecided dealers.")),
}
STEPS: dict[str, LazyString] = {
    "solved": _("Undo the seating"),
    "placed": _("Undo the move"),
    "unseated": _("Undo taking the seat away"),
    "locked": _("Undo the lock"),
    "unlocked": _("Undo the unlocking"),
    "given_up": _("Undo giving seats away"),
    "cleared": _("Undo freeing the chairs"),
    "table_removed": _("Undo removing the table"),
    "hall_removed": _("Undo removing it"),
    "hall_moved": _("Undo the move"),
    "hall_changed": _("Undo the change"),
    "hall_added": _("Undo adding it"),
    "hall_resized": _("Undo the new size"),
    "hall_laid_out": _("Undo the lay-out"),
}
PAIRS: dict[PairRule, LazyString] = {
    PairRule.APART: _("Keep apart"),
    PairRule.MAY_MEET: _("May sit together"),
}
ICONS: dict[Because, str] = {
    B.LOCKED: "lock",
    B.BY_HAND: "hand-click",
    B.HONOUR: "star",
    B.WITH_COMPANIONS: "users",
    B.BESIDE_READY: "signature",
    B.BESIDE_CONTENT: "heart-handshake",
    B.PULLS: "scale",
    B.APART_TERRITORY: "map-2",
    B.APART_CITY: "map-pin",
    B.APART_ASKED: "switch-horizontal",
    B.HOSTED: "user-check",
    B.REP_NEAR: "user-check",
    B.ONLY_KIND: "affiliate",
    B.FREE_CHAIR: "armchair",
    B.NO_READY: "alert-triangle",
    B.NO_CONTENT: "alert-circle",
    B.REP_FAR: "route",
}
_MOST_NAMES = 3


def names(guests: Mapping[int, Guest], ids: Sequence[int]) -> str:
    """Return some names, and how many more there are."""
    shown = gettext(", ").join(guests[each].name for each in ids[:_MOST_NAMES] if each in guests)
    more = len(ids) - _MOST_NAMES
    return (
        ngettext("%(names)s and %(num)d more", "%(names)s and %(num)d more", more, names=shown) if more > 0 else shown
    )


def because(reason: Reason, guest: Guest, guests: Mapping[int, Guest]) -> str:
    """Return a reason as a sentence."""
    who = names(guests, reason.parties)
    said: dict[Because, Any] = {
        B.LOCKED: _("Locked here"),
        B.BY_HAND: _("Put here by hand"),
        B.HONOUR: _("A table for guests of honour"),
        B.WITH_COMPANIONS: _("Companions sit beside them"),
        B.BESIDE_READY: _("Beside %(who)s, ready to sign", who=who),
        B.BESIDE_CONTENT: _("Beside %(who)s, our dealer and content", who=who),
        B.PULLS: _("Beside %(who)s, who wavers", who=who),
        B.APART_TERRITORY: _("Apart from %(who)s: both after %(about)s", who=who, about=reason.about),
        B.APART_CITY: _("Apart from %(who)s, also of %(about)s", who=who, about=reason.about),
        B.APART_ASKED: _("Apart from %(who)s, as was asked", who=who),
        B.HOSTED: _("%(rep)s looks after the table", rep=guest.rep),
        B.REP_NEAR: _("Within reach of %(rep)s", rep=guest.rep),
        B.ONLY_KIND: _("The only one of this kind at the table"),
        B.FREE_CHAIR: _("A free chair; nothing spoke for another one"),
        B.NO_READY: _("Nobody ready to sign beside"),
        B.NO_CONTENT: _("No content dealer of ours beside"),
        B.REP_FAR: _("%(metres)s m out of reach of %(rep)s", metres=reason.number, rep=guest.rep),
    }
    return str(said[reason.why])


def finding(found: Finding, guests: Mapping[int, Guest], tables: Mapping[int, HallItem]) -> str:
    """Return a hard rule that is broken or cannot be kept, with whom it is about."""
    facts = {
        "who": names(guests, found.parties),
        "table": tables[found.table_id].label if found.table_id is not None and found.table_id in tables else "",
        "number": found.number,
        "of": found.of,
        "about": found.about,
    }
    return str(_FINDINGS[found.rule]) % facts


_FINDINGS: dict[Rule, LazyString] = {
    R.SEATS_SHORT: _("%(number)s people, %(of)s chairs for them: somebody stays without a seat"),
    R.HONOUR_SHORT: _("%(number)s guests of honour and companions, %(of)s chairs at their tables"),
    R.PARTY_TOO_LARGE: _("%(who)s: no table has %(number)s chairs side by side"),
    R.TOO_MANY_RIVALS: _("%(number)s dealers of %(about)s, %(of)s tables: they cannot all be kept apart"),
    R.NO_TABLE: _("%(who)s has no seat: rivals sit at %(number)s of the %(of)s tables with room"),
    R.RIVALS_TOGETHER: _("%(who)s sit together at table %(table)s although they are rivals"),
    R.WRONG_TABLE: _("%(who)s at table %(table)s: guests of honour and others sit at different tables"),
    R.SPLIT: _("%(who)s at table %(table)s: a companion has no seat beside them"),
    R.CHAIR_TWICE: _("Chair %(number)s at table %(table)s is given twice"),
    R.NO_SUCH_CHAIR: _("Table %(table)s has no chair %(number)s"),
}


def metres(cm: int) -> str:
    """Return a length as people read it: 1.8 m."""
    return gettext("%(metres)s m", metres=number(round(cm / 100, 2)))


def flaw(found: Flaw, items: Mapping[int, HallItem]) -> str:
    """Return what is wrong with the hall plan, with how much is needed."""
    called = [name_of(items[each]) for each in found.ids if each in items]
    first, others = (called[0] if called else ""), gettext(", ").join(called[1 : 1 + _MOST_NAMES])
    all_ = gettext(", ").join(called[:_MOST_NAMES])
    said: dict[Fault, Any] = {
        F.TOO_NEAR: _("%(what)s: %(has)s from the rostrum, the first row needs 3 m", what=all_, has=metres(found.has)),
        F.AISLE_NARROW: _("An aisle is %(has)s wide, it needs 1.5 m", has=metres(found.has)),
        F.AISLE_BLOCKED: _("An aisle is blocked by %(what)s", what=others),
        F.NO_AISLE: _("There is no aisle"),
        F.EXIT_BLOCKED: _("%(exit)s is blocked by %(what)s; 1.5 m before it have to be free", exit=first, what=others),
        F.NO_EXIT: _("There is no exit"),
        F.SEATS_SHORT: _("%(has)s chairs for %(needs)s people who come for sure", has=found.has, needs=found.needs),
        F.OUTSIDE: _("%(what)s reaches out of the hall", what=all_),
        F.OVERLAP: _("%(what)s stand in the same place", what=all_),
    }
    return str(said[found.fault])


def name_of(item: HallItem) -> str:
    """Return what a thing in the hall is called."""
    kind = str(KINDS[item.kind][0])
    if item.seats and item.label:
        return gettext("Table %(number)s", number=item.label) if item.label.isdecimal() else item.label
    return item.label or kind
