"""What the contracts of an event need somebody for, as lines on its pages, the overview and at home."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from sqlalchemy import exists, func, or_, select

from app import clock
from app.access import Permission
from app.blueprints.contracts.approval import queries as approvals
from app.blueprints.contracts.loading import own_id
from app.blueprints.contracts.rules.life import READY
from app.blueprints.dealers.papers.rules import REQUIRED
from app.extensions import db
from app.models import (
    Approval,
    Contract,
    Event,
    EventStatus,
    GuestKind,
    Invitation,
    InvitationState,
    PaperState,
    QualificationPaper,
    Readiness,
    Screening,
    Talk,
    TalkState,
)
from app.web import alarms
from app.web.alarms import Row
from app.web.locale import DEFAULT_ZONE
from app.web.nav import door

_NEAR = timedelta(days=1)
_SOON = timedelta(days=14)
_OUT = (InvitationState.DECLINED, InvitationState.DECLINED_LATE, InvitationState.NO_SHOW)
_LIVE = (EventStatus.OPEN, EventStatus.RUNNING)


@alarms.source("contracts.index", _("Contracts"), Permission.VIEW_CONTRACTS)
def rows(events: Sequence[Event]) -> Mapping[int, Sequence[Row]]:
    """Return what each event's contracts need, grave things first; four queries however many events."""
    now, ids = clock.now(), [event.id for event in events]
    late, unready, stuck = _late(ids, now), _unready(events, now), _stuck(ids)
    unqualified = _unqualified(events, now)
    found = {}
    for event in events:
        lines = (
            _stuck_row(event, stuck),
            _unready_row(event, unready),
            _late_row(event, late),
            _unqualified_row(event, unqualified),
        )
        found[event.id] = [row for row in lines if row is not None]
    return found


def of_event(event: Event) -> Sequence[Row]:
    return rows([event])[event.id]


def _counted(statement: Any) -> dict[int, int]:
    return dict(db.session.execute(statement).all())


def _late(ids: Sequence[int], now: datetime) -> dict[int, int]:
    """Contracts whose approval waits longer than the setting allows."""
    waiting = approvals.open_questions().where(
        Contract.event_id.in_(ids), Approval.asked_at <= now - timedelta(hours=current_app.config["APPROVAL_HOURS"])
    )
    if (rep_id := own_id()) is not None:
        waiting = waiting.where(Contract.rep_id == rep_id)
    counted = waiting.with_only_columns(Contract.event_id, func.count(Contract.id.distinct())).group_by(
        Contract.event_id
    )
    return _counted(counted)


def _unready(events: Sequence[Event], now: datetime) -> dict[int, int]:
    """Dealers who are ready to sign and have no approved contract, from the day before on."""
    near = [event.id for event in events if event.status in _LIVE and event.starts_at - _NEAR <= now < event.ends_at]
    if not near:
        return {}
    approved = exists().where(
        Contract.event_id == Invitation.event_id,
        Contract.dealer_id == Invitation.dealer_id,
        Contract.state.in_(READY),
    )
    wanted = select(Invitation.event_id, func.count()).where(
        Invitation.event_id.in_(near),
        Invitation.kind == GuestKind.DEALER,
        Invitation.readiness == Readiness.READY,
        Invitation.state.not_in(_OUT),
        ~approved,
    )
    if (rep_id := own_id()) is not None:
        wanted = wanted.where(Invitation.rep_id == rep_id)
    return _counted(wanted.group_by(Invitation.event_id))


def _unqualified(events: Sequence[Event], now: datetime) -> dict[int, int]:
    """Dealers who are ready to sign soon and lack a paper that is passed and valid, or a screening."""
    soon = [event.id for event in events if event.status in _LIVE and event.starts_at - _SOON <= now < event.ends_at]
    if not soon:
        return {}
    paper = QualificationPaper
    passed = (
        select(func.count(paper.kind.distinct()))
        .where(
            paper.dealer_id == Invitation.dealer_id,
            paper.kind.in_(REQUIRED),
            paper.state == PaperState.PASSED,
            paper.replaced_at.is_(None),
            or_(paper.valid_until.is_(None), paper.valid_until >= clock.today(DEFAULT_ZONE)),
        )
        .correlate(Invitation)
        .scalar_subquery()
    )
    screened = exists().where(Screening.dealer_id == Invitation.dealer_id)
    wanted = select(Invitation.event_id, func.count()).where(
        Invitation.event_id.in_(soon),
        Invitation.kind == GuestKind.DEALER,
        Invitation.readiness == Readiness.READY,
        Invitation.state.not_in(_OUT),
        or_(passed < len(REQUIRED), ~screened),
    )
    if (rep_id := own_id()) is not None:
        wanted = wanted.where(Invitation.rep_id == rep_id)
    return _counted(wanted.group_by(Invitation.event_id))


def _stuck(ids: Sequence[int]) -> dict[int, int]:
    """Talks that need somebody higher."""
    wanted = select(Talk.event_id, func.count()).where(Talk.event_id.in_(ids), Talk.state == TalkState.STUCK)
    if (rep_id := own_id()) is not None:
        wanted = wanted.where(Talk.host_id == rep_id)
    return _counted(wanted.group_by(Talk.event_id))


def _stuck_row(event: Event, counts: Mapping[int, int]) -> Row | None:
    if not (number := counts.get(event.id)):
        return None
    text = ngettext("%(num)d talk is stuck and needs help", "%(num)d talks are stuck and need help", number)
    return Row(
        text, "message-2", is_grave=True, act=_act(gettext("To the talks"), "contracts.talks", event, state="stuck")
    )


def _unready_row(event: Event, counts: Mapping[int, int]) -> Row | None:
    if not (number := counts.get(event.id)):
        return None
    text = ngettext(
        "%(num)d dealer ready to sign has no approved contract",
        "%(num)d dealers ready to sign have no approved contract",
        number,
    )
    return Row(text, "contract", is_grave=True, act=_act(gettext("See who"), "contracts.prepare", event))


def _late_row(event: Event, counts: Mapping[int, int]) -> Row | None:
    if not (number := counts.get(event.id)):
        return None
    hours = current_app.config["APPROVAL_HOURS"]
    text = ngettext(
        "%(num)d contract has waited for approval for more than %(hours)s hours",
        "%(num)d contracts have waited for approval for more than %(hours)s hours",
        number,
        hours=hours,
    )
    return Row(text, "hourglass", act=_act(gettext("See them"), "contracts.index", event, state="in_review"))


def _unqualified_row(event: Event, counts: Mapping[int, int]) -> Row | None:
    if not (number := counts.get(event.id)):
        return None
    text = ngettext(
        "%(num)d dealer ready to sign lacks papers or screening",
        "%(num)d dealers ready to sign lack papers or screening",
        number,
    )
    return Row(text, "certificate", act=_act(gettext("See who"), "contracts.qualification", event))


def _act(label: str, endpoint: str, event: Event, **values: Any) -> dict[str, Any] | None:
    url = door(endpoint, slug=event.slug, **values)
    return {"label": label, "url": url} if url else None
