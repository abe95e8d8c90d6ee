"""Undoing a whole import: what it put on the list goes, what it changed is as before. Nothing here commits."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, bindparam, update

from app import clock, journal
from app.blueprints.dealers import bulk as dealers
from app.blueprints.invitations import bulk as invitations
from app.blueprints.invitations.importing import actions, queries
from app.blueprints.invitations.importing.applying import queue_up
from app.blueprints.invitations.importing.undo import Undo, read_changes, undo_new, undo_update
from app.extensions import db
from app.many import pointed_at
from app.models import Import, ImportRow, ImportState, Invitation, RowVerdict

Now = Mapping[int, Mapping[str, Any]]


def revert(an_import: Import) -> None:
    """Undo an import as far as nobody has built on it; rows left as they are say why in `kept`.

    Raises StaleChange when somebody saved one of the records in this very moment; the caller begins again.
    """
    actions.ensure_open(an_import.event)
    queue_up()
    columns = (ImportRow.id, ImportRow.verdict, ImportRow.changes, ImportRow.made_dealer)
    wanted = queries.rows(an_import).where(ImportRow.verdict.in_((RowVerdict.NEW, RowVerdict.UPDATED)))
    rows = db.session.execute(
        wanted.with_only_columns(*columns, ImportRow.dealer_id, ImportRow.invitation_id).order_by(ImportRow.id)
    ).all()
    dealers_now = queries.dealers_now(row.dealer_id for row in rows if row.dealer_id)
    invitations_now = queries.invitations_now(row.invitation_id for row in rows if row.invitation_id)
    undos = _decided(rows, dealers_now, invitations_now)
    _restore(an_import.event_id, rows, undos, dealers_now, invitations_now)
    removed = _take_off(an_import.event_id, rows, undos, dealers_now, invitations_now)
    _forget_dealers(rows, undos, dealers_now)
    kept = [(row.id, undo.kept) for row, undo in zip(rows, undos, strict=True) if undo.kept]
    _note_kept(kept)
    restored = sum(1 for undo in undos if undo.invitation or (undo.dealer and not undo.take_off))
    an_import.counts = {**an_import.counts, "removed": removed, "restored": restored, "kept": len(kept)}
    an_import.state = ImportState.REVERTED
    an_import.reverted_at = clock.now()
    an_import.error_code = ""
    told = {"removed": [None, removed], "restored": [None, restored], "kept": [None, len(kept)]}
    journal.record("import.reverted", an_import, changes={"file_name": [None, an_import.file_name], **told})


def _note_kept(reasons: Sequence[tuple[int, str]]) -> None:
    if reasons:
        table = cast(Table, ImportRow.__table__)
        statement = update(table).where(table.c.id == bindparam("the_id")).values(kept=bindparam("why"))
        db.session.connection().execute(statement, [{"the_id": row_id, "why": why} for row_id, why in reasons])


def _decided(rows: Sequence[Any], dealers_now: Now, invitations_now: Now) -> list[Undo]:
    made = [row.invitation_id for row in rows if row.verdict is RowVerdict.NEW and row.invitation_id]
    in_use = pointed_at(Invitation, made, but={"import_rows"})
    undos = []
    for row in rows:
        dealer, invitation = dealers_now.get(row.dealer_id), invitations_now.get(row.invitation_id)
        if row.verdict is RowVerdict.UPDATED:
            undos.append(undo_update(row.changes, dealer=dealer, invitation=invitation))
            continue
        spelled = dealers.spelling(read_changes(row.changes)[1].get("contact", "")) if row.made_dealer else ""
        undos.append(
            undo_new(
                row.changes,
                made_dealer=row.made_dealer,
                dealer=dealer,
                invitation=invitation,
                in_use=row.invitation_id in in_use,
                spelled=spelled,
            )
        )
    return _without_taken_mobiles(rows, undos)


def _without_taken_mobiles(rows: Sequence[Any], undos: Sequence[Undo]) -> list[Undo]:
    """A number that somebody else has by now cannot be given back."""
    holders = queries.holders_of(undo.dealer["mobile"] for undo in undos if undo.dealer.get("mobile"))
    return [
        Undo(kept="mobile_taken", take_off=undo.take_off)
        if undo.dealer.get("mobile") and holders.get(undo.dealer["mobile"], row.dealer_id) != row.dealer_id
        else undo
        for row, undo in zip(rows, undos, strict=True)
    ]


def _restore(event_id: int, rows: Sequence[Any], undos: Sequence[Undo], dealers_now: Now, invitations_now: Now) -> None:
    of_dealers, of_invitations = [], []
    for row, undo in zip(rows, undos, strict=True):
        if undo.dealer:
            now = dealers_now[row.dealer_id]
            before = {name: now[name] for name in (*dealers.BLANK, "latin_name")}
            changed = {"latin_name": now["latin_name"], **undo.dealer}
            of_dealers.append(dealers.Rewrite(row.dealer_id, now["version"], before, changed))
        if undo.invitation:
            now = invitations_now[row.invitation_id]
            before = {name: now[name] for name in invitations.BLANK}
            of_invitations.append(invitations.Rewrite(row.invitation_id, now["version"], before, undo.invitation))
    dealers.rewrite_many(sorted(of_dealers, key=lambda each: each.dealer_id))
    invitations.edit_many(event_id, sorted(of_invitations, key=lambda each: each.invitation_id))


def _take_off(event_id: int, rows: Sequence[Any], undos: Sequence[Undo], dealers_now: Now, invitations_now: Now) -> int:
    contacts, versions = {}, {}
    for row, undo in zip(rows, undos, strict=True):
        if undo.take_off:
            contacts[row.invitation_id] = dealers_now[row.dealer_id]["contact"]
            versions[row.invitation_id] = invitations_now[row.invitation_id]["version"]
    invitations.take_off_many(event_id, contacts, versions)
    return len(contacts)


def _forget_dealers(rows: Sequence[Any], undos: list[Undo], dealers_now: Now) -> None:
    """Dealers whom the import filed leave the file, unless another list or record has them by now."""
    ids = {row.dealer_id for row, undo in zip(rows, undos, strict=True) if undo.forget_dealer}
    in_use = dealers.in_use(ids)
    for at, (row, undo) in enumerate(zip(rows, undos, strict=True)):
        if undo.forget_dealer and row.dealer_id in in_use:
            undos[at] = Undo(kept="dealer_in_use", take_off=undo.take_off)
    free = ids - in_use
    dealers.take_out_many(
        {dealer_id: dealers_now[dealer_id]["company"] for dealer_id in free},
        {dealer_id: dealers_now[dealer_id]["version"] for dealer_id in free},
    )
