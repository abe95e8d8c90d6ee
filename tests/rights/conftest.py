"""People who have nothing but a duty at one event."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from app import clock
from app.access import Grant
from app.models import Duty, Event, Shift, StaffPerson, StaffRole, User


class Posts:
    """Puts people on duty."""

    def __init__(self, build: Any) -> None:
        self.build = build
        self.count = 0

    def nobody(self, **values: Any) -> User:
        """An account without any company-wide role."""
        self.count += 1
        given = {"login": f"nobody{self.count}@example.com", "name": f"Nobody {self.count}", "locale": "en"}
        return self.build.save(User(**given | {"created_at": clock.now()} | values))

    def person(self, user: User | None, **values: Any) -> StaffPerson:
        name = user.name if user else "林晚晴"
        given = {"name": name, "user_id": user.id if user else None, "created_at": clock.now(), "sort_key": name}
        return self.build.save(StaffPerson(**given | values))

    def duty(
        self,
        event: Event,
        person: StaffPerson,
        grant: Grant,
        *,
        days: int | None = None,
        given_at: datetime | None = None,
        **values: Any,
    ) -> Duty:
        role = self.build.save(StaffRole(event_id=event.id, name=f"{grant}", grant=grant, grant_days=days))
        shift = self.build.save(
            Shift(
                event_id=event.id,
                name="Conference",
                starts_at=event.starts_at,
                ends_at=event.starts_at + timedelta(hours=4),
                for_start_at=event.starts_at,
                for_time_zone=event.time_zone,
            )
        )
        given = {
            "event_id": event.id,
            "role_id": role.id,
            "person_id": person.id,
            "shift_id": shift.id,
            "slot": 1,
            "created_at": given_at or clock.now(),
        }
        return self.build.save(Duty(**given | values))


@pytest.fixture
def posts(build) -> Posts:
    return Posts(build)


@pytest.fixture
def holder(build, posts) -> Callable[..., Any]:
    """Make a client of somebody who has only this grant in this event."""

    def made(event: Event, grant: Grant, **values: Any) -> Any:
        user = posts.nobody()
        posts.duty(event, posts.person(user), grant, **values)
        client = build.app.test_client()
        build.sign_in(client, user)
        return client

    return made
