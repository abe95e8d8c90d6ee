"""The sections a plan of the trade has, each with a beginning to write on. Every one can be changed or taken out."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import escape

from app.blueprints.plan.facts.known import everything
from app.errors import N_
from app.models import Event, PlanSection
from app.texts import gettext

TITLE = N_("Plan of the conference “%(event)s”")
DEPARTMENTS = (N_("Marketing"), N_("General manager’s office"), N_("Quality"))


@dataclass(frozen=True)
class SectionRow:
    """A section: its parts are message ids. "### " begins a heading, "- " an item; "{key}" alone asks for a fact."""

    key: str
    heading: str
    parts: Sequence[str]


SECTIONS = (
    SectionRow("theme", N_("Conference theme"), (N_("The theme of the conference is “{theme}”."),)),
    SectionRow(
        "scale",
        N_("Scale"),
        (N_("The hall seats {seats}. {invited} guests are on the list; {head_count} people are expected so far."),),
    ),
    SectionRow(
        "purposes",
        N_("Purposes"),
        (
            N_("The conference is held to:"),
            "{purposes}",
            N_("Target: {signing_target} dealers sign on the day. {ready} are ready to sign, {lead_signers} lead."),
        ),
    ),
    SectionRow("when", N_("Date"), (N_("{when}."),)),
    SectionRow("place", N_("Place"), (N_("{place}."),)),
    SectionRow("organizers", N_("Organizers"), (N_("Organizer: {organizer}."), N_("Co-organizers: {co_organizer}."))),
    SectionRow(
        "media",
        N_("Media support"),
        (N_("These media are invited and report on the conference:"), "{media}"),
    ),
    SectionRow(
        "guests",
        N_("Guests"),
        (
            N_("Dealers are screened before they are invited. The list by kind of guest:"),
            "{guests}",
            N_("### Guests of honour"),
            "{honour}",
        ),
    ),
    SectionRow(
        "preparation",
        N_("Preparation"),
        (
            N_("### Materials"),
            N_("What depends on people follows the confirmed head count, with spare."),
            "{materials}",
            N_("### Invitations"),
            N_("- Marketing writes the recruitment pack: invitation letter, distribution agreement, product pack."),
            N_("- Sales and marketing screen the dealers and invite them; everybody is asked again three days before."),
            N_("### People"),
            N_("Administration & HR staffs the conference and hires who is missing. {staff_count} people work at it."),
            "{staff}",
        ),
    ),
    SectionRow(
        "running",
        N_("Running the conference"),
        (
            N_("### Hall"),
            "{hall}",
            N_("### Reception"),
            N_("Entry formalities, handing out the materials, answering questions, guiding to the seat."),
            N_("### Programme"),
            "{agenda}",
            N_("### Signing"),
            N_("Lead signers sign first, before everybody. No field may be wrong; nothing is promised beyond policy."),
        ),
    ),
    SectionRow(
        "aftermath",
        N_("Aftermath"),
        (
            N_("- Everybody who worked settles and clears what is theirs."),
            N_("- The rep who signed a dealer sees to that dealer’s payment."),
            N_("- Marketing writes the summary and the publicity pieces."),
        ),
    ),
    SectionRow(
        "budget",
        N_("Budget"),
        (N_("{budget_total} in all, {budget_per_head} a head. Spending above plan needs approval."), "{budget}"),
    ),
    SectionRow("duties", N_("Who does what"), ("{departments}", N_("### Timeline"), "{tasks}")),
    SectionRow(
        "publicity",
        N_("Publicity plan"),
        (
            N_("Name each medium, what it carries and when:"),
            "{publicity}",
            N_("- Before: announcement in the trade media and on the company’s own accounts."),
            N_("- On the day: live report and pictures, interviews with guests of honour."),
            N_("- After: news piece with the number of signed dealers, and a summary for those who stayed away."),
        ),
    ),
)


def sections(event: Event) -> list[PlanSection]:
    """Return the sections of a first draft, in the language of the event."""
    names = {each.key: gettext(event.language, each.name) for each in everything()}
    return [
        PlanSection(
            key=row.key,
            position=place,
            heading=gettext(event.language, row.heading),
            body=_html([gettext(event.language, part) for part in row.parts], names),
        )
        for place, row in enumerate(SECTIONS, 1)
    ]


def title(event: Event) -> str:
    return gettext(event.language, TITLE, event=event.name)[:120]


def departments(event: Event) -> tuple[str, str, str]:
    """Return who executes, supervises and verifies, unless somebody says otherwise."""
    executing, supervising, verifying = (gettext(event.language, each) for each in DEPARTMENTS)
    return executing, supervising, verifying


def _html(parts: Sequence[str], names: dict[str, str]) -> str:
    html, items = "", ""
    for part in parts:
        text = str(escape(part.removeprefix("### ").removeprefix("- ")))
        for key, name in names.items():
            text = text.replace(f"{{{key}}}", f"{{{{{name}}}}}")
        if part.startswith("- "):
            items += f"<li>{text}</li>"
            continue
        if items:
            html, items = f"{html}<ul>{items}</ul>", ""
        html += f"<h3>{text}</h3>" if part.startswith("### ") else f"<p>{text}</p>"
    return f"{html}<ul>{items}</ul>" if items else html
