"""What each cell of a row says, or why it cannot be taken. Pure and quick: ten thousand rows in under a second."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import NamedTuple, TypeVar

from app.blueprints.invitations.importing.columns import Mapped
from app.blueprints.invitations.importing.vocabulary import (
    CITY_WITH_PROVINCE,
    KINDS,
    NO,
    NO_GUEST,
    NOTHING,
    NUMERALS,
    PROVINCE_ENDING,
    READINESSES,
    YES,
    Field,
    plain,
)
from app.models import GuestKind
from app.names import company_key
from app.phones import normalize_mobile, normalize_phone

Word = TypeVar("Word")

MOST_COMPANIONS = 20
LARGEST_AMOUNT = Decimal(10) ** 12
LONGEST: dict[Field, int] = {
    Field.COMPANY: 120,
    Field.CONTACT: 60,
    Field.CONTACT_TITLE: 60,
    Field.MAIL: 120,
    Field.PROVINCE: 40,
    Field.CITY: 40,
    Field.ADDRESS: 200,
    Field.POSTCODE: 10,
    Field.SOURCE: 60,
    Field.TABLE: 20,
    Field.NOTES: 2000,
    Field.HOST_NOTES: 200,
}
SEVERAL = re.compile(r"[/;,、，；|\n]|或|(?<=\d{11})\s+(?=\+?\d{11})")
MAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
COUNT = re.compile(r"(\d{1,4})(?:\.0+)?\s*[人位名个]?|([零一两二三四五六七八九十])\s*[人位名个]?")
AMOUNT = re.compile(r"[¥$￥]?\s*(\d[\d,]*(?:\.\d+)?)\s*(万|w)?\s*(?:元|rmb|cny)?")
KIND_OF = {word: kind for kind, words in KINDS.items() for word in words}
READINESS_OF = {word: level for level, words in READINESSES.items() for word in words}
ADVICE = frozenset({"mobile_several", "mail_several", "contact_missing", "unreachable"})


class Reason(NamedTuple):
    """Something about a cell. Codes in ADVICE only tell; every other one refuses the row."""

    field: str
    code: str
    detail: str = ""

    @property
    def refuses(self) -> bool:
        return self.code not in ADVICE


class Unreadable(Exception):
    """A cell that cannot be taken; carries the code of the reason."""


@dataclass(slots=True)
class Draft:
    """One row as understood. `values` holds only what the row says: an empty cell says nothing."""

    line: int
    cells: list[str]
    values: dict[Field, object] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    company_key: str = ""

    @property
    def is_refused(self) -> bool:
        return any(reason.refuses for reason in self.reasons)


class Person(NamedTuple):
    """One of our own who may be named as rep."""

    id: int
    name: str
    login: str


Names = Mapping[str, int | None]


def rep_names(people: Iterable[Person]) -> Names:
    """How each of our people may be written: name, login, or the login without the mail domain. None: several."""
    names: dict[str, int | None] = {}
    for person in people:
        for name in {plain(person.name).replace(" ", ""), plain(person.login), plain(person.login).partition("@")[0]}:
            if name:
                names[name] = person.id if names.get(name, person.id) == person.id else None
    return names


def read_rows(
    rows: Sequence[list[str]], lines: Sequence[int], headings: Sequence[str], mapping: Mapped, reps: Names
) -> list[Draft]:
    """The guests among the rows. Empty rows, totals, repeated headings and our template's example are passed over."""
    reader = _Reader(headings, mapping, reps)
    drafts = (reader.read(cells, line) for cells, line in zip(rows, lines, strict=True))
    return [draft for draft in drafts if draft is not None]


class _Reader:
    """Reads rows of one file; remembers what words it has met, since most of a list's cells repeat."""

    def __init__(self, headings: Sequence[str], mapping: Mapped, reps: Names) -> None:
        self.headings = list(headings)
        self.reps = reps
        amount = mapping.get(Field.EXPECTED_AMOUNT)
        self.unit = 10_000 if amount is not None and "万" in (self.headings[amount : amount + 1] or [""])[0] else 1
        self.columns = [(name, column, self._parser(name)) for name, column in mapping.items()]

    def _parser(self, name: Field) -> Callable[[str], object]:
        parsers: dict[Field, Callable[[str], object]] = {
            Field.KIND: _word_of(KIND_OF, "kind_unknown"),
            Field.READINESS: _word_of(READINESS_OF, "readiness_unknown"),
            Field.IS_LEAD_SIGNER: _yes_or_no,
            Field.REP: self._rep,
            Field.COMPANIONS: _companions,
            Field.EXPECTED_AMOUNT: self._amount,
            Field.PROVINCE: lambda text: _short(PROVINCE_ENDING.sub("", text), Field.PROVINCE),
            Field.CITY: lambda text: _short(text.removesuffix("市") if len(text) > 2 else text, Field.CITY),
            Field.POSTCODE: lambda text: _short(plain(text).removesuffix(".0"), Field.POSTCODE),
        }
        return parsers.get(name, lambda text: _short(text, name))

    def read(self, cells: list[str], line: int) -> Draft | None:
        draft = Draft(line, cells)
        for name, column, parse in self.columns:
            text = cells[column].strip() if column < len(cells) else ""
            if not text or plain(text) in NOTHING:
                continue
            try:
                if name is Field.MOBILE or name is Field.MAIL:
                    draft.values[name] = _first(text, name, draft.reasons)
                    continue
                if name is Field.CITY and (match := CITY_WITH_PROVINCE.fullmatch(text)):
                    # "浙江省杭州市" is 杭州, so that one town is one entry of the filter.
                    text = match[2]
                    draft.values.setdefault(Field.PROVINCE, PROVINCE_ENDING.sub("", match[1]))
                draft.values[name] = parse(text)
            except Unreadable as reason:
                draft.reasons.append(Reason(name, str(reason)))
        if not self._is_guest(draft):
            return None
        _complete(draft)
        return draft

    def _is_guest(self, draft: Draft) -> bool:
        if not draft.values and not draft.reasons:
            return False
        first = next((cell for cell in draft.cells if cell), "")
        company = draft.values.get(Field.COMPANY)
        if NO_GUEST.match(plain(first)) or (isinstance(company, str) and NO_GUEST.match(plain(company))):
            return False
        return [cell for cell in draft.cells if cell] != [heading for heading in self.headings if heading]

    def _rep(self, text: str) -> int:
        name = plain(text)
        for spelling in (name, name.replace(" ", "")):
            if spelling in self.reps:
                found = self.reps[spelling]
                if found is None:
                    raise Unreadable("rep_ambiguous")
                return found
        raise Unreadable("rep_unknown")

    def _amount(self, text: str) -> Decimal:
        match = AMOUNT.fullmatch(plain(text))
        if match is None:
            raise Unreadable("amount_invalid")
        try:
            amount = Decimal(match[1].replace(",", "")) * (10_000 if match[2] else self.unit)
        except InvalidOperation as fault:
            raise Unreadable("amount_invalid") from fault
        if amount >= LARGEST_AMOUNT:
            raise Unreadable("amount_invalid")
        return amount.quantize(Decimal("0.01"))


def _complete(draft: Draft) -> None:
    """What only the row as a whole tells."""
    values, reasons = draft.values, draft.reasons
    faulty = {reason.field for reason in reasons}
    company = values.get(Field.COMPANY)
    is_dealer = values.get(Field.KIND, GuestKind.DEALER) is GuestKind.DEALER
    if not company and Field.COMPANY not in faulty and (is_dealer or not values.get(Field.CONTACT)):
        reasons.append(Reason(Field.COMPANY, "company_missing"))
    if not values.get(Field.CONTACT) and Field.CONTACT not in faulty:
        reasons.append(Reason(Field.CONTACT, "contact_missing"))
    if not {Field.MOBILE, Field.MAIL} & (values.keys() | faulty):
        reasons.append(Reason(Field.MOBILE, "unreachable"))
    draft.company_key = company_key(company) if isinstance(company, str) else ""
    if isinstance(company, str) and not draft.company_key:
        reasons.append(Reason(Field.COMPANY, "company_missing"))


def _first(text: str, name: Field, reasons: list[Reason]) -> str:
    """The first good number or address of a cell that may hold several."""
    read = _mobile if name is Field.MOBILE else _mail
    whole = read(text)
    if whole:
        return whole
    found = list(dict.fromkeys(value for value in map(read, SEVERAL.split(text)) if value))
    if not found:
        is_landline = name is Field.MOBILE and normalize_phone(text)
        raise Unreadable("mobile_is_landline" if is_landline else f"{name.value}_invalid")
    if len(found) > 1:
        reasons.append(Reason(name, f"{name.value}_several", found[0]))
    return found[0]


def _mobile(text: str) -> str:
    return normalize_mobile(text) or ""


def _mail(text: str) -> str:
    address = plain(text).replace(" ", "").removeprefix("mailto:").strip("<>")
    return address if MAIL.fullmatch(address) and len(address) <= LONGEST[Field.MAIL] else ""


def _short(text: str, name: Field) -> str:
    text = text.strip() if name is Field.NOTES else " ".join(text.split())
    if len(text) > LONGEST[name]:
        raise Unreadable("too_long")
    return text


def _word_of(words: Mapping[str, Word], code: str) -> Callable[[str], Word]:
    def read(text: str) -> Word:
        found = words.get(plain(text))
        if found is None:
            raise Unreadable(code)
        return found

    return read


def _yes_or_no(text: str) -> bool:
    answer = plain(text)
    if answer in YES:
        return True
    if answer in NO:
        return False
    raise Unreadable("yes_no_unknown")


def _companions(text: str) -> int:
    match = COUNT.fullmatch(plain(text))
    if match is None:
        raise Unreadable("companions_invalid")
    number = int(match[1]) if match[1] else NUMERALS[match[2]]
    if number > MOST_COMPANIONS:
        raise Unreadable("companions_too_many")
    return number
