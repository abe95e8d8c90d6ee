"""How the list of materials looks. Its figures come from the event's sheet, since no column holds them."""

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _

from app.blueprints.materials import queries
from app.blueprints.materials.lines import Sheet
from app.models import Event, Material, MaterialState, ProofState, User, Zone
from app.web.tables import Column, Filter, Option, TableSpec, counted
from app.web.words import word

# The list stands in groups under one of these orders.
GROUPED = ("department", "zone", "owner")


def _words(kind: Any) -> Any:
    pairs = [Option(each.value, word(each).text, word(each).tone, word(each).icon) for each in kind]
    return lambda counts: counted(pairs, counts)


def _named(known: dict[int, str]) -> Any:
    def options(counts: dict[Any, int]) -> list[Option]:
        pairs = [Option(str(each), name) for each, name in known.items()]
        return counted(
            [*pairs, Option("none", _("None yet"))],
            {("none" if key is None else key): count for key, count in counts.items()},
        )

    return options


def _departments(counts: dict[Any, int]) -> list[Option]:
    return [Option(name, name, count=number) for name, number in sorted(counts.items()) if name]


def _id(value: str) -> int | None:
    return None if value == "none" else int(value)


def _columns(sheet: Sheet) -> tuple[Column, ...]:
    def figure(of: Any) -> Any:
        return lambda row: of(sheet.by_id[row.id])

    def name(row: Material) -> str:
        return row.name

    return (
        Column("name", _("Material"), Material.name, hideable=False, text=name),
        Column("kit", _("Part of"), shown=False, text=lambda row: _kit_of(sheet, row)),
        Column("department", _("Department"), Material.department, shown=False, text=lambda row: row.department),
        Column("zone", _("Zone"), Zone.position, text=lambda row: row.zone.name if row.zone else ""),
        Column("place", _("Place in the hall"), shown=False, text=figure(lambda line: line.place)),
        Column("wanted", _("Wanted"), numeric=True, text=figure(lambda line: line.wanted.firm)),
        Column("ordered", _("Ordered"), numeric=True, text=figure(lambda line: line.ordered)),
        Column("good", _("Came good"), numeric=True, text=figure(lambda line: line.figures.good)),
        Column("here", _("Here"), numeric=True, shown=False, text=figure(lambda line: line.figures.here)),
        Column("state", _("State"), Material.state, text=lambda row: str(word(row.state).text)),
        Column("proof", _("Proof"), Material.proof, shown=False, text=lambda row: str(word(row.proof).text)),
        Column("owner", _("Sees to it"), User.name, text=lambda row: row.owner.name if row.owner else ""),
        Column("order_by", _("Order by"), shown=False, text=figure(lambda line: line.order_by)),
        Column("supplier", _("Supplier"), Material.supplier, shown=False, text=lambda row: row.supplier),
        Column("unit_price", _("Unit price"), Material.unit_price, shown=False, text=lambda row: row.unit_price),
        Column("cost", _("Ordered for"), numeric=True, shown=False, text=figure(lambda line: line.ordered_cost)),
        Column("notes", _("Notes"), shown=False, text=lambda row: row.notes),
    )


def _kit_of(sheet: Sheet, row: Material) -> str:
    kit = sheet.by_id.get(row.kit_id or 0)
    return kit.material.name if kit else ""


def material_list(event: Event, sheet: Sheet, *, exports: bool, selectable: bool) -> TableSpec:
    """Return the description of an event's list of materials."""
    zones = {zone.id: zone.name for zone in queries.zones(event)}
    owners = {row.material.owner_id: row.material.owner.name for row in sheet.lines if row.material.owner}
    return TableSpec(
        name="materials",
        columns=_columns(sheet),
        tie=queries.ORDER,
        default_sort="department",
        search=queries.matching,
        filters=(
            Filter("state", _("State"), Material.state, _words(MaterialState), MaterialState),
            Filter("department", _("Department"), Material.department, _departments),
            Filter("zone", _("Zone"), Material.zone_id, _named(zones), _id),
            Filter("owner", _("Sees to it"), Material.owner_id, _named({k: v for k, v in owners.items() if k}), _id),
            Filter("proof", _("Proof"), Material.proof, _words(ProofState), ProofState),
        ),
        row_url=lambda row: url_for("materials.show", slug=event.slug, material_id=row.id),
        selectable=selectable,
        exports=exports,
        file_name=f"materials-{event.slug}",
        load=queries.ROW_OPTIONS,
    )


def heading_of(sort: str, row: Material) -> str | None:
    """Return which group a row stands in under an order, None where the order makes no groups."""
    if sort == "department":
        return row.department or str(_("No department yet"))
    if sort == "zone":
        return row.zone.name if row.zone else str(_("No zone"))
    if sort == "owner":
        return row.owner.name if row.owner else str(_("Nobody sees to it yet"))
    return None
