"""Extract, update, compile and check the translations.

English is the source, so there is one catalogue, zh_CN. It is kept as one file per room (`app/translations/zh_CN/
<room>.po`, everything else in `house.po`), so that a feature's words travel with the feature; `compile` puts them
together into the one catalogue the application loads.

    python -m scripts.translations update     write new message ids into the .po files, drop those no longer used
    python -m scripts.translations compile    make messages.mo
    python -m scripts.translations check      exit 1 when one is missing, fuzzy, or breaks its places
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.checkers import checkers
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

_LONE = re.compile(r"%(?!\(\w+\)[sd])")  # what formatting stumbles over

APP = Path(__file__).parent.parent / "app"
FOLDER = APP / "translations" / "zh_CN"
# Our own `texts` looks under the name we say; Flask-Babel under the one Babel makes of it, with the script in it.
LOOKED_FOR = ("zh_CN", "zh_Hans_CN")
METHODS = [("**.py", "python"), ("**/templates/**.*", "jinja2"), ("templates/**.*", "jinja2")]
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "_l": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
OPTIONS = {"templates/**.*": {"trimmed": "true"}}


@cache
def _rooms() -> set[str]:
    return {folder.name for folder in (APP / "blueprints").iterdir() if folder.is_dir()}


def room_of(path: str) -> str:
    """Return the name of the .po file that holds the strings of a source file (path relative to app/)."""
    parts = Path(path).parts
    if parts[0] in {"blueprints", "templates"} and parts[1] in _rooms():
        return parts[1]
    return "house"


def extracted() -> dict[str, Catalog]:
    """Return a fresh catalogue per room, in the order of the source."""
    catalogs: dict[str, Catalog] = defaultdict(lambda: Catalog(locale="zh_CN", charset="utf-8", fuzzy=False))
    for name, line, message, comments, context in extract_from_dir(
        APP, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=["TRANSLATORS:"]
    ):
        catalogs[room_of(name)].add(message, None, [(f"app/{name}", line)], auto_comments=comments, context=context)
    return catalogs


def present() -> dict[str, Catalog]:
    catalogs = {}
    for path in sorted(FOLDER.glob("*.po")):
        with path.open("rb") as file:
            catalogs[path.stem] = read_po(file, locale="zh_CN", charset="utf-8")
    return catalogs


def update() -> None:
    found, have = extracted(), present()
    for room in sorted(found.keys() | have.keys()):
        catalog = have.get(room) or Catalog(locale="zh_CN", charset="utf-8", fuzzy=False)
        catalog.update(found.get(room, Catalog()), no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalog.fuzzy = False
        path = FOLDER / f"{room}.po"
        if not len(catalog):
            path.unlink(missing_ok=True)
            continue
        with path.open("wb") as file:
            write_po(file, catalog, omit_header=True, no_location=True, sort_output=True, width=110)


def compile_() -> None:
    whole = Catalog(locale="zh_CN", charset="utf-8", fuzzy=False)
    for catalog in present().values():
        for message in catalog:
            if message.id and message.string:
                whole[message.id] = message
    for name in LOOKED_FOR:
        target = FOLDER.parent / name / "LC_MESSAGES" / "messages.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_suffix(".new")
        with temporary.open("wb") as file:
            write_mo(file, whole)
        temporary.replace(target)


def faults() -> Iterator[str]:
    """Yield a line for every message that a Chinese reader would not get."""
    have = present()
    said: dict[object, object] = {}
    for room, catalog in extracted().items():
        for message in catalog:
            if not message.id:
                continue
            known = have.get(room, Catalog()).get(message.id, message.context)
            strings = known.string if known else ""
            if known is None or not strings or (isinstance(strings, tuple) and not all(strings)):
                yield f"{room}: not translated: {message.id!r}"
                continue
            if known.fuzzy:
                yield f"{room}: fuzzy: {message.id!r}"
            yield from (f"{room}: {message.id!r}: {fault}" for fault in _place_faults(catalog, known))
            if _is_formatted(message) and any(_LONE.search(text.replace("%%", "")) for text in _texts(message, known)):
                yield f"{room}: {message.id!r}: a percent sign that names no place (write %% for the sign itself)"
            if said.setdefault((message.id, message.context), strings) != strings:
                yield f"{room}: translated otherwise elsewhere: {message.id!r}"


def _is_formatted(message: Message) -> bool:
    """Tell whether places are filled in: always in templates, elsewhere where the sentence names some."""
    return "%(" in str(message.id) or any(
        str(where).endswith((".html", ".txt", ".svg")) for where, _ in message.locations
    )


def _texts(*messages: Message) -> list[str]:
    """Return every form of sentences and their translations."""
    forms: list[str] = []
    for message in messages:
        for said in (message.id, message.string):
            forms.extend([said] if isinstance(said, str) else list(said or ()))
    return forms


def _place_faults(catalog: Catalog, message: Message) -> Iterator[str]:
    for checker in checkers:
        try:
            checker(catalog, message)
        except Exception as fault:  # noqa: BLE001 - a checker tells what is wrong by raising its own error type
            yield str(fault)


def main(words: list[str]) -> int:
    match words:
        case ["update"]:
            update()
        case ["compile"]:
            compile_()
        case ["check"]:
            found = list(faults())
            print("\n".join(found) or "All sentences are translated.")
            return 1 if found else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
