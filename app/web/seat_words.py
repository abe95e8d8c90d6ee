"""A table and a chair as people say them."""

from flask_babel import gettext


def table_words(label: str) -> str:
    """Return a table as people say it: "Table 7" for a bare number, anything else as it was written."""
    return gettext("Table %(number)s", number=label) if label.isdecimal() else label


def seat_words(label: str, chair: int | None) -> str:
    """Return table and chair, only the table where the chair is not said, nothing without a table."""
    if not label or chair is None:
        return table_words(label)
    return gettext("%(table)s, chair %(chair)s", table=table_words(label), chair=chair)
