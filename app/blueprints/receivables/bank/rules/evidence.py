"""Whose money a row is. Contract, company and known payers are strong; the rest only hints."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.blueprints.receivables.bank.rules.known import Incoming, Known, Reason, longest, number, numbers

FIRST_LETTERS = 4  # so many letters of a company's name make it worth looking for it in a memo


@dataclass(frozen=True)
class Evidence:
    """Dealers that fit equally well, why each does, and whether that is enough to book without a look."""

    dealers: tuple[int, ...] = ()
    reasons: tuple[tuple[int, Reason], ...] = ()
    is_strong: bool = False
    contracts: frozenset[str] = frozenset()  # that the memo names

    def of(self, dealer_id: int) -> tuple[Reason, ...]:
        return tuple(reason for dealer, reason in self.reasons if dealer == dealer_id)


def weigh(row: Incoming, known: Known) -> Evidence:
    """Return who may have paid. Contradictions leave several dealers, which is a tie."""
    named = longest({each for each in numbers(row.memo) if each in known.contracts})
    contracts = {each: known.contracts[each] for each in named}
    company = known.companies.get(row.payer_key, frozenset()) if row.payer_key else frozenset()
    alias = known.aliases.get(row.payer_key, frozenset()) if row.payer_key else frozenset()
    mentioned = _mentioned(row, known)
    reasons: list[tuple[int, Reason]] = [
        (dealer, ("contract", known.spelled.get(each, each))) for each, dealer in sorted(contracts.items())
    ]
    reasons += [(dealer, ("company", "")) for dealer in sorted(company)]
    reasons += [(dealer, ("alias", row.payer[:60])) for dealer in sorted(alias - company)]
    reasons += [(dealer, ("mentioned", "")) for dealer in sorted(mentioned - company)]
    slips = _slips(row, known)
    strong = _strong((frozenset(contracts.values()), slips, company or alias), mentioned)
    if strong:
        return Evidence(tuple(sorted(strong)), tuple(reasons), is_strong=True, contracts=frozenset(contracts))
    contact = known.contacts.get(row.payer, frozenset()) if row.payer else frozenset()
    alike = _alike(row.payer_key, known)
    reasons += [(dealer, ("contact", row.payer[:60])) for dealer in sorted(contact)]
    reasons += [(dealer, ("alike", "")) for dealer in sorted(alike)]
    weak = (mentioned & contact) or mentioned or contact or alike
    return Evidence(tuple(sorted(weak)), tuple(reasons))


def _slips(row: Incoming, known: Known) -> frozenset[int]:
    """Dealers of whose slip the bank's number, or one in the memo, is the number."""
    if not known.slip_numbers:
        return frozenset()
    said = {number(row.serial), *numbers(row.memo)}
    return frozenset(dealer for each in said for dealer in known.slip_numbers.get(each, ()))


def _strong(said: tuple[frozenset[int], ...], mentioned: frozenset[int]) -> frozenset[int]:
    """Those whom everything said agrees on; where two things name different dealers, all of them."""
    strong = [each for each in said if each]
    if not strong:
        return frozenset()
    if mentioned and not said[0]:
        strong.append(mentioned)
    return frozenset.intersection(*strong) or frozenset.union(*strong)


def _alike(key: str, known: Known) -> frozenset[int]:
    """Dealers whose name begins the payer's, or the other way round: a branch, or a name that the bank has cut off."""
    if len(key) <= FIRST_LETTERS:
        return frozenset()
    near = known.named.get(key[:FIRST_LETTERS], {}).items()
    found = (
        dealer
        for other, dealer in near
        if len(other) > FIRST_LETTERS and (other.startswith(key) or key.startswith(other))
    )
    return frozenset(found)


def _mentioned(row: Incoming, known: Known) -> frozenset[int]:
    """Dealers whose company the memo names ("代…付首单款")."""
    text = "".join(row.memo.split()).lower()
    found = set()
    for start in range(len(text) - FIRST_LETTERS + 1):
        for key, dealer in known.named.get(text[start : start + FIRST_LETTERS], {}).items():
            if text.startswith(key, start):
                found.add(dealer)
    return frozenset(found)


def first_letters(keys: Iterable[tuple[str, int]]) -> dict[str, dict[str, int]]:
    """Index the keys of companies for `weigh`. Names shorter than that are too common to be looked for."""
    found: dict[str, dict[str, int]] = {}
    for key, dealer in keys:
        if len(key) >= FIRST_LETTERS:
            found.setdefault(key[:FIRST_LETTERS], {})[key] = dealer
    return found
