"""A conference with so many invited guests and their badges, written straight into the tables."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import insert

from app import clock, create_app, names, tokens
from app.access import Role
from app.extensions import db
from app.models import (
    Badge,
    Dealer,
    Event,
    EventStatus,
    GuestKind,
    Invitation,
    InvitationState,
    Readiness,
    User,
    UserRole,
)
from app.passwords import hashed
from tests.load.badges import GIVEN, SURNAMES

LOGIN, PASSWORD = "door@bench.example", "scan-the-next-one"
_CHUNK = 2_000


def fill(environment: dict[str, str], size: int) -> tuple[str, list[str]]:
    """Migrate the database, fill it, and return the event's slug and all badge codes."""
    app = create_app({**environment, "LOG_LEVEL": "ERROR"})
    codes = [tokens.new_badge_code() for _ in range(size)]
    with app.app_context():
        upgrade()
        db.session.remove()
        now = clock.now()
        user = User(login=LOGIN, name="Bench", created_at=now, password_hash=hashed(PASSWORD))
        user.role_rows = [UserRole(role=Role.RECEPTION)]
        event = Event(
            slug="bench",
            name="Bench",
            status=EventStatus.RUNNING,
            starts_at=now,
            ends_at=now + timedelta(hours=8),
            capacity=size,
            created_at=now,
        )
        db.session.add_all([user, event])
        db.session.flush()
        for start in range(0, size, _CHUNK):
            _guests(event.id, range(start, min(size, start + _CHUNK)), codes)
        db.session.commit()
        db.engine.dispose()
    return "bench", codes


def _guests(event_id: int, numbers: Sequence[int], codes: list[str]) -> None:
    now = clock.now()
    db.session.execute(insert(Dealer), list(_dealers(numbers)))
    db.session.execute(
        insert(Invitation),
        [
            {
                "id": n + 1,
                "event_id": event_id,
                "dealer_id": n + 1,
                "kind": GuestKind.DEALER,
                "readiness": list(Readiness)[n % len(Readiness)],
                "token": tokens.new_link_token(),
                "state": InvitationState.FIRM,
                "listed_at": now,
                "table_label": str(n // 10 + 1),
            }
            for n in numbers
        ],
    )
    badges = [
        {"event_id": event_id, "invitation_id": n + 1, "code": codes[n], "created_at": now, "printed_at": now}
        for n in numbers
    ]
    db.session.execute(insert(Badge), badges)


def _dealers(numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
    people = itertools.cycle(f"{surname}{given}" for surname in SURNAMES for given in GIVEN)
    now = clock.now()
    for n, contact in zip(numbers, people, strict=False):
        company = f"第{n}号商贸有限公司"
        yield {
            "id": n + 1,
            "company": company,
            "company_key": names.company_key(company),
            "contact": contact,
            "mobile": f"+86139{n:08}",
            "sort_key": contact,
            "search_key": contact,
            "created_at": now,
        }
