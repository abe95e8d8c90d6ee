"""A form field for a region, which other rooms use too.

It is a text field that understands a name, pinyin that fits one place only, or a code ("广州市 440100"). The script
`region_picker.js` puts a search with drill-down beside it; the field works without.
"""

import json
import re
from typing import Any

from flask import url_for
from flask_babel import gettext
from wtforms import StringField, TextAreaField

from app.blueprints.territories.regions import queries
from app.models import Region

_CODE = re.compile(r"(?<!\w)(\d{6}|CN|[A-Z]\d+)(?!\w)")


def label(region: Region) -> str:
    """Return what stands in the field for a region: its name and code."""
    return f"{region.name} {region.code}"


def resolved(typed: str) -> Region | None:
    """Return the one region that was meant, or None."""
    codes = _CODE.findall(typed.upper())
    if codes:
        return queries.region_by_code(codes[-1])
    exact = queries.named(typed)
    if len(exact) == 1:
        return exact[0]
    found = [] if exact else queries.search(typed, most=2)
    return found[0].region if len(found) == 1 else None


class RegionField(StringField):
    """One region; its data is the Region or None."""

    data: Region | None

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)

    def __call__(self, **kwargs: Any) -> Any:
        return super().__call__(**{"autocomplete": "off", **picker(many=False), **kwargs})

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return label(self.data) if self.data is not None else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = " ".join(valuelist[0].split()) if valuelist else ""
        self.data = resolved(typed[:200]) if typed else None
        if typed and self.data is None:
            raise ValueError(gettext("Which region is meant? Choose one of those found, or type its code."))


class RegionsField(TextAreaField):
    """Several regions, one a line; its data is the list of them."""

    data: list[Region]

    def __call__(self, **kwargs: Any) -> Any:
        return super().__call__(**{"rows": 5, **picker(many=True), **kwargs})

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(label(each) for each in self.data or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        lines = [" ".join(line.split())[:200] for line in (valuelist[0] if valuelist else "").splitlines()]
        wrong, found = [], {}
        for line in [line for line in lines if line][:200]:
            region = resolved(line)
            if region is None:
                wrong.append(line)
            else:
                found[region.id] = region
        self.data = list(found.values())
        if wrong:
            raise ValueError(gettext("Not found: %(names)s", names=gettext(", ").join(wrong[:5])))


def picker(*, many: bool) -> dict[str, str]:
    """Return the attributes by which the script knows the field, and what it says in the language of the page."""
    say = {
        "open": gettext("Choose"),
        "search": gettext("Name, pinyin or code"),
        "close": gettext("Close"),
        "all": gettext("All"),
        "none": gettext("Nothing found"),
        "into": gettext("What lies in it"),
    }
    return {
        "data-region-picker": url_for("territories.choices"),
        "data-many": "1" if many else "",
        "data-say": json.dumps(say, ensure_ascii=False),
    }
