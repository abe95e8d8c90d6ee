"""What imports ask of the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import joinedload

from app.blueprints.dealers.bulk import BLANK
from app.blueprints.invitations import queries as invite_list
from app.blueprints.invitations.importing.columns import signature
from app.blueprints.invitations.importing.rules import Known
from app.blueprints.invitations.importing.values import Draft, Names, Person, rep_names
from app.blueprints.invitations.importing.vocabulary import Field
from app.extensions import db
from app.many import chunks
from app.models import ColumnMapping, Dealer, Event, Import, ImportRow, Invitation, RowVerdict

_DEALER_BESIDES = ("latin_name", "owner_id", "notes", "standing", "locale", "version")
INVITATION_FIELDS = tuple(field for field in Field if field.value not in BLANK)


def imports(event: Event) -> list[Import]:
    """Return the event's imports, newest first."""
    statement = select(Import).where(Import.event_id == event.id).options(joinedload(Import.created_by))
    return list(db.session.scalars(statement.order_by(Import.id.desc())))


def an_import(event: Event, import_id: int) -> Import | None:
    """Return one import of the event, with its file and the job that works on it."""
    return db.session.scalar(
        select(Import)
        .where(Import.event_id == event.id, Import.id == import_id)
        .options(joinedload(Import.file), joinedload(Import.job), joinedload(Import.created_by))
    )


def locked(import_id: int) -> Import:
    """Return an import that nobody else changes until this transaction ends, as it stands now."""
    return db.session.execute(
        select(Import).where(Import.id == import_id).with_for_update().execution_options(populate_existing=True)
    ).scalar_one()


def rows(of: Import) -> Select[ImportRow]:
    """Return the select of an import's rows."""
    return select(ImportRow).where(ImportRow.import_id == of.id)


def refused(of: Import) -> list[ImportRow]:
    """Return the rows that were not taken, in the order of the file."""
    statement = rows(of).where(ImportRow.verdict == RowVerdict.REFUSED)
    return list(db.session.scalars(statement.order_by(ImportRow.line)))


def kept(of: Import, limit: int) -> list[tuple[ImportRow, Dealer | None]]:
    """Return the first rows that a revert left as they were, with whom they are about."""
    statement = (
        select(ImportRow, Dealer)
        .outerjoin(Dealer, Dealer.id == ImportRow.dealer_id)
        .where(ImportRow.import_id == of.id, ImportRow.kept != "")
    )
    found = db.session.execute(statement.order_by(ImportRow.line).limit(limit))
    return [(row, dealer) for row, dealer in found]


def remembered(headings: Sequence[str]) -> dict[str, Any] | None:
    """Return how the columns of a file with these headings were mapped last."""
    return db.session.scalar(select(ColumnMapping.mapping).where(ColumnMapping.signature == signature(headings)))


def our_names() -> Names:
    """Return how those of our people who may be reps can be written."""
    return rep_names(Person(person.id, person.name, person.login) for person in invite_list.reps())


@dataclass(frozen=True, slots=True)
class OnFile:
    """A dealer on file, as the rules want to see it, and what a change of the row needs besides."""

    known: Known
    version: int
    latin_name: str
    owner_id: int | None
    invitation_version: int | None


def on_file(event: Event, drafts: Iterable[Draft]) -> dict[int, OnFile]:
    """Return by id the dealers who have a mobile or a company of these rows, with their invitations to the event."""
    wanted = [draft for draft in drafts if not draft.is_refused]
    mobiles = {draft.values[Field.MOBILE] for draft in wanted if Field.MOBILE in draft.values}
    companies = {draft.company_key for draft in wanted if draft.company_key}
    found: dict[int, OnFile] = {}
    for column, values in ((Dealer.mobile, mobiles), (Dealer.company_key, companies)):
        for some in chunks(sorted(values, key=str)):
            for one in _on_file(event, column.in_(some)):
                found[one.known.dealer_id] = one
    # The oldest record of a company counts, whatever order the database gives them in.
    return dict(sorted(found.items()))


def _on_file(event: Event, condition: ColumnElement[bool]) -> Iterable[OnFile]:
    of_dealer = [getattr(Dealer, name) for name in BLANK]
    of_invitation = [getattr(Invitation, field.value) for field in INVITATION_FIELDS]
    statement = (
        select(
            Dealer.id,
            Dealer.company_key,
            Dealer.version,
            Dealer.latin_name,
            Dealer.owner_id,
            Invitation.id,
            Invitation.version,
            *of_dealer,
            *of_invitation,
        )
        .outerjoin(Invitation, and_(Invitation.dealer_id == Dealer.id, Invitation.event_id == event.id))
        .where(condition)
    )
    dealer_fields = [Field(name) for name in BLANK]
    for row in db.session.execute(statement):
        dealer_id, company_key, version, latin_name, owner_id, invitation_id, invitation_version, *values = row
        said: dict[Field, object] = dict(zip(dealer_fields, values, strict=False))
        if invitation_id is not None:
            said.update(zip(INVITATION_FIELDS, values[len(BLANK) :], strict=True))
        yield OnFile(
            Known(dealer_id, company_key, invitation_id, said), version, latin_name, owner_id, invitation_version
        )


def dealers_now(dealer_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return by id what stands with these dealers now."""
    columns = [getattr(Dealer, name) for name in (*BLANK, *_DEALER_BESIDES)]
    return _now(Dealer.id, columns, dealer_ids)


def invitations_now(invitation_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return by id what these invitations say now."""
    columns = [
        getattr(Invitation, name) for name in (*(field.value for field in INVITATION_FIELDS), "state", "version")
    ]
    return _now(Invitation.id, columns, invitation_ids)


def _now(key: Any, columns: Sequence[Any], ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for some in chunks(sorted(set(ids))):
        for row in db.session.execute(select(key, *columns).where(key.in_(some))).mappings():
            found[row["id"]] = dict(row)
    return found


def holders_of(mobiles: Iterable[str]) -> dict[str, int]:
    """Return which dealer has each of these mobiles."""
    found: dict[str, int] = {}
    for some in chunks(sorted(set(mobiles))):
        holders = db.session.execute(select(Dealer.mobile, Dealer.id).where(Dealer.mobile.in_(some)))
        found.update({mobile: dealer_id for mobile, dealer_id in holders if mobile})
    return found
