"""What somebody typed into a draft that no column can hold yet: half a date, a payment without a day.

It is kept beside the template's values under a key that no variable can have, so that a draft is saved however
incomplete and comes back as it was typed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from app.models import Contract

KEY = "_typed"
_MOST = 600  # fields
_LONGEST = 2_000  # characters of one


def unfinished(contract: Contract) -> dict[str, list[str]]:
    """Return the form as it was typed when it was last saved; empty when everything in it could be stored."""
    typed = (contract.values or {}).get(KEY)
    return dict(typed) if isinstance(typed, dict) else {}


def kept(typed: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return a form's fields as they are stored, without the token and what belongs to one sending."""
    left_out = {"csrf_token", "version", "add", "remove", "act"}
    names = [name for name in typed if name not in left_out][:_MOST]
    return {name: [value[:_LONGEST] for value in typed[name]] for name in names}


def values_of(contract: Contract) -> dict[str, Any]:
    """Return the typed values of the template's variables alone."""
    return {key: value for key, value in (contract.values or {}).items() if key != KEY}
