"""Materials of the sample conferences: ordered, come, one short, one late, a proof waiting, and what came back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from flask import current_app
from sqlalchemy import select

from app import clock, files
from app.blueprints.materials import actions, queries
from app.blueprints.materials.boxes import actions as boxes
from app.blueprints.materials.log.actions import By, write
from app.blueprints.materials.orders.actions import order
from app.blueprints.materials.proofs import actions as proofs
from app.demo.pictures import picture
from app.extensions import db
from app.models import ClothingCut, Event, Material, MovementKind, QuantityRule, User

K = MovementKind


@dataclass(frozen=True)
class Kind:
    """Where a thing is bought, for how much, and by whom it is seen to."""

    supplier: str
    price: str
    owner: str = "planner@demo.example"
    decided: int | None = None
    line: str = ""  # of the budget, where it is not that of the materials


KINDS = {
    "pop_posters": Kind("宏图展示制作有限公司", "18.00", line="publicity_other"),
    "roll_ups": Kind("宏图展示制作有限公司", "68.50"),
    "hanging_banners": Kind("宏图展示制作有限公司", "45.00"),
    "arches": Kind("喜庆礼仪用品租赁行", "320.00"),
    "reception_tables": Kind("江城云麓酒店", "0.00", "affairs@demo.example"),
    "stage_backdrop": Kind("宏图展示制作有限公司", "2600.00"),
    "direction_signs": Kind("宏图展示制作有限公司", "36.00", "affairs@demo.example", 8),
    "exclusive_plaques": Kind("金匠铭牌工艺厂", "158.00", "manager@demo.example", line="marketing_support"),
    "tote_bags": Kind("百川包装制品有限公司", "4.80"),
    "joining_handbook": Kind("新华彩印厂", "6.20"),
    "product_handbook": Kind("新华彩印厂", "8.50"),
    "leaflet": Kind("新华彩印厂", "0.65"),
    "phase_one_plan": Kind("新华彩印厂", "3.20"),
    "disc": Kind("声像文化传播公司", "2.10"),
    "signature_board": Kind("宏图展示制作有限公司", "480.00"),
    "rostrum_name_cards": Kind("新华彩印厂", "3.00", "affairs@demo.example"),
    "badges": Kind("", "0.90", "affairs@demo.example"),
    "company_logos": Kind("宏图展示制作有限公司", "120.00", decided=4),
    "wall_boards": Kind("宏图展示制作有限公司", "210.00", decided=10),
    "work_clothes": Kind("衣禾职业装", "268.00", "affairs@demo.example"),
    "licences": Kind("", "0.50", "affairs@demo.example", 30),
}


class Stocker:
    """Fills the list of one event, as its people would have."""

    def __init__(self, event: Event, staff: Mapping[str, User]) -> None:
        self.event = event
        self.staff = staff
        self.planner = staff["planner@demo.example"]
        self.affairs = staff["affairs@demo.example"]
        actions.prepare(event)
        rows = db.session.scalars(select(Material).where(Material.event_id == event.id))
        self.rows = {row.key: row for row in rows if row.key}
        for key, kind in KINDS.items():
            row = self.rows[key]
            row.supplier, row.unit_price = kind.supplier, Decimal(kind.price)
            row.owner_id, row.cost_line = staff[kind.owner].id, kind.line
            if kind.decided is not None:
                row.base_quantity = kind.decided
        db.session.flush()

    def wanted(self, key: str) -> int:
        need = queries.sheet(self.event).by_id[self.rows[key].id].wanted
        return max(need.firm, need.likely, 1)

    def order_all(self, at: datetime, but: tuple[str, ...] = ()) -> None:
        """Order everything as it is wanted, due two days before the event."""
        sheet = queries.sheet(self.event)
        due = clock.local(self.event.starts_at - timedelta(days=2), self.event.time_zone).date()
        with clock.stopped_at(at):
            for key, row in self.rows.items():
                number = max(sheet.by_id[row.id].wanted.firm, sheet.by_id[row.id].wanted.likely)
                if number and key not in but and row.rule is QuantityRule.PER_STAFF:
                    self._order_clothes(row, sheet.heads.sizes, due)
                elif number and key not in but:
                    order(self.event, row, number, unit_price=row.unit_price, due_on=due, by_id=self.planner.id)

    def _order_clothes(self, row: Material, sizes: Mapping[tuple[str, str], int], due: date) -> None:
        """Order by cut and size; those whose size nobody knows get theirs later."""
        for (cut, size), number in sizes.items():
            kind = ClothingCut(cut) if cut else None
            price, by_id = row.unit_price, self.planner.id
            order(self.event, row, number, unit_price=price, due_on=due, cut=kind, size=size, by_id=by_id)

    def deliver(self, key: str, at: datetime, *, short: int = 0, damaged: int = 0) -> None:
        row = self.rows[key]
        number = queries.ordered_of(row) - short
        if number > 0:
            self._write(key, K.DELIVERED, number, at, note="按送货单点收" if short else "")
        if damaged:
            self._write(key, K.DAMAGED, damaged, at + timedelta(minutes=4), note="边角压坏")

    def proof(self, key: str, at: datetime, *, signed: bool, note: str = "") -> None:
        row = self.rows[key]
        with clock.stopped_at(at):
            folder = current_app.config["SIGNING_DAY_HOME"]
            name = f"{row.name}-打样.png"
            file = files.keep(
                picture(row.name, self.event), folder=folder, name=name, media_type="image/png", by_id=self.planner.id
            )
            proofs.submit(self.event, row, file)
            if signed:
                proofs.sign_off(self.event, row, by_id=self.planner.id)
            elif note:
                proofs.send_back(self.event, row, note)

    def pack(self, at: datetime, name: str, place: str, **holds: int) -> None:
        """A box with so many of each of these."""
        with clock.stopped_at(at):
            box = boxes.make(self.event, name, place)
            for key, number in holds.items():
                boxes.put(self.event, box, self.rows[key], number)

    def differ(self, key: str, at: datetime, other: User) -> None:
        """Two people counted the same thing in the cellar, each alone, and did not come to the same number."""
        here = queries.figures_of(self.rows[key]).here
        for person, minutes, number in ((self.affairs, 0, here), (other, 2, max(0, here - 1))):
            with clock.stopped_at(at + timedelta(minutes=25)):
                write(
                    self.event,
                    self.rows[key],
                    K.COUNTED,
                    number,
                    by=By(person.name, person.id),
                    client_id=f"sample-{key}-{minutes}",
                    happened_at=at + timedelta(minutes=minutes),
                )

    def stand(self, key: str, at: datetime) -> None:
        self._write(key, K.TICKED, 0, at)

    def gone(self, key: str, kind: MovementKind, at: datetime, number: int | None = None) -> None:
        here = queries.figures_of(self.rows[key]).here if number is None else number
        if here:
            self._write(key, kind, here, at)

    def _write(self, key: str, kind: MovementKind, number: int, at: datetime, *, note: str = "") -> None:
        by = By(self.affairs.name, self.affairs.id)
        with clock.stopped_at(at):
            write(self.event, self.rows[key], kind, number, by=by, note=note)


def running(event: Event, staff: Mapping[str, User], now: datetime) -> None:
    """The conference of today: all but a few things stand; leaflets came short, the plaques are late."""
    made = Stocker(event, staff)
    for key, row in made.rows.items():
        if row.design_text:
            made.proof(key, event.starts_at - timedelta(days=20), signed=True)
    made.order_all(event.starts_at - timedelta(days=16))
    came = event.starts_at - timedelta(days=2, hours=3)
    for key in made.rows:
        if key not in {"exclusive_plaques", "leaflet", "roll_ups"}:
            made.deliver(key, came)
    made.deliver("leaflet", came, short=20)
    made.deliver("roll_ups", came, damaged=2)
    made.pack(came, "易拉宝（台阶与门前）", "大厅会场入口区", roll_ups=8)
    made.pack(came, "易拉宝（环绕会场）", "分销商区", roll_ups=5)
    made.pack(came, "手提袋资料 1/2", "三楼库房", joining_handbook=60, product_handbook=60, leaflet=60)
    made.pack(came, "手提袋资料 2/2", "三楼库房", joining_handbook=55, product_handbook=55, leaflet=35, disc=115)
    made.pack(came, "主席台用品", "主席台区", rostrum_name_cards=8, company_logos=4)
    with clock.stopped_at(came):
        boxes.make_blanks(3)
    made.differ("wall_boards", came + timedelta(hours=1), made.planner)
    stood = min(now, event.starts_at - timedelta(hours=1))
    for key in (
        "pop_posters",
        "hanging_banners",
        "stage_backdrop",
        "direction_signs",
        "signature_board",
        "wall_boards",
    ):
        made.stand(key, stood)


def past(event: Event, staff: Mapping[str, User]) -> None:
    """The conference of last spring: used up, given back, some kept for the next."""
    made = Stocker(event, staff)
    for key, row in made.rows.items():
        if row.design_text:
            made.proof(key, event.starts_at - timedelta(days=20), signed=True)
    made.order_all(event.starts_at - timedelta(days=16))
    came, stood, after = (event.starts_at - timedelta(days=2), event.starts_at - timedelta(hours=2), event.ends_at)
    for key, row in made.rows.items():
        made.deliver(key, came)
        made.stand(key, stood)
        if key == "roll_ups":
            made.gone(key, K.LOST, after + timedelta(hours=1), 1)
        made.gone(key, K.KEPT if row.is_returnable else K.USED_UP, after + timedelta(hours=2))


def planned(event: Event, staff: Mapping[str, User], now: datetime) -> None:
    """The next conference: a proof waits, another was sent back, the first things are on order."""
    made = Stocker(event, staff)
    made.proof("stage_backdrop", now - timedelta(days=2), signed=False)
    made.proof("tote_bags", now - timedelta(days=3), signed=False, note="主题字号太小，三米外看不清")
    made.proof("roll_ups", now - timedelta(days=5), signed=True)
    made.rows["company_logos"].base_quantity = 0
    made.rows["direction_signs"].owner_id = None
    keep = {"roll_ups", "work_clothes"}
    made.order_all(now - timedelta(days=4), but=tuple(key for key in made.rows if key not in keep))
    db.session.flush()
