"""Every endpoint says who may use it: `@requires(...)` or `@public("why")`. A test walks the map of addresses.

Rights that a duty at an event brings hold on the addresses of that event (`/events/<slug>/...`) and nowhere else,
except where a page says `elsewhere=True`: then it shows what the person may see of each event, and limits itself.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, current_app
from flask_login import current_user

from app.access import Permission
from app.extensions import login_manager

View = Callable[..., Any]
GUARD = "_guard"  # what the architecture test looks for
ELSEWHERE = "_elsewhere"


def requires(*permissions: Permission, elsewhere: bool = False) -> Callable[[View], View]:
    """Let only signed-in people in who hold at least one of the permissions (none named: anybody signed in).

    `elsewhere` opens a page without an event to whoever holds one of them in any event.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return login_manager.unauthorized()
            if not _lets_in(permissions, kwargs.get("slug"), elsewhere=elsewhere):
                abort(403)
            return view(*args, **kwargs)

        setattr(guarded, GUARD, permissions)
        setattr(guarded, ELSEWHERE, elsewhere)
        return guarded

    return decorate


def _lets_in(permissions: tuple[Permission, ...], slug: str | None, *, elsewhere: bool) -> bool:
    if not permissions or any(current_user.can(each, slug) for each in permissions):
        return True
    return elsewhere and any(current_user.can_somewhere(each) for each in permissions)


def may_open(endpoint: str, slug: str | None = None) -> bool:
    """Tell whether the signed-in person would be let in by an endpoint, of an event where it has one."""
    view = current_app.view_functions.get(endpoint)
    guard = getattr(view, GUARD, None)
    if isinstance(guard, tuple):
        return _lets_in(guard, slug, elsewhere=getattr(view, ELSEWHERE, False))
    return guard is not None


def public(why: str) -> Callable[[View], View]:
    """Let everybody in, for the reason given."""

    def decorate(view: View) -> View:
        setattr(view, GUARD, why)
        return view

    return decorate
