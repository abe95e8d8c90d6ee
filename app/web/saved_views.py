"""Lists as one person likes to see them, loaded with every list by one query. The room `auth` keeps them."""

from typing import NamedTuple
from urllib.parse import parse_qsl

from flask import g, request, url_for
from flask_login import current_user
from sqlalchemy import select

from app.extensions import db
from app.models import SavedView


class ShownView(NamedTuple):
    """A saved view as a list's menu offers it."""

    name: str
    url: str
    active: bool
    delete_url: str


def of_list(table: str, query: str) -> list[ShownView]:
    """Return the person's views of a list. The one that is `query`, the list as shown now, is active."""
    if not current_user.is_authenticated:
        return []
    mine = (
        select(SavedView)
        .where(SavedView.user_id == current_user.id, SavedView.table_name == table, SavedView.scope == _scope())
        .order_by(SavedView.name)
    )
    path, here = url_for(str(request.endpoint), **(request.view_args or {})), sorted(parse_qsl(query))
    return [
        ShownView(
            view.name,
            f"{path}?{view.query}",
            sorted(parse_qsl(view.query)) == here,
            url_for("auth.saved_view_delete", view_id=view.id, next=path),
        )
        for view in db.session.scalars(mine)
    ]


def save_url(table: str, query: str, here: str) -> str | None:
    """Return where a name for the list as shown is posted to, or None while nothing narrows or orders it."""
    if not query or not current_user.is_authenticated:
        return None
    return url_for("auth.saved_view_create", table=table, scope=_scope(), query=query, next=here)


def _scope() -> str:
    event = g.get("event")
    return event.slug if event is not None else ""
