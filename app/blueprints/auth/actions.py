"""What happens to accounts and sessions. Nothing here commits."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import delete, text, update
from sqlalchemy.exc import IntegrityError

from app import clock, journal, passwords
from app.access import Role
from app.blueprints.auth import queries, rules
from app.extensions import db
from app.models import LoginSession, PasswordReset, SavedView, User, UserRole
from app.tokens import digest, new_link_token

# Ended sessions are kept that long, for whoever asks when somebody was signed in last.
_KEPT = timedelta(days=400)


@dataclass(frozen=True)
class Profile:
    """What an account says about its person."""

    login: str
    name: str
    mobile: str | None = None
    department: str = ""
    locale: str | None = None
    roles: frozenset[Role] = frozenset()


# -- sessions


def sign_in(user: User, *, address: str, device: str, hours: int) -> tuple[LoginSession, str]:
    """Open a session of `hours` and return it with the token that only the browser will know."""
    now = clock.now()
    token = new_link_token()
    login = LoginSession(
        user=user,
        token_digest=digest(token),
        started_at=now,
        expires_at=now + timedelta(hours=hours),
        address=address[:45],
        device=device[:200],
    )
    db.session.add(login)
    db.session.execute(
        delete(LoginSession)
        .where(LoginSession.user_id == user.id, LoginSession.expires_at < now - _KEPT)
        .execution_options(synchronize_session=False)
    )
    journal.act_as(replace(journal.acting(), name=user.name, user_id=user.id))
    journal.record("user.signed_in", user, changes={})
    return login, token


def note_failed_sign_in(user_id: int | None) -> None:
    """Write down a wrong password. What was typed as the name is not kept: it may be the password."""
    if user_id is None:
        journal.record_unknown("user.sign_in_failed", User.__tablename__)
    else:
        journal.record("user.sign_in_failed", db.session.get_one(User, user_id), changes={})


def sign_out(login: LoginSession) -> None:
    """End the session that asks for it."""
    _revoke(login)
    journal.record("user.signed_out", login.user, changes={})


def revoke_session(login: LoginSession) -> None:
    """Sign one browser out, from another."""
    _revoke(login)
    journal.record("user.session_revoked", login.user, changes={})


def revoke_sessions(user: User, *, but: LoginSession | None = None) -> int:
    """Sign somebody out everywhere, except in one browser; return in how many."""
    count = _revoke_all(user, but=but)
    if count:
        journal.record("user.sessions_revoked", user, changes={})
    return count


def _revoke(login: LoginSession) -> None:
    login.revoked_at = login.revoked_at or clock.now()


def _revoke_all(user: User, *, but: LoginSession | None = None) -> int:
    ended = [each for each in queries.open_sessions(user.id, clock.now()) if but is None or each.id != but.id]
    for each in ended:
        _revoke(each)
    return len(ended)


# -- passwords


def rehash(user: User, password: str) -> None:
    """Store the same password under today's parameters."""
    user.password_hash = passwords.hashed(password)


def change_password(user: User, password: str, *, staying: LoginSession) -> int:
    """Set somebody's new password and sign out their other browsers; return how many."""
    user.password_hash = passwords.hashed(password)
    journal.record("user.password_changed", user, changes={})
    return _revoke_all(user, but=staying)


def make_password_link(user: User, *, valid_for: timedelta) -> str:
    """Return a fresh token that lets its holder set the account's password once. Earlier links stop working."""
    now = clock.now()
    _spend_links(user)
    token = new_link_token()
    db.session.add(
        PasswordReset(user_id=user.id, token_digest=digest(token), created_at=now, expires_at=now + valid_for)
    )
    journal.record("user.password_link_made", user, changes={})
    return token


def set_password_by_link(token: str, password_hash: str) -> User | None:
    """Use a link: set the password, sign out everywhere, return the person; None when the link is no longer valid.

    One UPDATE decides, so of two that use the link at the same moment one finds it used.
    """
    now = clock.now()
    link = queries.password_link(token, now)
    if link is None:
        return None
    won = db.session.scalar(
        update(PasswordReset)
        .where(PasswordReset.id == link.id, PasswordReset.used_at.is_(None))
        .values(used_at=now)
        .returning(PasswordReset.id)
        .execution_options(synchronize_session=False)
    )
    if won is None:
        return None
    user = link.user
    user.password_hash = password_hash
    _spend_links(user)
    _revoke_all(user)
    journal.record("user.password_set_by_link", user, changes={})
    return user


def _spend_links(user: User) -> None:
    db.session.execute(
        update(PasswordReset)
        .where(PasswordReset.user_id == user.id, PasswordReset.used_at.is_(None))
        .values(used_at=clock.now())
        .execution_options(synchronize_session=False)
    )


# -- accounts


def create_first_administrator(profile: Profile, password: str) -> User:
    """Create the administrator who lets everybody else in, as long as there is nobody.

    Two may ask at the same moment. SQLite lets one writer in at a time; PostgreSQL has no row yet to lock, so the
    table is.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE"))
    if queries.anybody():
        raise rules.AlreadySetUp
    return create_user(replace(profile, roles=frozenset({Role.ADMINISTRATOR})), password=password)


def create_user(profile: Profile, *, password: str = "") -> User:
    """Create an account. Without a password nobody can sign in until one is set by a link."""
    user = User(
        login=profile.login,
        name=profile.name,
        mobile=profile.mobile,
        department=profile.department,
        locale=profile.locale,
        password_hash=passwords.hashed(password) if password else "",
        is_active=True,
        created_at=clock.now(),
    )
    user.role_rows = [UserRole(role=role) for role in sorted(profile.roles)]
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError as error:
        raise rules.LoginTaken from error
    said = {"login": [None, user.login], "name": [None, user.name], "roles": [[], _words(profile.roles)]}
    journal.record("user.created", user, changes=said)
    return user


def edit_user(user: User, profile: Profile) -> None:
    """Change what an account says and its roles. The last active administrator stays one."""
    _keep_an_administrator(user, is_active=user.is_active, roles=set(profile.roles))
    before = _words(user.roles)
    for name in ("login", "name", "mobile", "department", "locale"):
        setattr(user, name, getattr(profile, name))
    said = journal.changes_of(user)
    if before != _words(profile.roles):
        said["roles"] = [before, _words(profile.roles)]
    _set_roles(user, profile.roles)
    if said:
        journal.record("user.edited", user, changes=said)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise rules.LoginTaken from error


def edit_own(user: User, *, name: str, mobile: str | None, locale: str | None) -> None:
    """Change what people may change of themselves."""
    user.name, user.mobile, user.locale = name, mobile, locale
    if said := journal.changes_of(user):
        journal.record("user.edited", user, changes=said)


def switch_language(user: User, locale: str) -> None:
    """Remember the language somebody switched to. Too small a thing for the journal."""
    user.locale = locale


def deactivate(user: User, *, by_id: int) -> None:
    """Turn an account off: it is signed out everywhere and nobody can sign in with it. Its work stays."""
    if user.id == by_id:
        raise rules.OwnAccount
    _keep_an_administrator(user, is_active=False, roles=set(user.roles))
    if not user.is_active:
        return
    user.is_active = False
    journal.record("user.deactivated", user, changes={})
    _revoke_all(user)
    _spend_links(user)


def reactivate(user: User) -> None:
    """Turn an account on again. Its old password holds."""
    if user.is_active:
        return
    user.is_active = True
    journal.record("user.reactivated", user, changes={})


def _keep_an_administrator(user: User, *, is_active: bool, roles: set[Role]) -> None:
    administrators = queries.lock_administrators()
    if user.id not in administrators:
        return
    others = len(administrators - {user.id})
    if not rules.keeps_an_administrator(is_active=is_active, roles=roles, other_administrators=others):
        raise rules.LastAdministrator(name=user.name)


def _set_roles(user: User, roles: Iterable[Role]) -> None:
    wanted = set(roles)
    user.role_rows = [row for row in user.role_rows if row.role in wanted] + [
        UserRole(role=role) for role in sorted(wanted - set(user.roles))
    ]


def _words(roles: Iterable[Role]) -> list[str]:
    return sorted(role.value for role in roles)


# -- saved views


def save_view(user_id: int, *, table: str, scope: str, name: str, query: str) -> SavedView:
    """Keep a list's filters under a name; the same name again replaces them."""
    if len(query) > rules.LONGEST_VIEW:
        raise rules.ViewTooLong
    existing = queries.saved_views(user_id, table, scope)
    view = next((each for each in existing if each.name == name), None)
    if view is None and len(existing) >= rules.MOST_VIEWS:
        raise rules.TooManyViews(count=len(existing))
    if view is None:
        view = SavedView(user_id=user_id, table_name=table, scope=scope, name=name, query=query)
        db.session.add(view)
    view.query = query
    return view


def delete_view(view: SavedView) -> None:
    db.session.delete(view)
