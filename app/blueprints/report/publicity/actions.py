"""Wording a publicity piece, and putting it back to the draft."""

from app import clock, journal
from app.blueprints.report.publicity import queries, rules
from app.blueprints.report.publicity.drafts import FACTS
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Event, PieceKind, PublicityPiece


class UnknownFact(SigningDayError):
    """A name in braces is none that is filled in."""

    code = "unknown_fact"
    sentence = N_("There is no fact with the name {%(name)s}.")


def word(event: Event, kind: PieceKind, language: str, text: str, *, by_id: int | None) -> PublicityPiece:
    """Keep a piece as somebody has worded it. Raises for a name in braces that is no fact."""
    text = text.replace("\r\n", "\n").strip()
    if wrong := rules.unknown(text, FACTS):
        raise UnknownFact(name=wrong[0])
    row = queries.piece(event, kind, language)
    if row is None:
        row = PublicityPiece(event_id=event.id, kind=kind, language=language)
        db.session.add(row)
    row.text, row.edited_at, row.edited_by_id = text, clock.now(), by_id
    journal.record("piece.worded", event, event_id=event.id, changes={"piece": [None, f"{kind.value} {language}"]})
    db.session.flush()
    return row


def reset(event: Event, row: PublicityPiece) -> None:
    """Go back to the house's draft."""
    told = f"{row.kind.value} {row.language}"
    journal.record("piece.reset", event, event_id=event.id, changes={"piece": [told, None]})
    db.session.delete(row)
    db.session.flush()
