"""What the variables of a wording stand for, for one guest and one event, in one language."""

from collections.abc import Iterable
from datetime import date, datetime

from babel.dates import format_date, format_time

from app import clock, links, phones
from app.errors import N_
from app.models import Answer, Event, Invitation, Reply, TravelMode, User
from app.texts import gettext, parsed

_DAY = {"zh": ("M月d日（EEE）", "y年M月d日（EEE）"), "en": ("EEEE d MMMM", "EEEE d MMMM y")}
_SHORT_DAY = {"zh": "M月d日", "en": "d MMMM"}
_ANSWERS = {
    Answer.COMING: N_("I am coming"),
    Answer.NOT_COMING: N_("I am not coming"),
    Answer.SUBSTITUTE: N_("Somebody else comes for me"),
}
_TRAVEL = {
    TravelMode.TRAIN: N_("by train %(number)s"),
    TravelMode.FLIGHT: N_("by flight %(number)s"),
    TravelMode.CAR: N_("by car"),
    TravelMode.OTHER: N_("on my own"),
}


def day(instant: datetime, time_zone: str, locale: str) -> str:
    """11月26日（周四） / Thursday 26 November; with the year when it is another one."""
    shown = clock.local(instant, time_zone)
    pattern = _DAY[parsed(locale).language][shown.year != clock.today(time_zone).year]
    return format_date(shown, pattern, locale=parsed(locale))


def at(instant: datetime, time_zone: str, locale: str) -> str:
    """09:00."""
    return format_time(clock.local(instant, time_zone), "HH:mm", locale=parsed(locale))


def moment(instant: datetime, time_zone: str, locale: str) -> str:
    """11月26日（周四）09:00 / Thursday 26 November, 09:00."""
    join = "" if parsed(locale).language == "zh" else ", "
    return day(instant, time_zone, locale) + join + at(instant, time_zone, locale)


def of_event(event: Event, locale: str) -> dict[str, str]:
    """Return the variables that are the same for every guest."""
    zone = event.time_zone
    one_day = event.local_start.date() == event.local_end.date()
    return {
        "event": event.name,
        "theme": event.theme,
        "day": day(event.starts_at, zone, locale),
        "time": at(event.starts_at, zone, locale),
        "ends": (at if one_day else moment)(event.ends_at, zone, locale),
        "venue": event.venue,
        "hall": event.hall,
        "address": event.venue_address,
        "map": event.map_url,
        "organizer": event.organizer or links.company_name(),
        "contact_name": event.contact_name,
        "contact_phone": phones.display(event.contact_phone),
        "reply_by": moment(event.replies_close, zone, locale),
    }


def of_guest(invitation: Invitation) -> dict[str, str]:
    """Return the variables of one guest."""
    dealer, rep = invitation.dealer, invitation.rep
    return {
        "contact": dealer.contact,
        "title": dealer.contact_title,
        "company": dealer.company,
        "link": links.reply_page(invitation.token),
        "rep": rep.name if rep else "",
        "rep_phone": phones.display(rep.mobile) if rep and rep.mobile else "",
        "companions_allowed": str(invitation.companions_allowed),
    }


def record(reply: Reply | None, companions: list[str], event: Event, locale: str, *, is_waiting: bool = False) -> str:
    """Return what is on record for a guest, one fact a line; empty when there is no reply."""
    if reply is None:
        return ""

    def said(message: str, **places: object) -> str:
        return gettext(locale, message, **places).strip()

    colon, comma = ("：", "、") if parsed(locale).language == "zh" else (": ", ", ")
    facts = [(N_("Reply"), said(_ANSWERS[reply.answer]))]
    if is_waiting:
        facts.append((N_("Seat"), said(N_("on the waiting list; we write as soon as one is free"))))
    if reply.answer is Answer.SUBSTITUTE:
        facts.append((N_("In my place"), reply.substitute_name))
    if reply.answer is not Answer.NOT_COMING:
        facts += [
            (N_("Companions"), comma.join(companions)),
            (N_("Arrival"), _arrival(reply, event, locale)),
            (N_("Pick-up"), said(N_("wanted")) if reply.pickup_wanted else ""),
            (N_("Hotel"), _hotel(reply, locale)),
            (N_("Diet"), reply.diet),
        ]
    return "\n".join(f"{said(name)}{colon}{value}" for name, value in facts if value)


def _arrival(reply: Reply, event: Event, locale: str) -> str:
    how = gettext(locale, _TRAVEL[reply.travel_mode], number=reply.travel_number) if reply.travel_mode else ""
    when = moment(reply.arrives_at, event.time_zone, locale) if reply.arrives_at else ""
    return " ".join(part.strip() for part in (when, how) if part.strip())


def _hotel(reply: Reply, locale: str) -> str:
    if not reply.hotel_nights:
        return ""
    nights = gettext(locale, N_("nights: %(count)s"), count=reply.hotel_nights)
    return " ".join(part for part in (_short_day(reply.hotel_from, locale), nights) if part)


def _short_day(value: date | None, locale: str) -> str:
    return format_date(value, _SHORT_DAY[parsed(locale).language], locale=parsed(locale)) if value else ""


def ride_sample(event: Event, locale: str) -> str:
    """Return what a ride reads like, for looking at a wording: nobody rides that way."""
    return gettext(
        locale,
        N_("%(time)s at the railway station; a white van waits at the exit"),
        time=at(event.starts_at, event.time_zone, locale),
    )


def of_rep(rep: User, guests: list[Invitation], link: str) -> dict[str, str]:
    """Return the variables of a message to a rep about guests of theirs."""
    lines = [
        " ".join(part for part in (g.dealer.contact, g.dealer.company, phones.display(g.dealer.mobile or "")) if part)
        for g in guests
    ]
    return {"rep": rep.name, "count": str(len(guests)), "guests": "\n".join(lines), "link": link}


_PAGE = "/d/…"
_ROLE, _STATION, _TASK = N_("Receptionists"), N_("Desk 1"), N_("Set up the reception desks")
_SAMPLES = {
    "what": N_("The microphone on the stage is dead"),
    "place": N_("On the stage"),
    "text": N_("Please come to the hall entrance at 8:30 for the briefing."),
    "talk": N_("The market and our product"),
    "seat": N_("3 of 5 from the left, seen from the hall"),
    "rehearse": N_("The market and our product"),
    "dealer": N_("Qingshan Trading Ltd."),
    "guests": N_("Qingshan Trading Ltd."),
    "contract": N_("Distribution contract"),
    "total": N_("¥ 300,000.00"),
    "why": N_("Signed twice by mistake"),
    "items": N_("□ Give the staff badge back"),
    "reason": N_("The dealer asks about the rebate agreed on"),
    "remarks": N_("Please agree 30 credit days at most."),
}


def staff_sample(event: Event, names: Iterable[str], me: User, locale: str) -> dict[str, str]:
    """Return believable values of a message to the staff, for whoever looks how it will read."""
    role, station = gettext(locale, _ROLE), gettext(locale, _STATION)
    when = f"{moment(event.starts_at, event.time_zone, locale)}–{at(event.ends_at, event.time_zone, locale)}"
    values = {
        "name": me.name,
        "sender": me.name,
        "reported_by": me.name,
        "link": links.public(_PAGE),
        "duties": f"{when}  {role} · {station}",
        "first": when,
        "count": "1",
        "sessions": f"{when}  {gettext(locale, _SAMPLES['talk'])}",
        "meets": me.name,
        "meets_phone": phones.display(me.mobile or ""),
        "tasks": f"{when}  {gettext(locale, _TASK)} · {station}",
        "number": "JX-2026-00017",
        "signed_on": day(event.starts_at, event.time_zone, locale),
        "rep": me.name,
        "rep_phone": phones.display(me.mobile or ""),
        "missing": f"{me.name} {phones.display(me.mobile or '')} · {role} · {station} · {when}",
        "what": gettext(locale, N_("Deposit")),
        "open_sum": gettext(locale, N_("¥ 20,000.00")),
        "due_day": day(event.starts_at, event.time_zone, locale),
        "by": me.name,
        "title": event.name,
        "mark": "B",
        "until": clock.local(event.ends_at, event.time_zone).strftime("%Y-%m-%d %H:%M"),
        "lines": f"JX-2026-00017  {gettext(locale, _SAMPLES['dealer'])}  {event.local_end.date().isoformat()}",
        "at": at(event.starts_at, event.time_zone, locale),
        **{name: gettext(locale, text) for name, text in _SAMPLES.items()},
    }
    return {name: value for name, value in values.items() if name in set(names)}
