"""Finding regions: by what was typed, by the place above, and what a region is called in full."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import case, exists, false, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from app import clock, names
from app.blueprints.territories.queries import is_live
from app.blueprints.territories.rules.overlap import ancestors
from app.extensions import db
from app.models import Region, RegionLevel, TerritoryGrant

MOST_FOUND = 30
_MOST_LOOKED_AT = 200  # of which those that begin with what was typed come first
_OFFICIAL = (RegionLevel.COUNTRY, RegionLevel.PROVINCE, RegionLevel.CITY, RegionLevel.COUNTY)
_ORDER = case({level.value: place for place, level in enumerate(RegionLevel)}, value=Region.level, else_=9)


@dataclass(frozen=True)
class Found:
    """A region in a list to choose from: `where` are the places above it."""

    region: Region
    where: str
    has_parts: bool


def official_rows() -> dict[str, Region]:
    """Return the places of the official list that we know, by code."""
    rows = db.session.scalars(select(Region).where(Region.level.in_(_OFFICIAL)))
    return {row.code: row for row in rows}


def region(region_id: int) -> Region | None:
    """Return a region with its members."""
    return db.session.scalar(select(Region).where(Region.id == region_id).options(selectinload(Region.members)))


def region_by_code(code: str) -> Region | None:
    """Return the region with a code."""
    return db.session.scalar(select(Region).where(Region.code == code).options(selectinload(Region.members)))


def regions_by_code(codes: Collection[str]) -> list[Region]:
    """Return the regions with these codes, in the order of the tree."""
    statement = select(Region).where(Region.code.in_(codes)).options(selectinload(Region.members))
    return list(db.session.scalars(statement.order_by(Region.path)))


def named(name: str) -> list[Region]:
    """Return the active regions that are called exactly so, at most three."""
    statement = select(Region).where(Region.name == name, Region.is_active).options(selectinload(Region.members))
    return list(db.session.scalars(statement.order_by(_ORDER).limit(3)))


def search(text: str, most: int = MOST_FOUND) -> list[Found]:
    """Return regions by name, pinyin, initials or code: own ones and whole provinces before counties.

    Several words narrow: "guangzhou tianhe" finds 天河区 there, since a place is also found by the places above it.
    """
    terms = text.split()
    if not names.search_patterns(text):
        return []
    own = names.search_patterns(terms[-1])
    statement = select(Region).where(Region.is_active, *(Region.search_key.like(each) for each in own))
    for term in terms[:-1]:
        above = _codes_like(names.search_patterns(term))
        statement = statement.where(or_(false(), *(Region.path.like(f"%/{code}/%") for code in above)))
    rows = db.session.scalars(statement.order_by(_ORDER, Region.position, Region.id).limit(_MOST_LOOKED_AT)).all()
    return _found(sorted(rows, key=lambda row: not _begins(row, terms[-1].lower()))[:most])


def _begins(row: Region, term: str) -> bool:
    """Tell whether a name, its pinyin or its initials begin with what was typed: "gz" is 广州 before 内蒙古自治区."""
    initials = "".join(each[0] for each in names.syllables(row.name))
    spelled = row.latin_name.lower().replace(" ", "").replace("'", "")
    return row.name.startswith(term) or spelled.startswith(term) or initials.startswith(term)


def _codes_like(patterns: Sequence[str]) -> Sequence[str]:
    statement = select(Region.code).where(*(Region.search_key.like(each) for each in patterns))
    return db.session.scalars(statement.order_by(_ORDER).limit(40)).all()


def parts(parent: Region | None) -> list[Found]:
    """Return what lies directly in a region; without one the company's own groups and the provinces."""
    if parent is not None:
        rows = _active(Region.parent_id == parent.id)
    else:
        country = db.session.scalar(select(Region.id).where(Region.level == RegionLevel.COUNTRY).limit(1))
        groups = _active(Region.level == RegionLevel.GROUP)
        rows = [*groups, *_active(Region.level == RegionLevel.COUNTRY), *_active(Region.parent_id == country)]
    return _found(rows)


def _active(condition: object) -> list[Region]:
    statement = select(Region).where(condition, Region.is_active)  # type: ignore[arg-type]
    return list(db.session.scalars(statement.order_by(Region.position, Region.id)))


def _found(rows: Sequence[Region]) -> list[Found]:
    trails = trails_of(rows)
    below = aliased(Region)
    with_parts = set(
        db.session.scalars(
            select(Region.id).where(
                Region.id.in_([row.id for row in rows]),
                exists(select(below.id).where(below.parent_id == Region.id, below.is_active)),
            )
        )
    )
    return [Found(row, " · ".join(each.name for each in trails[row.id]), row.id in with_parts) for row in rows]


def trails_of(rows: Iterable[Region]) -> dict[int, list[Region]]:
    """Return for each region the places above it, from the province down. One query."""
    rows = list(rows)
    codes = {code for row in rows for code in ancestors(row.path)[:-1]}
    above = {each.code: each for each in db.session.scalars(select(Region).where(Region.code.in_(codes)))}
    return {
        row.id: [
            above[code]
            for code in ancestors(row.path)[:-1]
            if code in above and above[code].level is not RegionLevel.COUNTRY and above[code].name != row.name
        ]
        for row in rows
    }


def own_regions() -> list[Region]:
    """Return the company's own groups and accounts, groups first, with members."""
    statement = (
        select(Region)
        .where(Region.level.in_((RegionLevel.GROUP, RegionLevel.ACCOUNT)))
        .options(selectinload(Region.members))
        .order_by(Region.level.desc(), Region.id)
    )
    return list(db.session.scalars(statement))


def is_promised(of: Region) -> bool:
    """Tell whether a territory is held or signed for exactly this region."""
    statement = select(TerritoryGrant.id).where(TerritoryGrant.region_id == of.id, is_live(clock.now()))
    return db.session.scalar(statement.limit(1)) is not None


def next_code(letter: str) -> str:
    """Return a code of our own that no region has: A or G and a number."""
    last = db.session.scalar(select(func.max(Region.id))) or 0
    return f"{letter}{last + 1}"


def counts() -> dict[RegionLevel, int]:
    """Return how many active regions there are of each kind."""
    statement = select(Region.level, func.count()).where(Region.is_active).group_by(Region.level)
    return {level: count for level, count in db.session.execute(statement) if count}
