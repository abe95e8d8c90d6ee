"""The navigation as one page shows it to one person. Which places there are is said by `app/web/places.py`."""

from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for
from flask_babel import LazyString
from flask_login import current_user

from app.access import Grant, Role
from app.web.guards import may_open
from app.web.identity import me
from app.web.places import BAR_OF_EVENT, BAR_OF_HOUSE, OF_EVENT, OF_HOUSE, Place, Stage

THINGS = 3  # in the bar at the foot of a phone, beside "More"


@dataclass(frozen=True)
class NavItem:
    """A place as one page shows it."""

    label: LazyString
    url: str
    icon: str
    active: bool


@dataclass(frozen=True)
class NavStage:
    """A line of the rail: where it leads, and what stands below it. A single place needs no lines below."""

    label: LazyString
    url: str
    icon: str
    active: bool  # the page is within
    items: list[NavItem]


# Where the frame of every page leads, by the name that templates use.
OF_FRAME = {
    "home_url": "home.index",
    "search_url": "home.search",
    "account_url": "auth.account",
    "jobs_url": "home.jobs",
    "tray_url": "home.tray",
    "sign_out_url": "auth.sign_out",
    "language_url": "auth.language",
    "theme_url": "auth.theme",
}


def _stages(stages: tuple[Stage, ...], **values: Any) -> list[NavStage]:
    slug = values.get("slug")
    seen = [[each for each in stage.places if may_open(each.endpoint, slug)] for stage in stages]
    here = _active([place for places in seen for place in places])
    found = []
    for stage, places in zip(stages, seen, strict=True):
        items = [NavItem(each.label, url_for(each.endpoint, **values), each.icon, each is here) for each in places]
        if items:
            within = any(item.active for item in items)
            found.append(NavStage(stage.label, items[0].url, stage.icon, within, items if len(items) > 1 else []))
    return found


def _active(places: list[Place]) -> Place | None:
    """The place whose name, or failing that whose longest prefix, fits the page."""
    here = request.endpoint or ""
    exact = [each for each in places if each.endpoint == here]
    if exact:
        return exact[0]
    fitting = [(len(prefix), each) for each in places for prefix in each.also if here.startswith(prefix)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _slug() -> str | None:
    event = g.get("event")
    return event.slug if event is not None else None


def nav() -> list[NavStage]:
    """Return the places of the whole console that the signed-in person may go to."""
    return _stages(OF_HOUSE) if current_user.is_authenticated else []


def event_nav() -> list[NavStage]:
    """Return the places of the page's event that the signed-in person may go to, in the order of an event's life."""
    slug = _slug()
    return _stages(OF_EVENT, slug=slug) if slug is not None and current_user.is_authenticated else []


def bar() -> list[NavItem]:
    """Return the three things the signed-in person's role does, for the bar at the foot of a phone."""
    if not current_user.is_authenticated:
        return []
    slug = _slug()
    own = OF_EVENT if slug is not None else OF_HOUSE
    known = {place.endpoint: (place, stages) for stages in (OF_HOUSE, OF_EVENT) for s in stages for place in s.places}
    wanted = [*_of_role(slug), *(stage.places[0].endpoint for stage in own if stage.places)]
    chosen = [known[each] for each in dict.fromkeys(wanted) if may_open(each, slug)][:THINGS]
    here = _active([place for place, _stages_of in chosen])
    return [
        NavItem(
            place.label,
            url_for(place.endpoint, slug=slug) if stages is OF_EVENT else url_for(place.endpoint),
            place.icon,
            place is here,
        )
        for place, stages in chosen
    ]


def _of_role(slug: str | None) -> tuple[str, ...]:
    """The bar of the first role in the table that the person has, company-wide or by a duty at this event."""
    person = me()
    bars = BAR_OF_HOUSE if slug is None else BAR_OF_EVENT
    has: set[Role | Grant] = {each for each in person.roles if each in bars}
    if not has and slug is not None:
        has = {each.grant for each in person.rights if each.slug == slug}
    return next((bar for role, bar in bars.items() if role in has), ())


def frame() -> dict[str, str]:
    """Return the addresses the frame of a page needs; `event_url` is "" outside an event."""
    addresses = {name: url_for(endpoint) for name, endpoint in OF_FRAME.items()}
    event = g.get("event")
    addresses["event_url"] = url_for("events.overview", slug=event.slug) if event is not None else ""
    return addresses


def door(endpoint: str, **values: Any) -> str:
    """Return the address of an endpoint when the signed-in person may go there, else "".

    Figures are doors to the rows behind them; whoever may not see the rows reads the figure without a link.
    """
    return url_for(endpoint, **values) if may_open(endpoint, values.get("slug")) else ""
