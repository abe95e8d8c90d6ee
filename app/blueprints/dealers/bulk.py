"""Many dealers at once, for imports: a fixed number of statements however many there are. Nothing here commits."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, update

from app import clock, journal
from app.blueprints.dealers.actions import set_keys
from app.errors import StaleChange
from app.extensions import db
from app.many import insert_many, pointed_at, reserve_ids
from app.models import Dealer

_TABLE = cast(Table, Dealer.__table__)
# What a list may say about a dealer, with what stands where it says nothing.
BLANK: dict[str, Any] = {
    "company": "",
    "contact": "",
    "contact_title": "",
    "mobile": None,
    "mail": None,
    "province": "",
    "city": "",
    "address": "",
    "postcode": "",
    "source": "",
}


def keys_of(values: Mapping[str, Any]) -> dict[str, str]:
    """Return search, order and comparison keys and the spelled name of a dealer with these values."""
    dealer = Dealer(
        contact=values.get("contact", ""), company=values.get("company", ""), mobile=values.get("mobile"), latin_name=""
    )
    set_keys(dealer)
    return {
        "search_key": dealer.search_key,
        "sort_key": dealer.sort_key,
        "company_key": dealer.company_key,
        "latin_name": dealer.latin_name,
    }


def spelling(contact: str) -> str:
    """Return the Latin name that a dealer gets when nobody enters one."""
    return keys_of({"contact": contact})["latin_name"]


def file_many(people: Sequence[Mapping[str, Any]], *, by_id: int | None) -> list[int]:
    """Put dealers on file and return their ids, in the same order. The values may include `owner_id` and the keys."""
    if not people:
        return []
    made = {"created_at": clock.now(), "created_by_id": by_id, "owner_id": None}
    rows = [{**BLANK, **made, **({} if "search_key" in values else keys_of(values)), **values} for values in people]
    ids = reserve_ids(Dealer, len(rows))
    insert_many(Dealer, [{"id": dealer_id, **row} for dealer_id, row in zip(ids, rows, strict=True)])
    told = {dealer_id: {"company": (None, row["company"])} for dealer_id, row in zip(ids, rows, strict=True)}
    journal.record_many("dealer.created", "dealers", told)
    return ids


@dataclass(frozen=True, slots=True)
class Rewrite:
    """New values for one dealer. `before` holds all fields of BLANK and `latin_name`; `changed` the new ones."""

    dealer_id: int
    version: int
    before: Mapping[str, Any]
    changed: Mapping[str, Any]

    def after(self) -> dict[str, Any]:
        """Return all values as they will be; a name that was only spelled follows the contact."""
        values = {**self.before, **self.changed}
        keys = keys_of(values)
        if "latin_name" not in self.changed and values["contact"] != self.before["contact"]:
            was_spelled = self.before["latin_name"] in ("", spelling(self.before["contact"]))
            values["latin_name"] = keys["latin_name"] if was_spelled else self.before["latin_name"]
        return {**keys, **values}


def rewrite_many(rewrites: Sequence[Rewrite]) -> list[dict[str, Any]]:
    """Give dealers new values and return these. Raises StaleChange when one was saved by somebody else meanwhile."""
    after = [rewrite.after() for rewrite in rewrites]
    if not rewrites:
        return after
    names = [*BLANK, "latin_name", "search_key", "sort_key", "company_key"]
    statement = (
        update(_TABLE)
        .where(_TABLE.c.id == bindparam("the_id"), _TABLE.c.version == bindparam("the_version"))
        .values({name: bindparam(f"new_{name}") for name in names} | {"version": _TABLE.c.version + 1})
    )
    rows = [
        {"the_id": each.dealer_id, "the_version": each.version, **{f"new_{name}": values[name] for name in names}}
        for each, values in zip(rewrites, after, strict=True)
    ]
    result = db.session.connection().execute(statement, rows)
    if result.rowcount != len(rows):
        raise StaleChange
    told = {
        each.dealer_id: {name: (each.before[name], values[name]) for name in BLANK if each.before[name] != values[name]}
        for each, values in zip(rewrites, after, strict=True)
    }
    journal.record_many("dealer.edited", "dealers", told)
    return after


def in_use(dealer_ids: Collection[int]) -> set[int]:
    """Return which of these dealers anything still refers to; the rows of an import alone hold nobody back."""
    return pointed_at(Dealer, dealer_ids, but={"import_rows"})


def take_out_many(companies: Mapping[int, str], versions: Mapping[int, int]) -> None:
    """Take dealers out of the file, given as id to company and id to version. Raises StaleChange as above."""
    if not companies:
        return
    statement = delete(_TABLE).where(_TABLE.c.id == bindparam("the_id"), _TABLE.c.version == bindparam("the_version"))
    rows = [{"the_id": each, "the_version": versions[each]} for each in sorted(companies)]
    if db.session.connection().execute(statement, rows).rowcount != len(rows):
        raise StaleChange
    told = {dealer_id: {"company": (company, None)} for dealer_id, company in companies.items()}
    journal.record_many("dealer.deleted", "dealers", told)
