"""How marks, cuts and findings read."""

from collections.abc import Callable
from decimal import Decimal

from flask_babel import LazyString, gettext, lazy_gettext, ngettext

from app.blueprints.report.rules.facts import Fact, Mark
from app.blueprints.report.rules.findings import Finding
from app.models import Event, GuestKind, Readiness
from app.web.locale import money, number, percent
from app.web.words import word

_ = lazy_gettext

MARKS: dict[Mark, LazyString] = {
    Mark.LISTED: _("Listed"),
    Mark.INVITED: _("Invited"),
    Mark.ACCEPTED: _("Said yes"),
    Mark.FIRM: _("Firm"),
    Mark.ARRIVED: _("Came"),
    Mark.TALKED: _("Talked with"),
    Mark.SIGNED: _("Signed"),
    Mark.COUNTERSIGNED: _("Signed by both sides"),
    Mark.DEPOSIT: _("Deposit at the bank"),
    Mark.FIRST_ORDER: _("First order paid"),
    Mark.SECOND: _("Second instalment paid"),
    Mark.PAID: _("Paid something"),
    Mark.OVERDUE: _("Overdue"),
    Mark.HAS_STEP: _("Next step said"),
    Mark.LEAD: _("Lead signer"),
    Mark.UNASKED: _("Came without being firm"),
}

CUTS: dict[str, LazyString] = {
    "readiness": _("Readiness"),
    "kind": _("Comes as"),
    "rep": _("Rep"),
    "region": _("Province"),
    "source": _("Source"),
}

COLUMNS: dict[str, LazyString] = {
    "away": _("Did not come"),
    "came": _("Came, did not sign"),
    "unpaid": _("Signed, paid nothing"),
    "paid": _("Signed and paid"),
}
TONE_OF_COLUMN = {"away": "secondary", "came": "orange", "unpaid": "red", "paid": "green"}

FIGURES: dict[str, LazyString] = {
    **{mark.value: text for mark, text in MARKS.items()},
    "never_paid": _("Signed, paid nothing"),
    "people": _("People in the hall"),
    "total": _("Signed in contracts"),
    "got": _("Money at the bank"),
    "overdue": _("Overdue sum"),
    "cost": _("Cost"),
    "planned": _("Budgeted"),
    "each_arrived": _("Cost for each dealer who came"),
    "each_signed": _("Cost for each dealer who signed"),
    "each_paid": _("Cost for each dealer who paid"),
}
SUMS = frozenset({"total", "got", "overdue", "cost", "planned", "each_arrived", "each_signed", "each_paid"})


def part(by: str, of: str, facts: list[Fact] | None = None) -> str:
    """Return what a part of a cut is called."""
    if not of:
        return gettext("Nobody") if by == "rep" else gettext("Not known")
    if by == "readiness":
        return str(word(Readiness(of)).text)
    if by == "kind":
        return str(word(GuestKind(of)).text)
    if by == "rep":
        return next((each.rep for each in facts or () if str(each.rep_id) == of), of)
    return of


def sentence(finding: Finding, event: Event) -> str:
    """Return a finding as a sentence."""
    return _SENTENCES[finding.code](_Said(finding, event))


class _Said:
    """The numbers of a finding, as they read."""

    def __init__(self, finding: Finding, event: Event) -> None:
        self._values, self._currency = finding.values, event.currency

    def int(self, name: str) -> int:
        return int(self._values.get(name, 0))

    def number(self, name: str) -> str:
        return number(self.int(name))

    def sum(self, name: str) -> str:
        return money(Decimal(self._values.get(name, 0)), self._currency)

    def times(self, name: str) -> str:
        return number(round(float(self._values.get(name, 0)), 1))

    def share(self, name: str) -> str:
        return percent(float(self._values.get(name, 0)))


_SENTENCES: dict[str, Callable[[_Said], str]] = {
    "never_paid": lambda s: ngettext(
        "%(num)d of %(of)s dealers who signed has paid nothing, or has it all back.",
        "%(num)d of %(of)s dealers who signed have paid nothing, or have it all back.",
        s.int("num"),
        of=s.number("of"),
    ),
    "all_paid": lambda s: ngettext(
        "The one dealer who signed has paid.", "All %(num)d dealers who signed have paid.", s.int("num")
    ),
    "overdue": lambda s: ngettext(
        "%(sum)s is overdue, from %(num)d dealer.",
        "%(sum)s is overdue, from %(num)d dealers.",
        s.int("num"),
        sum=s.sum("sum"),
    ),
    "costs_not_covered": lambda s: gettext(
        "What came in (%(got)s) does not cover what the event cost (%(cost)s).", got=s.sum("got"), cost=s.sum("cost")
    ),
    "costs_covered": lambda s: gettext(
        "%(got)s came in, %(times)s times what the event cost.",
        got=s.sum("got"),
        times=s.times("times"),
    ),
    "nobody_signed": lambda s: ngettext(
        "Nobody signed. %(num)d dealer came.", "Nobody signed. %(num)d dealers came.", s.int("num")
    ),
    "below_target": lambda s: ngettext(
        "%(num)d dealer signed; the target was %(of)s.",
        "%(num)d dealers signed; the target was %(of)s.",
        s.int("num"),
        of=s.number("of"),
    ),
    "target_reached": lambda s: ngettext(
        "%(num)d dealer signed, as many as the target of %(of)s asks for.",
        "%(num)d dealers signed; the target of %(of)s is reached.",
        s.int("num"),
        of=s.number("of"),
    ),
    "ready_lost": lambda s: ngettext(
        "%(num)d of %(of)s dealers reported as ready to sign did not sign; %(came)s of the %(of)s came.",
        "%(num)d of %(of)s dealers reported as ready to sign did not sign; %(came)s of the %(of)s came.",
        s.int("num"),
        of=s.number("of"),
        came=s.number("came"),
    ),
    "sum_below_said": lambda s: gettext(
        "The contracts come to %(sum)s; the reps had announced %(said)s for those who came.",
        sum=s.sum("sum"),
        said=s.sum("said"),
    ),
    "nobody_next": lambda s: ngettext(
        "For %(num)d of %(of)s dealers who came and did not sign, nobody has said what happens next.",
        "For %(num)d of %(of)s dealers who came and did not sign, nobody has said what happens next.",
        s.int("num"),
        of=s.number("of"),
    ),
    "signed_absent": lambda s: ngettext(
        "%(num)d dealer signed without having come.", "%(num)d dealers signed without having come.", s.int("num")
    ),
    "no_shows": lambda s: ngettext(
        "%(num)d of %(of)s guests who were firm did not come (%(share)s).",
        "%(num)d of %(of)s guests who were firm did not come (%(share)s).",
        s.int("num"),
        of=s.number("of"),
        share=s.share("share"),
    ),
    "came_as_said": lambda s: ngettext(
        "%(num)d of %(of)s guests who were firm came.",
        "%(num)d of %(of)s guests who were firm came.",
        s.int("num"),
        of=s.number("of"),
    ),
    "no_plan": lambda s: gettext("%(sum)s was spent without an approved budget.", sum=s.sum("sum")),
    "over_budget": lambda s: gettext(
        "The budget of %(planned)s is exceeded by %(sum)s.", sum=s.sum("sum"), planned=s.sum("planned")
    ),
    "lines_over": lambda s: ngettext(
        "The whole stayed within the budget, but %(num)d line went over it.",
        "The whole stayed within the budget, but %(num)d lines went over it.",
        s.int("num"),
    ),
    "within_budget": lambda s: gettext(
        "The budget of %(planned)s was kept, with %(sum)s left.", sum=s.sum("sum"), planned=s.sum("planned")
    ),
    "emergencies": lambda s: ngettext("There was %(num)d emergency.", "There were %(num)d emergencies.", s.int("num")),
    "incidents": lambda s: ngettext(
        "%(num)d serious incident happened.", "%(num)d serious incidents happened.", s.int("num")
    ),
    "incidents_open": lambda s: ngettext(
        "%(num)d incident is still open.", "%(num)d incidents are still open.", s.int("num")
    ),
    "late_at_door": lambda s: ngettext(
        "%(num)d of %(of)s guests came in after the beginning.",
        "%(num)d of %(of)s guests came in after the beginning.",
        s.int("num"),
        of=s.number("of"),
    ),
    "long_wait": lambda s: ngettext(
        "Somebody waited %(num)d minute at the door between first try and being let in.",
        "Somebody waited %(num)d minutes at the door between first try and being let in.",
        s.int("num"),
    ),
    "staff_missing": lambda s: ngettext(
        "%(num)d of our own people did not stand at their place when their shift began.",
        "%(num)d of our own people did not stand at their places when their shifts began.",
        s.int("num"),
    ),
    "materials_short": lambda s: ngettext(
        "Of %(num)d kind of material there were too few.",
        "Of %(num)d kinds of material there were too few.",
        s.int("num"),
    ),
    "materials_lost": lambda s: ngettext(
        "Of %(num)d kind of material some were lost or broken.",
        "Of %(num)d kinds of material some were lost or broken.",
        s.int("num"),
    ),
    "milestones_open": lambda s: ngettext(
        "%(num)d milestone is past its day and not done.",
        "%(num)d milestones are past their day and not done.",
        s.int("num"),
    ),
    "milestones_late": lambda s: ngettext(
        "%(num)d milestone was done after its day.", "%(num)d milestones were done after their day.", s.int("num")
    ),
    "waived": lambda s: ngettext(
        "%(num)d thing was let pass when the event was closed.",
        "%(num)d things were let pass when the event was closed.",
        s.int("num"),
    ),
}


def age(days: int) -> str:
    """Return in words at which age events are compared; `days` are after the beginning, below zero before it."""
    if days < 0:
        return ngettext(
            "Signatures and money as they stood %(num)d day before each event.",
            "Signatures and money as they stood %(num)d days before each event.",
            -days,
        )
    return ngettext(
        "Signatures and money as they stood %(num)d day after each event began.",
        "Signatures and money as they stood %(num)d days after each event began.",
        days,
    )
