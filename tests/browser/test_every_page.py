"""Every page of the sample conference: no accessibility fault, nothing wider than the window, no broken policy."""

import re
from pathlib import Path

import pytest

import app
from app.access import Role
from app.extensions import db
from app.models import (
    Badge,
    Box,
    ContractTarget,
    FrontPerson,
    GuestGroup,
    Invitation,
    MealSitting,
    Passenger,
    PickupRun,
    ProgrammePage,
    PublicityEntry,
    Rehearsal,
    ResultSource,
    Room,
    RoomBlock,
    RunCue,
    Seal,
    Signing,
    SigningWay,
    StaffPass,
    TerritorySettings,
    Vehicle,
    Wall,
    Zone,
    ZoneTask,
)
from tests.browser.conftest import PHONE, WIDE, axe_findings, overflow

PARTS = 3  # each view is shared out, so that no worker waits for one long test of another
EVENT = "/events/autumn-central"
ONE_OF_EACH = (
    ("vehicles", Vehicle),
    ("rooms", Room),
    ("blocks", RoomBlock),
    ("meals", MealSitting),
    ("groups", GuestGroup),
)
PAGES = [
    "/",
    "/tasks/",
    *(f"/events/winter-east/plan/{page}" for page in ("", "?revision=A", "compare", "submit", "edit", "sections/new")),
    *(f"/events/winter-east/plan/{page}" for page in ("sections/29", "timeline", "timeline?show=late", "tasks/new")),
    *(f"/events/winter-east/plan/{page}" for page in ("tasks/30", "?revision=B")),
    f"{EVENT}/plan/",
    "/events/spring-xianggan/plan/",
    "/events/spring-xianggan/plan/timeline",
    "/events/",
    "/events/new",
    f"{EVENT}/",
    f"{EVENT}/edit",
    f"{EVENT}/guests/",
    f"{EVENT}/guests/new",
    f"{EVENT}/guests/1",
    f"{EVENT}/guests/1/edit",
    f"{EVENT}/guests/import",
    f"{EVENT}/replies/",
    f"{EVENT}/confirm/",
    f"{EVENT}/calls/",
    f"{EVENT}/badges/",
    f"{EVENT}/door/",
    f"{EVENT}/arrivals/",
    f"{EVENT}/outbox/",
    f"{EVENT}/wording/",
    *(f"/events/winter-east/staff/{page}" for page in ("", "by-person", "by-hour", "roles", "copy", "shifts/moved")),
    *(f"{EVENT}/materials/{page}" for page in ("", "print", "phone/", "phone/?q=ylb", "boxes/")),
    "/events/winter-east/staff/?show=open",
    "/events/winter-east/staff/roles/17",
    "/events/winter-east/staff/shifts/13",
    "/events/winter-east/staff/pick?role_id=20&shift_id=12",
    "/events/winter-east/staff/give/1/12",
    "/events/winter-east/staff/duties/140",
    "/events/spring-xianggan/staff/closeout",
    "/events/spring-xianggan/staff/closeout/2",
    "/events/spring-xianggan/materials/after",
    f"{EVENT}/close",
    *(
        f"{EVENT}/budget/{page}"
        for page in (
            "",
            "?per=head",
            "rows",
            "rows?line=2",
            "plan",
            "expenses",
            "expenses/new",
            "expenses/1",
            "expenses/9",
        )
    ),
    *(
        f"{EVENT}/budget/{page}"
        for page in ("unsettled", "cash", "advances", "advances/new", "advances/1", "course", "limits")
    ),
    "/budget/limits",
    f"{EVENT}/materials/after",
    *(
        f"{EVENT}/staff/{page}"
        for page in ("day", "incidents/?state=all", "incidents/new", "incidents/4", "note", "notices")
    ),
    f"{EVENT}/badges/staff/",
    f"{EVENT}/wording/staff_missing/mail/zh_CN",
    *(f"/staff/people/{page}" for page in ("", "new", "9", "9/edit")),
    *(f"{EVENT}/territories/{page}" for page in ("", "?line=2", "4", "hold?offer=1", "offers")),
    *(f"{EVENT}/packages/{page}" for page in ("", "1", "new", "limits")),
    *("/regions/", "/regions/?q=gz", "/regions/groups/new", "/regions/accounts/new"),
    *("/territories/lines", "/territories/lines/new", "/territories/limits"),
    *(f"/contracts/templates/{page}" for page in ("", "new", "distribution/1/", "distribution/1/preview")),
    *(f"/contracts/templates/distribution/2/{page}" for page in ("", "compare")),
    *(f"{EVENT}/contracts/{page}" for page in ("", "new", "prepare", "qualification", "1", "1/gate", "16")),
    *(f"{EVENT}/contracts/{page}" for page in ("20", "20/edit", "22/edit", "22/void")),
    *(f"{EVENT}/countersign", "/countersign/signature", "/contracts/1/trail", "/contracts/3/countersign", "/verify/"),
    *("/contracts/1/signing", "/contracts/3/signing", f"{EVENT}/wall", "/countersign"),
    *(f"{EVENT}/signing-order", f"{EVENT}/talks", f"{EVENT}/talks?state=stuck"),
    *(
        "/contracts/approvals/",
        "/contracts/approvals/16",
        "/dealers/papers",
        "/dealers/51/papers",
        "/dealers/51/papers/1",
    ),
    *(f"/contracts/{page}" for page in ("", "?event=1&sum_from=x", "1", "2", "5", "26", "42", "26/amend")),
    *(f"/contracts/{page}" for page in ("targets/", "targets/import", "keeping/", "lookups/")),
    *(f"/events/spring-xianggan/payments/{page}" for page in ("", "?by=rep", "calls", "reminders")),
    *("/payments/board", "/payments/board?rep=5", "/payments/adjustments/", "/payments/adjustments/1"),
    *("/payments/1/refund", "/payments/12/interest", "/payments/12/instalments", "/payments/12/write-off"),
    *(
        "/events/spring-xianggan/payments/rules",
        "/events/spring-xianggan/payments/forecast",
        "/payments/forecast?week=unknown&currency=CNY",
    ),
    *("/payments/problems/", "/payments/problems/1", "/payments/12/problem"),
    *("/payments/", "/payments/1", "/payments/12", "/payments/1/receipt", "/payments/receipts/"),
    *("/payments/bank/", "/payments/bank/1", "/payments/bank/1?standing=matched"),
    *(f"/payments/bank/1/rows/{row}" for row in (1, 4, 12, 15)),
    *("/payments/receipts/1", "/payments/receipts/?rest=yes", "/payments/dealers/1/statement"),
    *(f"/events/spring-xianggan/report/{page}" for page in ("", "?by=rep", "day", "unsigned", "compared", "photos")),
    "/events/spring-xianggan/report/publicity",
    *("/events/spring-xianggan/report/rows?has=signed&lacks=second", f"{EVENT}/report/", f"{EVENT}/report/day"),
    *(f"{EVENT}/seating/{page}" for page in ("", "guests", "guests/1", "rules", "hall", "hall?item=5")),
    *(f"/events/winter-east/seating/{page}" for page in ("", "hall")),
    *(f"{EVENT}/travel{page}" for page in ("", "/runs", "/runs?direction=departure", "/runs/new", "/settings")),
    *(f"{EVENT}/travel/{page}" for page in ("vehicles/new", "rooms", "rooms/new", "blocks", "blocks/new")),
    *(f"{EVENT}/travel/{page}" for page in ("meals", "meals/new", "groups", "groups/new")),
    *(f"/events/winter-east/travel{page}" for page in ("", "/runs", "/rooms", "/blocks")),
    "/dealers/",
    "/dealers/1",
    "/dealers/new",
    "/users/",
    "/permissions",
    "/journal/",
    "/account",
    "/jobs/",
    "/search?q=zs",
]


@pytest.fixture
def sample(sample_site):
    with sample_site.app.app_context():
        code = db.session.scalar(db.select(Badge.code))
        token = db.session.scalar(db.select(Invitation.token))
        board = db.session.scalar(db.select(TerritorySettings.board_token))
        key = db.session.scalars(db.select(StaffPass).where(StaffPass.arrived_at.is_not(None))).first()
        seal = db.session.scalars(db.select(Seal)).first()
        own_copy = [f"/copy/{seal.copy_token}", f"/verify/{seal.contract.number}"] if seal else []
        own = [*own_copy, f"/d/{key.token}", f"/d/{key.token}/incident", f"/B/{key.code}"] if key else []
        own += [f"/d/{each.token}" for each in _in_the_hall()]
        own += _of_the_pen()
        own += [f"/p/{token}" for token in db.session.scalars(db.select(ProgrammePage.token))]
    return [f"/board/{board}", "/login", "/password/forgot", f"/r/{token}", f"/B/{code}", *own]


def _of_the_pen():
    """The dealer's pages: the copy offered, and reading at this moment; and the wall in the hall."""
    tokens = db.session.scalars(db.select(Signing.token).where(Signing.way == SigningWay.TABLET).order_by(Signing.id))
    signed, *_others, reading = tokens
    wall = db.session.scalars(db.select(Wall.token)).first()
    return [f"/sign/{signed}", f"/sign/{reading}", f"/wall/{wall}"]


def _in_the_hall():
    """The personal page with the most on it: duties, tasks in the hall and materials."""
    owners = db.select(ZoneTask.owner_id).join(Zone, Zone.id == ZoneTask.zone_id).where(Zone.event_id == 1)
    mine = db.select(StaffPass).where(StaffPass.event_id == 1, StaffPass.person_id.in_(owners))
    return db.session.scalars(mine.limit(1))


@pytest.fixture
def pens(sample, site):
    """The host's page of a contract that is being read, and the check of one on paper."""
    with site.app.app_context():
        ways = dict(db.session.execute(db.select(Signing.way, Signing.contract_id).order_by(Signing.id)).all())
    return [f"/contracts/{ways[SigningWay.TABLET]}/signing", f"/contracts/{ways[SigningWay.PAPER]}/paper"]


@pytest.fixture
def boxes(sample, site):
    """A box that is in use, and a blank label that asks what it is."""
    with site.app.app_context():
        bound = db.session.scalar(db.select(Box.code).where(Box.event_id == 1))
        blank = db.session.scalar(db.select(Box.code).where(Box.event_id.is_(None)))
    of_event = f"{EVENT}/materials/boxes"
    return [f"{of_event}/{bound}", f"{of_event}/bind/{blank}", f"/boxes/blank/{blank}"]


@pytest.fixture
def programme(sample, site):
    """The programme of the two conferences: one all rehearsed, one full of holes."""
    with site.app.app_context():
        talk = db.session.scalar(db.select(Rehearsal.session_id).order_by(Rehearsal.id))
        cue, person, entry = (
            db.session.scalar(db.select(kind.id).order_by(kind.id)) for kind in (RunCue, FrontPerson, PublicityEntry)
        )
    pages = ("", "coverage", "rehearsals", "run-sheet", f"sessions/{talk}", "front/", f"front/{person}", "front/new")
    more = ("publicity/", f"publicity/{entry}", "publicity/new", "sessions/new", f"run-sheet/cues/{cue}")
    return [
        *(f"{EVENT}/programme/{page}" for page in pages + more),
        *(f"/events/winter-east/programme/{page}" for page in ("", "coverage", "rehearsals", "run-sheet/cues/new")),
    ]


@pytest.fixture
def behind(sample, site):
    """The payments behind the result of a sales target."""
    with site.app.app_context():
        paid = ContractTarget.achieved_from == ResultSource.PAYMENTS
        target = db.session.scalars(db.select(ContractTarget).where(paid).order_by(ContractTarget.id).limit(1)).one()
    return [f"/contracts/{target.contract_id}/targets/{target.id}/payments"]


@pytest.fixture
def rides(sample, site):
    """One of everything about travel that has a page of its own: a passenger, and with it guest and run."""
    with site.app.app_context():
        riders = db.select(Passenger).join(Passenger.run).where(PickupRun.event_id == 1)
        rider = db.session.scalars(riders.order_by(Passenger.id).limit(1)).one()
        pages = [f"runs/{rider.run_id}", f"runs/{rider.run_id}/edit", f"guests/{rider.invitation_id}"]
        for name, kind in ONE_OF_EACH:
            one = db.session.scalar(db.select(kind.id).where(kind.event_id == 1).order_by(kind.id).limit(1))
            pages.append(f"{name}/{one}")
    return [f"{EVENT}/travel/{page}" for page in pages]


# Two frames on, scripts have followed the change; colours that fade from one look to the other are at their end.
SETTLED = """async () => {
  for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
  document.getAnimations().filter((each) => each instanceof CSSTransition).forEach((each) => each.finish());
}"""


def _look(page, size, dark):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme="dark" if dark else "light")


def _faults(page, *, dark, axe):
    """What is wrong with a page, first in a wide window, then on a phone and in the other look, without loading anew.

    The server knows neither the window's size nor its look, and style sheets and scripts follow a change of both.
    """
    for size, look in ((WIDE, dark), (PHONE, not dark)):
        if size == PHONE:
            _look(page, size, look)
            page.evaluate(SETTLED)
        here = f"{size[0]} px, {'dark' if look else 'light'}"
        if (too_wide := overflow(page)) > 0:
            yield f"{here}: {too_wide} px too wide"
        if axe:
            yield from (f"{here}: {finding}" for finding in axe_findings(page))


def test_no_page_looks_otherwise_to_a_finger():
    """So that a phone is told from a desk by its width alone."""
    for sheet in Path(app.__file__).parent.glob("static/css/*.css"):
        assert not re.search(r"\((any-)?(pointer|hover)\b", sheet.read_text()), sheet.name


@pytest.mark.slow
@pytest.mark.parametrize(
    ("locale", "dark", "axe"),
    [("en-GB", False, False), ("zh-CN", True, True)],
    ids=["en", "zh"],
)
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page(site, open_page, sample, boxes, pens, programme, rides, behind, locale, dark, axe, part):
    """What fits in one language may not in the other; axe-core takes half the time and sees both looks once."""
    staff = open_page(Role.ADMINISTRATOR, locale=locale, dark=dark)
    guest = open_page(locale=locale, dark=dark)
    faults = []
    for page, addresses in ((staff, [*PAGES, *boxes, *pens, *programme, *rides, *behind]), (guest, sample)):
        for address in addresses[part::PARTS]:
            _look(page, WIDE, dark)
            answer = page.goto(address)
            if answer is None or answer.status != 200:
                faults.append(f"{address}: {answer.status if answer else 'no answer'}")
                continue
            faults += [f"{address}: {fault}" for fault in _faults(page, dark=dark, axe=axe)]
    assert not faults, "\n".join(faults)
