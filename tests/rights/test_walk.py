"""Whoever has only a duty walks through everything they are shown: no link and no button leads to a closed door."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from app.access import GRANTED_BY, Grant
from app.models import InvitationState
from app.web.guards import GUARD

_LINK = re.compile(r'(?:href|hx-get|src)="(/[^"#]*)')
_FORM = re.compile(r'<form[^>]*?action="(/[^"#]*)|formaction="(/[^"#]*)|hx-post="(/[^"#]*)')
_OUT = ("/static/", "/logout", "/language", "/theme")
STATES = (InvitationState.FIRM, InvitationState.ARRIVED, InvitationState.SILENT, InvitationState.WAITING)


def links(page: str) -> set[str]:
    return {unescape(each) for each in _LINK.findall(page) if not each.startswith(_OUT)}


def closed_forms(app: Flask, page: str, grant: Grant) -> list[str]:
    """The forms of a page that its reader may not send."""
    found = []
    for groups in _FORM.findall(page):
        path = urlsplit(unescape("".join(groups))).path
        try:
            endpoint, _values = app.url_map.bind("localhost").match(path, method="POST")
        except HTTPException:
            continue  # a form that asks, with GET
        guard = getattr(app.view_functions[endpoint], GUARD)
        if isinstance(guard, tuple) and guard and not set(guard) & GRANTED_BY[grant]:
            found.append(endpoint)
    return found


@pytest.mark.parametrize("grant", [Grant.DOOR, Grant.CONFERENCE_AFFAIRS, Grant.HALL])
def test_nothing_shown_leads_to_a_closed_door(app, build, holder, grant):
    event, other = build.event(name="Ours"), build.event(name="Somebody else’s")
    for state in STATES:
        build.invitation(event, state=state)
    build.invitation(other, state=InvitationState.FIRM)
    planner = build.client()
    planner.post(f"/events/{event.slug}/materials/prepare")
    planner.post(f"/events/{event.slug}/staff/prepare")
    client = holder(event, grant)
    waiting = dict.fromkeys(("/", "/account", "/events/", "/search?q=e"), "the start")
    seen: set[str] = set()
    wrong: list[str] = []
    while waiting:
        path, came_from = waiting.popitem()
        if urlsplit(path).path in seen:
            continue
        seen.add(urlsplit(path).path)
        answer = client.get(path)
        if answer.status_code in {403, 404, 500}:
            wrong.append(f"{answer.status_code}: {path} on {came_from}")
        if answer.mimetype == "text/html":
            page = answer.get_data(as_text=True)
            assert other.name not in page, path
            assert other.slug not in page, path
            wrong += [f"{endpoint} on {path}" for endpoint in closed_forms(app, page, grant)]
            waiting |= dict.fromkeys(links(page), path)
    assert not wrong, "\n".join(sorted(wrong))
    assert f"/events/{event.slug}/" in seen
    assert len(seen) > 6
