"""From guests to the badges that are printed for them, in the language of the event's documents."""

from collections.abc import Sequence

from flask_babel import force_locale, gettext

from app import links, names, texts
from app.blueprints.checkin.badges import KIND_COLOURS, BadgeFace, BadgeHeading, BadgeSize, badge_pdf, uncovered
from app.blueprints.checkin.badges.queries import Wearer
from app.models import Event, GuestKind
from app.web.locale import long_day
from app.web.seat_words import seat_words, table_words
from app.web.words import word

_NO_CODE = "000000000"


def language_of(event: Event) -> str:
    return texts.known(event.language, "zh_CN")


def faces(event: Event, wearers: Sequence[Wearer]) -> list[BadgeFace]:
    """Return what stands on each badge. Somebody without a badge yet gets a face without a code, to be looked at."""
    with force_locale(language_of(event)):
        return [_face(each) for each in wearers]


def sample(event: Event) -> BadgeFace:
    """Return a face that stands for all, while there is no guest yet."""
    with force_locale(language_of(event)):
        return BadgeFace(
            name="张三",
            latin=names.latin("张三"),
            company=event.organizer,
            kind_word=str(word(GuestKind.DEALER).text),
            kind_colour=KIND_COLOURS[GuestKind.DEALER.value],
            second=table_words("1"),
            url=links.badge_page(_NO_CODE),
            code=_NO_CODE,
        )


def _face(wearer: Wearer) -> BadgeFace:
    guest = wearer.invitation
    code = wearer.badge.code if wearer.badge else ""
    return BadgeFace(
        name=wearer.name,
        latin=_latin(wearer),
        company=guest.dealer.company,
        kind_word=gettext("Companion") if wearer.companion else str(word(guest.kind).text),
        kind_colour=KIND_COLOURS[guest.kind.value],
        second=seat_words(guest.table_label, wearer.chair),
        url=links.badge_page(code or _NO_CODE),
        code=code,
        ref=str(guest.id),
    )


def _latin(wearer: Wearer) -> str:
    dealer = wearer.invitation.dealer
    if dealer.latin_name and wearer.name == dealer.contact:
        return dealer.latin_name
    spelled = names.latin(wearer.name)
    return "" if spelled == wearer.name else spelled


def heading(event: Event) -> BadgeHeading:
    """Return what all badges of the event share."""
    with force_locale(language_of(event)):
        place = [long_day(event.starts_at, event.time_zone), " ".join(filter(None, (event.venue, event.hall)))]
    return BadgeHeading(event.name, event.theme, " · ".join(filter(None, place)))


def pdf_of(event_heading: BadgeHeading, drawn: Sequence[BadgeFace], *, size: BadgeSize, language: str) -> bytes:
    """Return the PDF. It takes plain values, so that no transaction is held while it is drawn."""
    return badge_pdf(drawn, size=size, heading=event_heading, language=language)


def undrawable(event: Event, wearers: Sequence[Wearer]) -> list[tuple[Wearer, list[str]]]:
    """Return whose badge holds characters that no font here has, and which those are."""
    drawn = faces(event, wearers)
    place = {id(face): wearer for face, wearer in zip(drawn, wearers, strict=True)}
    return [(place[id(face)], missing) for face, missing in uncovered(drawn)]
