"""Every endpoint says who may use it: `@requires(...)` or `@public("why")`. A test walks the map of addresses."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort
from flask_login import current_user

from app.access import Permission
from app.extensions import login_manager

View = Callable[..., Any]
GUARD = "_guard"  # what the architecture test looks for


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Let only signed-in people in who hold at least one of the permissions (none named: anybody signed in)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return login_manager.unauthorized()
            if permissions and not any(current_user.can(permission) for permission in permissions):
                abort(403)
            return view(*args, **kwargs)

        setattr(guarded, GUARD, permissions)
        return guarded

    return decorate


def public(why: str) -> Callable[[View], View]:
    """Let everybody in, for the reason given."""

    def decorate(view: View) -> View:
        setattr(view, GUARD, why)
        return view

    return decorate
