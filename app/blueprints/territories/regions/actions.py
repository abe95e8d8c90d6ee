"""Keeping the tree: taking the official list in, and the company's own accounts and groups. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from app import journal, names
from app.blueprints.territories.locking import lock_every_line
from app.blueprints.territories.regions import official, queries
from app.blueprints.territories.regions.official import Area
from app.errors import N_, SigningDayError
from app.extensions import db
from app.many import chunks, insert_many, reserve_ids
from app.models import Region, RegionLevel, RegionMember

_OWN = {RegionLevel.ACCOUNT, RegionLevel.GROUP}


class RegionInUse(SigningDayError):
    """Territories have been promised for the region; what it covers must not change under them."""

    code = "region_in_use"
    sentence = N_("%(name)s is held or signed. Make a new region instead of changing what this one covers.")


class NotOwnRegion(SigningDayError):
    """The official list decides about its own places."""

    code = "not_own_region"
    sentence = N_("%(name)s comes from the official list and cannot be changed here.")


class NoMembers(SigningDayError):
    """A group stands for its members."""

    code = "no_members"
    sentence = N_("A region of your own needs at least one member.")


@dataclass(frozen=True)
class Loaded:
    """What came of taking the list in."""

    added: int
    changed: int
    gone: int


def load(areas: Sequence[Area]) -> Loaded:
    """Take the official list in. Doing it twice changes nothing more.

    New places are added, renamed and moved ones changed, vanished ones switched off; rows are never deleted, so whoever
    has a vanished county keeps it. Costs a handful of statements.
    """
    lock_every_line()
    known = queries.official_rows()
    ids = {code: row.id for code, row in known.items()}
    new = [area for area in areas if area.code not in known]
    ids |= dict(zip((area.code for area in new), reserve_ids(Region, len(new)), strict=True)) if new else {}
    rows = {area.code: _row(area, ids) for area in areas}
    for some in chunks([rows[area.code] for area in new], 500):
        insert_many(Region, some)
    changed = [row for code, row in rows.items() if code in known and _differs(known[code], row)]
    if changed:
        db.session.execute(update(Region), changed)
    gone = [row.id for code, row in known.items() if code not in rows and row.is_active]
    for some_ids in chunks(gone, 500):
        db.session.execute(update(Region).where(Region.id.in_(some_ids)).values(is_active=False))
    if changed:
        _move_accounts()
    db.session.expire_all()
    return Loaded(len(new), len(changed), len(gone))


def _row(area: Area, ids: dict[str, int]) -> dict[str, object]:
    latin = official.latin(area.name)
    return {
        "id": ids[area.code],
        "code": area.code,
        "name": area.name,
        "latin_name": latin,
        "level": area.level,
        "parent_id": ids[area.parent] if area.parent else None,
        "path": area.path,
        "position": int(area.code) if area.code.isdecimal() else 0,
        "is_active": True,
        "search_key": search_key(area.name, latin, area.code),
    }


def search_key(name: str, latin: str, code: str = "") -> str:
    """Return what is stored beside a region so that `names.search_patterns` finds it by name, pinyin and code."""
    kindless = official.short(name)
    key = names.search_key("", name) + names.search_key("", kindless).lstrip()
    return f"{key}{latin.lower().replace(' ', '').replace(chr(39), '')} {code} "


def _differs(row: Region, wanted: dict[str, object]) -> bool:
    return any(getattr(row, name) != value for name, value in wanted.items())


def _move_accounts() -> None:
    """Let the paths of accounts follow the places they lie in."""
    for account in db.session.scalars(select(Region).where(Region.level == RegionLevel.ACCOUNT)).unique():
        if account.parent is not None:
            account.path = f"{account.parent.path}{account.code}/"
    db.session.flush()


# --- The company's own --------------------------------------------------------------------------------------


def add_account(name: str, parent: Region) -> Region:
    """Add a named customer in a county or city, to be promised by itself."""
    region = Region(code=queries.next_code("A"), name=name, level=RegionLevel.ACCOUNT, parent_id=parent.id, path="")
    region.path = f"{parent.path}{region.code}/"
    return _added(region)


def add_group(name: str, members: Sequence[Region]) -> Region:
    """Add a region of the company's own, put together from places of the tree."""
    if not members:
        raise NoMembers
    code = queries.next_code("G")
    region = _added(Region(code=code, name=name, level=RegionLevel.GROUP, path=f"/{code}/"))
    _set_members(region, members)
    return region


def _added(region: Region) -> Region:
    region.latin_name = official.latin(region.name)
    region.search_key = search_key(region.name, region.latin_name, region.code.lower())
    db.session.add(region)
    journal.record("region.added", region)
    db.session.flush()
    return region


def edit(region: Region, name: str, members: Sequence[Region], *, is_active: bool) -> None:
    """Rename a region of the company's own, switch it on or off, or let a group have other members.

    Raises RegionInUse when a territory is held or signed for a group that would cover something else.
    """
    if region.level not in _OWN:
        raise NotOwnRegion(name=region.name)
    if region.level is RegionLevel.GROUP:
        if not members:
            raise NoMembers
        if {each.id for each in members} != {each.id for each in region.members}:
            lock_every_line()
            if queries.is_promised(region):
                raise RegionInUse(name=region.name)
            _set_members(region, members)
    region.name, region.is_active = name, is_active
    region.latin_name = official.latin(name)
    region.search_key = search_key(name, region.latin_name, region.code.lower())
    journal.record("region.edited", region)
    db.session.flush()


def _set_members(region: Region, members: Sequence[Region]) -> None:
    """A group within a group would have to be followed; its members are taken instead."""
    places = {
        place.id: place for each in members for place in (each.members if each.level is RegionLevel.GROUP else [each])
    }
    db.session.execute(RegionMember.__table__.delete().where(RegionMember.group_id == region.id))  # type: ignore[attr-defined]
    insert_many(RegionMember, [{"group_id": region.id, "region_id": place} for place in sorted(places)])
    db.session.expire(region, ["members"])
