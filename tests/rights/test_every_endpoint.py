"""Every address, for every role and every kind of rights a duty brings, against the tables in `app/access.py`.

What is refused is really asked for. What is allowed is asked of the same guard in one request, and those pages that
duties open are opened by the walk in `test_walk.py`: running every allowed form of 200 addresses for 20 people would
test the rooms again.
"""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask_login import login_user
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from app import clock
from app.access import GRANTED_BY, PERMISSIONS_OF, Grant, Permission, Role
from app.blueprints.auth.queries import user as user_by_id
from app.models import EventStatus
from app.web.guards import ELSEWHERE, GUARD, may_open
from app.web.identity import Person

GRANTS = [grant for grant in Grant if grant is not Grant.NONE]


def guarded(app: Flask) -> list[tuple[Rule, tuple[Permission, ...], bool]]:
    """Every address with the permissions one of which it wants, and whether a duty anywhere opens it."""
    found = []
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        guard = getattr(view, GUARD, "")
        if isinstance(guard, tuple):
            found.append((rule, guard, getattr(view, ELSEWHERE)))
    return found


def has_event(rule: Rule) -> bool:
    return "slug" in rule.arguments


def open_to(
    rule: Rule, guard: tuple[Permission, ...], elsewhere: bool, company: Any, here: Any, somewhere: Any
) -> bool:
    """Tell by the tables alone whether somebody is let in."""
    held = set(company)
    if has_event(rule):
        held |= set(here)
    elif elsewhere:
        held |= set(somewhere)
    return not guard or bool(set(guard) & held)


def some_value(converter: Any) -> Any:
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)[0]
    return 1 if isinstance(converter, IntegerConverter) else "x"


def path(app: Flask, rule: Rule, slug: str) -> str:
    values = {name: some_value(rule._converters[name]) for name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values | ({"slug": slug} if has_event(rule) else {}))


def decided(app: Flask, user_id: int, slug: str) -> dict[tuple[str, bool], bool]:
    """What the guards say of every address, in one request of this person."""
    with app.test_request_context():
        from_db = user_by_id(user_id)
        assert from_db is not None
        login_user(Person(from_db, None, ""))  # type: ignore[arg-type]  # no session is looked at
        return {
            (r.endpoint, has_event(r)): may_open(r.endpoint, slug if has_event(r) else None)
            for r, _guard, _e in guarded(app)
        }


def ask(app: Flask, client: Any, rule: Rule, slug: str) -> int:
    method = "GET" if "GET" in (rule.methods or ()) else "POST"
    return int(client.open(path(app, rule, slug), method=method, headers={"HX-Request": "true"}).status_code)


def agree(app: Flask, client: Any, user_id: int, slug: str, company: Any, here: Any, somewhere: Any) -> None:
    said = decided(app, user_id, slug)
    for rule, guard, elsewhere in guarded(app):
        expected = open_to(rule, guard, elsewhere, company, here, somewhere)
        assert said[rule.endpoint, has_event(rule)] is expected, rule.endpoint
        if not expected:
            assert ask(app, client, rule, slug) == 403, rule.endpoint


@pytest.mark.parametrize("role", list(Role))
def test_company_roles(app, build, role):
    event = build.event()
    user = build.user(role)
    client = app.test_client()
    build.sign_in(client, user)
    agree(app, client, user.id, event.slug, PERMISSIONS_OF[role], (), ())


@pytest.mark.parametrize("grant", GRANTS)
def test_rights_of_a_duty(app, build, posts, grant):
    """One person with the same duty in an event that is open, in one that is closed, and too early in a third."""
    own, other, closed = build.event(), build.event(), build.event(status=EventStatus.CLOSED)
    early = build.event(starts_at=clock.now() + timedelta(days=30))
    user = posts.nobody()
    person = posts.person(user)
    posts.duty(own, person, grant)
    posts.duty(closed, person, grant)
    posts.duty(early, person, grant, days=1)
    client = app.test_client()
    build.sign_in(client, user)
    agree(app, client, user.id, own.slug, (), GRANTED_BY[grant], GRANTED_BY[grant])
    for foreign in (other, closed, early):
        agree(app, client, user.id, foreign.slug, (), (), GRANTED_BY[grant])


def test_nobody_without_a_session_gets_anywhere(app, build):
    event, client = build.event(), app.test_client()
    for rule, _guard, _elsewhere in guarded(app):
        assert ask(app, client, rule, event.slug) == 401, rule.endpoint
