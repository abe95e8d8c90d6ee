"""The agenda that a conference of the trade begins with: each row can be changed, more can be added."""

from dataclasses import dataclass
from datetime import timedelta

from app.errors import N_
from app.models import AgendaSession, Event, Point, RunCue, SessionKind, SessionPoint
from app.texts import gettext

K, Q = SessionKind, Point
ENGLISH = "en"


@dataclass(frozen=True)
class SessionRow:
    """One session, so many minutes after the one before it ends, and what is done at its start."""

    kind: SessionKind
    title: str
    minutes: int
    points: tuple[Point, ...] = ()
    who: str = ""
    cue: str = ""
    is_public: bool = True


HOST, STAGE, SOUND = N_("Host"), N_("Hall lead"), N_("Sound and light")
SESSIONS = (
    SessionRow(K.CEREMONY, N_("Admission, promotional film"), 20, (), SOUND, N_("Film runs, hall lights up")),
    SessionRow(K.CEREMONY, N_("Opening, guests introduced"), 10, (), HOST, N_("Music fades, host to the lectern")),
    SessionRow(K.CEREMONY, N_("Words of welcome"), 15, (Q.COMPANY, Q.TRUST_COMPANY), HOST, N_("Host hands over")),
    SessionRow(K.TALK, N_("The market and our product"), 40, (Q.MARKET, Q.TRUST_PRODUCT), STAGE, N_("Slides up")),
    SessionRow(K.BREAK, N_("Tea break"), 15, (), STAGE, N_("Doors open, music on")),
    SessionRow(
        *(K.TALK, N_("How dealers earn with us"), 40, (Q.MARGIN, Q.TRUST_MODEL, Q.TRUST_MARGIN), STAGE),
        N_("Slides up"),
    ),
    SessionRow(K.TALK, N_("Support, contract and policy"), 30, (Q.SUPPORT, Q.TRUST_CONTRACT), STAGE, N_("Slides up")),
    SessionRow(K.TALK, N_("A dealer tells of last year"), 15, (Q.COMPANY,), HOST, N_("Host introduces the dealer")),
    SessionRow(K.SIGNING, N_("Signing ceremony"), 45, (Q.TRUST_CONTRACT,), HOST, N_("Signing music, pens are ready")),
    SessionRow(K.MEAL, N_("Banquet"), 90, (), STAGE, N_("Host invites to table")),
)


def sessions(event: Event) -> list[AgendaSession]:
    """Return the sessions for an event, one after the other from its start, in its language; not added yet."""
    made, at = [], event.starts_at
    for row in SESSIONS:
        said = gettext(event.language, row.title)
        made.append(
            AgendaSession(
                event_id=event.id,
                kind=row.kind,
                title=said,
                title_en=gettext(ENGLISH, row.title) if event.language != ENGLISH else "",
                starts_at=at,
                minutes=row.minutes,
                room=event.hall,
                is_public=row.is_public,
                points=[SessionPoint(point=point) for point in row.points],
                cues=[
                    RunCue(
                        offset=0, who=gettext(event.language, row.who), what=said, cue=gettext(event.language, row.cue)
                    )
                ],
            )
        )
        at += timedelta(minutes=row.minutes)
    return made
