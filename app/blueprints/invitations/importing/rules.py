"""What becomes of each row: new, updated, unchanged or refused. Pure: rows and what is known in, verdicts out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.blueprints.invitations.importing.values import Draft, Reason
from app.blueprints.invitations.importing.vocabulary import Field
from app.models import GuestKind, RowVerdict

# Kept with the dealer; the other fields belong to the invitation.
DEALER_FIELDS = frozenset(
    {
        Field.COMPANY,
        Field.CONTACT,
        Field.CONTACT_TITLE,
        Field.MOBILE,
        Field.MAIL,
        Field.PROVINCE,
        Field.CITY,
        Field.ADDRESS,
        Field.POSTCODE,
        Field.SOURCE,
    }
)


@dataclass(frozen=True, slots=True)
class Known:
    """A dealer on file, with the invitation to this event if there is one. `values` holds the fields of both."""

    dealer_id: int
    company_key: str
    invitation_id: int | None
    values: Mapping[Field, object]


@dataclass(slots=True)
class Judged:
    """The verdict on one row, and for UPDATED (or NEW for a dealer on file) what changes: field to (before, after)."""

    draft: Draft
    verdict: RowVerdict
    known: Known | None = None
    changes: dict[Field, tuple[object, object]] = field(default_factory=dict)

    @property
    def reasons(self) -> list[Reason]:
        return self.draft.reasons


def judge(drafts: Iterable[Draft], known: Iterable[Known]) -> list[Judged]:
    """Verdicts in the order of the rows. Of two rows for one guest the first counts, the second is refused."""
    bench = _Bench(known)
    return [bench.judge(draft) for draft in drafts]


def count(judged: Iterable[Judged]) -> dict[str, int]:
    """Rows by verdict; every verdict is there."""
    tally = Counter(row.verdict for row in judged)
    return {verdict.value: tally[verdict] for verdict in RowVerdict}


class _Bench:
    """Remembers the rows already judged, by mobile and by company, as well as what was known before."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.by_mobile: dict[str, Known] = {}
        self.by_company: dict[str, list[Known]] = {}
        for one in known:
            mobile = one.values.get(Field.MOBILE)
            if isinstance(mobile, str) and mobile:
                self.by_mobile[mobile] = one
            if one.company_key:
                self.by_company.setdefault(one.company_key, []).append(one)
        self.mobiles: dict[object, int] = {}
        self.companies: dict[str, list[Draft]] = {}
        self.dealers: dict[int, int] = {}

    def judge(self, draft: Draft) -> Judged:
        if draft.is_refused:
            return Judged(draft, RowVerdict.REFUSED)
        match = self._match(draft)
        reason = self._refusal(draft, match)
        if reason is not None:
            draft.reasons.append(reason)
            return Judged(draft, RowVerdict.REFUSED)
        self._remember(draft, match)
        if match is None:
            return Judged(draft, RowVerdict.NEW)
        changes = {
            name: (match.values.get(name), value)
            for name, value in draft.values.items()
            if match.values.get(name) != value and (match.invitation_id is not None or name in DEALER_FIELDS)
        }
        if match.invitation_id is None:
            return Judged(draft, RowVerdict.NEW, match, changes)
        return Judged(draft, RowVerdict.UPDATED if changes else RowVerdict.UNCHANGED, match, changes)

    def _match(self, draft: Draft) -> Known | None:
        mobile = draft.values.get(Field.MOBILE)
        if isinstance(mobile, str) and mobile in self.by_mobile:
            return self.by_mobile[mobile]
        namesakes = self.by_company.get(draft.company_key, ()) if draft.company_key else ()
        contact = draft.values.get(Field.CONTACT)
        same = [one for one in namesakes if one.values.get(Field.CONTACT) == contact]
        if same:
            return same[0]
        return next((one for one in namesakes if _is_one_guest(draft, one.values)), None)

    def _refusal(self, draft: Draft, match: Known | None) -> Reason | None:
        mobile = draft.values.get(Field.MOBILE)
        if mobile and mobile in self.mobiles:
            return Reason(Field.MOBILE, "duplicate_mobile", str(self.mobiles[mobile]))
        if match is not None and match.dealer_id in self.dealers:
            return Reason(Field.COMPANY, "duplicate_company", str(self.dealers[match.dealer_id]))
        for earlier in self.companies.get(draft.company_key, ()) if draft.company_key else ():
            same_contact = earlier.values.get(Field.CONTACT) == draft.values.get(Field.CONTACT)
            if same_contact or _is_one_guest(draft, earlier.values):
                return Reason(Field.COMPANY, "duplicate_company", str(earlier.line))
        if match is not None and draft.company_key != match.company_key and draft.company_key in self.by_company:
            # The mobile is one dealer's and the company another's: a person has to say which of the two it is.
            return Reason(Field.MOBILE, "mobile_of_other_company", str(match.values.get(Field.COMPANY, "")))
        return None

    def _remember(self, draft: Draft, match: Known | None) -> None:
        mobile = draft.values.get(Field.MOBILE)
        if mobile:
            self.mobiles[mobile] = draft.line
        if draft.company_key:
            self.companies.setdefault(draft.company_key, []).append(draft)
        if match is not None:
            self.dealers[match.dealer_id] = draft.line


def _is_one_guest(draft: Draft, other: Mapping[Field, object]) -> bool:
    """Whether the company alone tells that two are the same. Of a dealer one person is invited; a newspaper or an
    authority sends several, who are told apart by their names."""
    kind = draft.values.get(Field.KIND, other.get(Field.KIND, GuestKind.DEALER))
    if kind is GuestKind.DEALER:
        return True
    return not draft.values.get(Field.CONTACT) or not other.get(Field.CONTACT)
