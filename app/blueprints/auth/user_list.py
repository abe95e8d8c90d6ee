"""The list of accounts: its columns, chips and search."""

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement

from app.access import Role
from app.blueprints.auth import queries
from app.models import User, UserRole
from app.phones import display
from app.web.locale import iso
from app.web.tables import Column, Filter, Option, TableSpec, counted
from app.web.words import word


def _search(typed: str) -> ColumnElement[bool]:
    return User.id.in_(queries.ids_found_by(typed))


def _role_chips(counts: dict[Any, int]) -> list[Option]:
    return counted([Option(role.value, word(role).text, word(role).tone, word(role).icon) for role in Role], counts)


def _state_chips(counts: dict[Any, int]) -> list[Option]:
    return [
        Option("on", _("Active"), "green", "circle-check", counts.get(True, 0)),
        Option("off", _("Deactivated"), "secondary", "ban", counts.get(False, 0)),
    ]


def _departments(counts: dict[Any, int]) -> list[Option]:
    return [Option(name, name, count=count) for name, count in sorted(counts.items()) if name]


def roles_in_words(user: User) -> str:
    return ", ".join(str(word(role).text) for role in user.roles)


def users_list() -> TableSpec:
    """Return what the list of accounts is. Names stand in the order of pinyin, which no database knows."""
    return TableSpec(
        name="users",
        columns=(
            Column("name", _("Name"), sort=queries.by_name(), hideable=False, text=lambda user: user.name),
            Column("roles", _("Roles"), text=roles_in_words),
            Column("department", _("Department"), sort=User.department, text=lambda user: user.department),
            Column("login", _("Mail address"), sort=User.login, text=lambda user: user.login),
            Column("mobile", _("Mobile"), shown=False, text=lambda user: display(user.mobile or "")),
            Column("seen", _("Last signed in"), sort=queries.last_sign_in()),
            Column("created", _("Opened"), sort=User.created_at, shown=False, text=lambda user: iso(user.created_at)),
            Column(
                "state",
                _("State"),
                sort=User.is_active,
                text=lambda user: str(_("Active") if user.is_active else _("Deactivated")),
            ),
        ),
        tie=User.id,
        default_sort="name",
        filters=(
            Filter("role", _("Role"), UserRole.role, _role_chips, parse=Role, through=User.role_rows),
            Filter("state", _("State"), User.is_active, _state_chips, parse=lambda value: value == "on"),
            Filter("department", _("Department"), User.department, _departments),
        ),
        search=_search,
        row_url=lambda user: url_for("auth.user_edit", user_id=user.id),
        exports=True,
        file_name="users",
    )
