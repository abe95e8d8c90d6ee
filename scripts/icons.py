"""Builds one SVG sprite of the Tabler icons that app/static/icons.txt names.

A line is a Tabler name (`calendar-event`), or `NAME-filled` for the filled drawing. Templates show one by
`<svg><use href="/static/vendor/icons.svg#NAME"></use></svg>`. By hand: `python -m scripts.icons`.
"""

import difflib
import re
import sys
from pathlib import Path

from scripts.terminal import ROOT, StepError, complain, say

LIST = ROOT / "app" / "static" / "icons.txt"

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DRAWING = re.compile(r"<svg\b[^>]*>(.*)</svg>", re.DOTALL)
# The invisible square that Tabler draws first only marks the field.
_FIELD = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')

_LOOK = {
    "outline": ('fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'),
    "filled": 'fill="currentColor" stroke="none"',
}


def names(text: str) -> list[str]:
    """The names in the list, each once, without comments and blank lines."""
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    return sorted({line for line in lines if line})


def listed() -> list[str]:
    return names(LIST.read_text(encoding="utf-8")) if LIST.is_file() else []


def _source(drawings: Path, name: str) -> tuple[str, Path]:
    look, stem = ("filled", name.removesuffix("-filled")) if name.endswith("-filled") else ("outline", name)
    return look, drawings / look / f"{stem}.svg"


def symbol(drawings: Path, name: str) -> str:
    look, source = _source(drawings, name)
    if not _NAME.fullmatch(name) or not source.is_file():
        known = [path.stem for path in source.parent.glob("*.svg")]
        near = difflib.get_close_matches(source.stem, known, n=3)
        meant = f" Did you mean {' or '.join(near)}?" if near else ""
        raise StepError(f"app/static/icons.txt: Tabler has no {look} icon '{name}'.{meant}")
    match = _DRAWING.search(source.read_text(encoding="utf-8"))
    if match is None:
        raise StepError(f"{source} is not an SVG drawing.")
    paths = " ".join(_FIELD.sub("", match.group(1)).split())
    return f'<symbol id="{name}" viewBox="0 0 24 24" {_LOOK[look]}>{paths}</symbol>'


def build(drawings: Path, target: Path) -> int:
    """Writes the sprite when it differs, and returns how many icons it holds."""
    wanted = listed()
    symbols = "\n".join(symbol(drawings, name) for name in wanted)
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'
    if not target.is_file() or target.read_text(encoding="utf-8") != sprite:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".new")
        fresh.write_text(sprite, encoding="utf-8")
        fresh.replace(target)
    return len(wanted)


def main() -> int:
    drawings = ROOT / "node_modules" / "@tabler" / "icons" / "icons"
    try:
        count = build(drawings, ROOT / "app" / "static" / "vendor" / "icons.svg")
    except StepError as error:
        complain(str(error))
        return 1
    say(f"{count} icons in app/static/vendor/icons.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main())
