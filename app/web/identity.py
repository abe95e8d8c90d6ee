"""Who is asking: the signed-in person behind a request, and what they may do."""

from functools import cached_property
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Response, abort, g, redirect, request, session, url_for
from flask_babel import gettext
from flask_login import AnonymousUserMixin, UserMixin, current_user, login_user
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from app import clock, rights
from app.access import Permission, granted_by
from app.extensions import db, login_manager
from app.models import LoginSession, User
from app.tokens import digest
from app.web.render import safe_path, wants_fragment
from app.web.words import word

PAGE = ""  # the event whose page this is


def _slug_of_page() -> str | None:
    """The event whose page this is: what the view has loaded, before that what the address says."""
    event = g.get("event")
    return event.slug if event is not None else (request.view_args or {}).get("slug")


class Person(UserMixin):
    """A signed-in member of staff. The browser holds the session's token, the database only its digest."""

    def __init__(self, user: User, login: LoginSession, token: str) -> None:
        self.user = user
        self.login = login
        self.token = token
        self.id = user.id
        self.name = user.name
        self.locale = user.locale
        self.permissions = user.permissions
        self.roles = user.roles

    def get_id(self) -> str:
        return self.token

    @cached_property
    def rights(self) -> list[rights.Right]:
        """What duties bring the person now, in every event. Asked once a request, and only by who needs it."""
        now = clock.now()
        return [each for each in rights.of_user(self.id) if each.holds(now)]

    def can(self, permission: Permission | str, slug: str | None = PAGE) -> bool:
        """Tell whether the person may do something in the event of this page, or of another slug; None: anywhere."""
        if permission in self.permissions:
            return True
        slug = _slug_of_page() if slug == PAGE else slug
        return slug is not None and any(each.slug == slug and permission in each.permissions for each in self.rights)

    def can_somewhere(self, permission: Permission) -> bool:
        """Tell whether the person may do something in one event at least."""
        return permission in self.permissions or any(permission in each.permissions for each in self.rights)

    def event_ids(self, permission: Permission) -> frozenset[int] | None:
        """Return the events in which the person may do something; None: in all of them."""
        if permission in self.permissions:
            return None
        return frozenset(each.event_id for each in self.rights if permission in each.permissions)

    @property
    def permissions_here(self) -> frozenset[Permission]:
        """Everything the person may do in the event of this page."""
        slug = _slug_of_page()
        return self.permissions | granted_by(each.grant for each in self.rights if each.slug == slug)

    @property
    def role_label(self) -> str:
        return gettext(", ").join(str(word(role).text) for role in self.roles)


class Nobody(AnonymousUserMixin):
    """Whoever has not signed in."""

    user: User | None = None
    id: int | None = None
    name = ""
    locale: str | None = None
    permissions: frozenset[Permission] = frozenset()

    def can(self, permission: Permission | str, slug: str | None = PAGE) -> bool:
        return False

    def can_somewhere(self, permission: Permission) -> bool:
        return False


# Asked by every request, so it is made once, and brings the person and the roles along.
_BY_DIGEST = (
    select(LoginSession)
    .where(LoginSession.token_digest == bindparam("digest"))
    .options(joinedload(LoginSession.user).joinedload(User.role_rows))
)


def load_person(token: str) -> Person | None:
    """Return the person of a session token, or None when the session has ended, was revoked, or the account is off."""
    login = db.session.execute(_BY_DIGEST, {"digest": digest(token)}).unique().scalar_one_or_none()
    if login is None or login.revoked_at or login.expires_at <= clock.now() or not login.user.is_active:
        return None
    return Person(login.user, login, token)


def me() -> Person:
    """Return the signed-in person. Only for views behind `@requires`."""
    return cast(Person, current_user._get_current_object())  # noqa: SLF001 - werkzeug's public way to look through


def own_rep_id() -> int | None:
    """Return the id that lists of invitations are limited to: None for those who may see everybody's."""
    person = me()
    return None if person.can(Permission.VIEW_ALL_INVITATIONS) else person.id


def address() -> str:
    """Return the address the request came from, as far as the trusted proxies tell."""
    return request.remote_addr or ""


def remember(login: LoginSession, token: str) -> None:
    """Sign the browser in. Whatever its session held belonged to somebody else, except the language."""
    chosen = session.get("locale")
    session.clear()
    if chosen:
        session["locale"] = chosen
    session.permanent = True
    login_user(Person(login.user, login, token))


def forget() -> None:
    """Empty the browser's session."""
    session.clear()


def _unauthorized() -> Any:
    """Ask to sign in, and come back to the page where the person was.

    htmx would put the sign-in page into the middle of another; it is told to load it instead. Nobody can come back
    to a form that was sent, so after one the page that showed it is the place.
    """
    if request.path.startswith("/api/"):
        abort(401)
    here = request.full_path.rstrip("?")
    if wants_fragment():
        here = _path_of(request.headers.get("HX-Current-URL", ""))
    elif request.method not in {"GET", "HEAD"}:
        here = _path_of(request.referrer or "")
    sign_in = url_for("auth.sign_in", next=safe_path(here) if here != "/" else None)
    if wants_fragment():
        return Response(status=401, headers={"HX-Redirect": sign_in})
    return redirect(sign_in, 303)


def _path_of(address: str) -> str:
    """Return path and query of a whole address, when it is on this host."""
    parts = urlsplit(address)
    if parts.netloc != request.host:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def init() -> None:
    """Tie Flask-Login to our sessions."""
    login_manager.user_loader(load_person)
    login_manager.unauthorized_handler(_unauthorized)
    login_manager.anonymous_user = Nobody
    login_manager.session_protection = None  # our sessions are rows that can be revoked; an address may change
