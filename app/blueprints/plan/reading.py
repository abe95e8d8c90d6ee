"""A revision as it reads: live while it is open, as it was approved from then on."""

import hashlib

from app.blueprints.plan import queries
from app.blueprints.plan.facts import known
from app.blueprints.plan.rules.comparing import Text
from app.models import Event, PlanRevision


def texts(event: Event, revision: PlanRevision, language: str) -> list[Text]:
    """Return the sections filled in, in the language of the figures and tables."""
    held = queries.frozen(revision, language)
    if held is not None:
        return held
    sections = revision.sections
    filled = known.filled(event, [each.body for each in sections], language)
    return [Text(each.key, each.heading, html) for each, html in zip(sections, filled, strict=True)]


def seen(revision: PlanRevision, read: list[Text]) -> str:
    """Return a mark of what somebody has read, so that nothing else can be approved instead."""
    whole = "\n".join([str(revision.version), *(f"{each.key}\n{each.heading}\n{each.html}" for each in read)])
    return hashlib.sha256(whole.encode()).hexdigest()[:32]
