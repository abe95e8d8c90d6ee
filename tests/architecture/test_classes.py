"""Every class a page uses is in a style sheet: a misspelt one would only show as a page that looks odd."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "app" / "static"
TABLER = STATIC / "vendor" / "tabler.min.css"
EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
ATTRIBUTE = re.compile(r'\bclass="([^"]*)"')
SELECTOR = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")


def styled():
    sheets = [*(STATIC / "css").glob("*.css"), TABLER]
    return {name for sheet in sheets for name in SELECTOR.findall(sheet.read_text())}


def used(path):
    """The classes written out in a template; those made by expressions are left aside."""
    text = EXPRESSION.sub("\N{REPLACEMENT CHARACTER}", path.read_text())
    for value in ATTRIBUTE.findall(text):
        yield from (name for name in value.split() if "\N{REPLACEMENT CHARACTER}" not in name)


@pytest.mark.skipif(not TABLER.is_file(), reason="set-up has not brought the front-end files")
def test_classes_of_templates_are_styled():
    known = styled()
    unknown = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "app" / "templates").rglob("*.html")
        if not {"print", "mail"} & set(path.parts)
        for name in used(path)
        if name not in known
    }
    assert unknown == set()
