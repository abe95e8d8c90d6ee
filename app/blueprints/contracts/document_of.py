"""The one place where contracts ask for their document: what is missing for it, and the PDF itself."""

from app.blueprints.contracts.document import queries as values
from app.blueprints.contracts.document.print import Document, make, make_many
from app.errors import SigningDayError
from app.models import Contract

__all__ = ["Document", "make", "make_many", "missing"]

_GIVEN_LATER = "contract.number"  # on the last approval, just before the document is made


def missing(contract: Contract) -> list[str]:
    """Return the labels of the template's variables that are still empty, in its order.

    What cannot be read as what it should be counts as missing: its own sentence names it.
    """
    try:
        rows = values.missing(contract.template_version, contract)
    except SigningDayError as fault:
        return [str(fault.facts.get("label", fault.code))]
    return [row.label for row in rows if row.source != _GIVEN_LATER]
