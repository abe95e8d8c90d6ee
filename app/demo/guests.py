"""Who is on the lists, what they answered, and who is standing in the hall."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from app import clock, names, tokens
from app.demo import messages
from app.demo import names as made_up
from app.demo.answers import answer, confirm
from app.demo.arrivals import admit, badge
from app.extensions import db
from app.models import (
    Answer,
    Dealer,
    Event,
    GuestKind,
    Invitation,
    InvitationState,
    Readiness,
    Reply,
    Round,
    Standing,
    User,
    Via,
)

S = InvitationState
_READINESS = (Readiness.READY, Readiness.LEANING, Readiness.WAVERING, Readiness.PROSPECT)
_MIX = (0.28, 0.30, 0.27, 0.15)
_FIRST_CONTRACT = {
    Readiness.READY: (12, 40),
    Readiness.LEANING: (8, 30),
    Readiness.WAVERING: (5, 25),
    Readiness.PROSPECT: (3, 15),
}  # in 10,000 yuan
OTHER_GUESTS = (
    ("华中净水行业联谊会", "谭立新", "秘书长", GuestKind.ASSOCIATION),
    ("华中净水行业联谊会", "冯月琴", "副会长", GuestKind.ASSOCIATION),
    ("楚江理工大学环境学院", "姚伯安", "教授", GuestKind.EXPERT),
    ("江城水质检测研究所", "卢敏行", "高级工程师", GuestKind.EXPERT),
    ("江城渠道观察周刊", "叶知秋", "记者", GuestKind.MEDIA),
    ("云上楚天新闻", "董子航", "记者", GuestKind.MEDIA),
    ("江城电视台都市频道", "任嘉禾", "编导", GuestKind.MEDIA),
    ("江城市商务促进办公室", "程国栋", "科长", GuestKind.GOVERNMENT),
)


class Drawing:
    """Draws guests for one event after another; dealers of earlier events are invited again."""

    def __init__(
        self, chance: random.Random, people: made_up.Names, reps: list[User], reception: User, now: datetime
    ) -> None:
        self.chance = chance
        self.people = people
        self.reps = reps
        self.reception = reception
        self.now = now
        self.dealers: list[Dealer] = []
        self.table = 0

    # -- the three lists

    def running(self, event: Event, count: int) -> None:
        """So many invited dealers: answered, asked again three days ago, a good part of them in the hall."""
        round_ = self._round(event)
        guests = []
        for _ in range(count):
            dealer = self._dealer(event.created_at + timedelta(days=self.chance.randrange(20)))
            self.dealers.append(dealer)
            guests.append(self._invitation(event, dealer, invited_days_before=self.chance.randrange(19, 24)))
        db.session.flush()
        messages.write(guests, "invitation", lambda guest: guest.invited_at or self.now, papers=True)
        replies = {guest.id: reply for guest in guests if (reply := answer(self.chance, event, guest))}
        db.session.flush()
        answered = [guest for guest in guests if guest.id in replies]
        messages.write(answered, "reply_received", lambda guest: replies[guest.id].answered_at)
        asked = [guest for guest in guests if guest.state in {S.ACCEPTED, S.INVITED}]
        messages.write(asked, "reconfirm", lambda _: round_.started_at, reason="1:")
        for guest in guests:
            confirm(self.chance, event, guest, round_, replies.get(guest.id))
            self._seat(guest)
            self._to_the_door(event, guest)

    def past(self, event: Event, *, share: float) -> None:
        """An earlier conference with a share of the dealers known today."""
        round_ = self._round(event)
        for dealer in self.chance.sample(self.dealers, round(len(self.dealers) * share)):
            invitation = self._invitation(event, dealer, invited_days_before=20)
            confirm(self.chance, event, invitation, round_, answer(self.chance, event, invitation))
            if invitation.state in {S.ACCEPTED, S.FIRM, S.SUBSTITUTE, S.SILENT}:
                came = self.chance.random() < (0.9 if invitation.state is not S.SILENT else 0.4)
                if came:
                    badge(event, invitation, printed_at=event.starts_at - timedelta(days=1))
                    admit(self.chance, event, invitation, self._arrival_time(event), self.reception)
                else:
                    invitation.state = S.NO_SHOW

    def planned(self, event: Event, *, old: int, new: int) -> None:
        """The next conference: some invited and answering, the others listed."""
        dealers = self.chance.sample(self.dealers, min(old, len(self.dealers)))
        dealers += [self._dealer(self.now - timedelta(days=self.chance.randrange(1, 9))) for _ in range(new)]
        guests = [self._invitation(event, dealer, invited_days_before=None) for dealer in dealers]
        invited = [guest for guest in guests if self.chance.random() < 0.55]
        for guest in invited:
            guest.state = S.INVITED
            guest.invited_at = self.now - timedelta(days=self.chance.randrange(1, 4))
        db.session.flush()
        messages.write(invited, "invitation", lambda guest: guest.invited_at or self.now, papers=True)
        for guest in invited:
            if self.chance.random() < 0.5:
                answer(self.chance, event, guest, before=self.now)

    def others(self, event: Event) -> None:
        """Experts, press, officials and associations of the running conference."""
        for company, contact, title, kind in OTHER_GUESTS:
            dealer = self._filed(company, contact, title, created_at=event.created_at)
            invitation = self._invitation(event, dealer, invited_days_before=16)
            invitation.kind, invitation.readiness = kind, Readiness.PROSPECT
            invitation.is_lead_signer, invitation.expected_amount = False, None
            invitation.state = S.FIRM
            invitation.host_notes = "引导至主席台" if kind in {GuestKind.GOVERNMENT, GuestKind.EXPERT} else ""
            db.session.add(_yes(invitation, event.starts_at - timedelta(days=9)))
            self._to_the_door(event, invitation)

    # -- parts

    def _dealer(self, created_at: datetime) -> Dealer:
        person = self.people.person()
        return self._filed(
            person.company,
            person.contact,
            person.title,
            created_at=created_at,
            mobile=person.mobile,
            mail=person.mail or None,
            province=person.province,
            city=person.city,
            source=person.source,
        )

    def _filed(self, company: str, contact: str, title: str, *, created_at: datetime, **values: str | None) -> Dealer:
        rep = self.chance.choice(self.reps)
        dealer = Dealer(
            company=company,
            company_key=names.company_key(company),
            contact=contact,
            contact_title=title,
            latin_name=names.latin(contact),
            search_key=names.search_key(contact, company, values.get("mobile") or ""),
            sort_key=names.sort_key(contact),
            owner_id=rep.id,
            created_at=created_at,
            created_by_id=rep.id,
            **values,
        )
        db.session.add(dealer)
        return dealer

    def _invitation(self, event: Event, dealer: Dealer, *, invited_days_before: int | None) -> Invitation:
        readiness = self.chance.choices(_READINESS, weights=_MIX)[0]
        low, high = _FIRST_CONTRACT[readiness]
        invited_at = None if invited_days_before is None else event.starts_at - timedelta(days=invited_days_before)
        invitation = Invitation(
            event=event,
            dealer=dealer,
            kind=GuestKind.DEALER,
            readiness=readiness,
            is_lead_signer=readiness is Readiness.READY and self.chance.random() < 0.2,
            rep_id=dealer.owner_id,
            companions_allowed=1,
            expected_amount=Decimal(self.chance.randrange(low, high) * 10_000),
            token=tokens.new_link_token(),
            state=S.LISTED if invited_at is None else S.INVITED,
            listed_at=min(self.now, event.created_at + timedelta(days=12)),
            invited_at=invited_at,
        )
        if readiness is Readiness.READY:
            dealer.standing = Standing.KEY if invitation.is_lead_signer else Standing.LETTER_OF_INTENT
        elif readiness is Readiness.LEANING:
            dealer.standing = Standing.PROGRESSING
        db.session.add(invitation)
        return invitation

    def _round(self, event: Event) -> Round:
        """The one asking-again of the event; a large sample comes here once for each chunk."""
        if asked := db.session.scalar(select(Round).where(Round.event_id == event.id)):
            return asked
        day: date = event.local_start.date() - timedelta(days=event.reconfirm_days_before)
        at = clock.instant(day, event.reconfirm_at, event.time_zone)
        round_ = Round(
            event_id=event.id,
            number=1,
            event_starts_at=event.starts_at,
            started_at=at,
            finished_at=at + timedelta(seconds=40),
        )
        db.session.add(round_)
        db.session.flush()
        return round_

    def _seat(self, invitation: Invitation) -> None:
        if invitation.state in {S.FIRM, S.SUBSTITUTE, S.SILENT, S.ACCEPTED}:
            self.table += 1
            invitation.table_label = f"{(self.table - 1) // 8 + 1}"

    def _to_the_door(self, event: Event, invitation: Invitation) -> None:
        """A badge for everyone expected; most of those on time are in by now."""
        if invitation.state not in {S.FIRM, S.SUBSTITUTE, S.SILENT, S.ACCEPTED}:
            return
        badge(event, invitation, printed_at=event.starts_at - timedelta(hours=17))
        comes = self.chance.random() < (0.94 if invitation.state is not S.SILENT else 0.3)
        arrives = self._arrival_time(event)
        if comes and arrives <= self.now - timedelta(seconds=30):
            admit(self.chance, event, invitation, arrives, self.reception)

    def _arrival_time(self, event: Event) -> datetime:
        """Most come in the half hour before the start, some late."""
        minutes = self.chance.gauss(-22, 17)
        return event.starts_at + timedelta(minutes=max(-75, minutes), seconds=self.chance.randrange(60))


def _yes(invitation: Invitation, at: datetime) -> Reply:
    return Reply(invitation=invitation, answer=Answer.COMING, answered_at=at, via=Via.PHONE)
