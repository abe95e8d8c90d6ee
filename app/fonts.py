"""The one typeface every PDF is set in, wherever the program runs.

Set-up copies Noto Sans SC into `app/static/vendor/fonts/`; nothing is asked of the system's own fonts, so a
letter looks the same on a laptop and in a bare container. The typeface knows all 20,976 basic ideographs
but not every rare character of a name: `missing_characters` tells which, and an operator may add a folder
of fallback fonts.
"""

import atexit
import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal
from xml.sax.saxutils import escape

import uharfbuzz as hb

FAMILY: Final = "Noto Sans SC"
SHIPPED_FOLDER: Final = Path(__file__).parent / "static" / "vendor" / "fonts"

Weight = Literal["Regular", "Medium", "Bold"]
WEIGHTS: Final[tuple[Weight, ...]] = ("Regular", "Medium", "Bold")

_SUFFIXES: Final = {".ttf", ".otf", ".ttc", ".otc"}
# Control and format characters, blanks and variation selectors draw nothing, so no font needs to hold them.
_INVISIBLE: Final = re.compile(
    r"[\s\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)


class FontMissingError(RuntimeError):
    """The shipped typeface is not in its folder: set-up has not run, or did not finish."""


@dataclass(frozen=True, slots=True, eq=False)
class FontFace:
    """One font file opened for shaping. Compared by identity: `chain` opens each file once."""

    path: Path
    index: int
    shaper: Any = field(repr=False)
    outlines: Any = field(repr=False)
    units: int
    characters: frozenset[int] = field(repr=False)

    @property
    def is_truetype(self) -> bool:
        """Whether the outlines can be embedded as they are (quadratic, with a `glyf` table)."""
        return "glyf" in self.outlines.table_tags and not self.outlines.has_var_data


@dataclass(slots=True)
class _Settings:
    fallback_folder: Path | None = None


_settings = _Settings()


def use_fallback_folder(folder: str | Path | None) -> None:
    """Take characters that the shipped typeface lacks from fonts of this folder. Empty or None: from nowhere."""
    _settings.fallback_folder = Path(folder) if folder else None
    chain.cache_clear()
    fontconfig_file.cache_clear()


def shipped_file(weight: Weight) -> Path:
    """The file of one weight, under either of the names that set-up and the npm package give it."""
    for pattern in (f"NotoSansSC-{weight}.ttf", f"NotoSansSC_*{weight}.ttf"):
        found = sorted(SHIPPED_FOLDER.glob(pattern))
        if found:
            return found[0]
    raise FontMissingError(f"No {FAMILY} {weight} in {SHIPPED_FOLDER}.")


def missing_weights() -> list[Weight]:
    """The weights that set-up still has to bring; empty on a sound installation."""
    absent: list[Weight] = []
    for weight in WEIGHTS:
        try:
            shipped_file(weight)
        except FontMissingError:
            absent.append(weight)
    return absent


@cache
def chain(weight: Weight) -> tuple[FontFace, ...]:
    """The shipped face of this weight, then the operator's fallback faces, best match of weight first."""
    files = [shipped_file(weight), *_fallback_files(weight)]
    return tuple(_open(path) for path in files)


def missing_characters(text: str) -> list[str]:
    """The characters of `text` that no font here can draw, each once, in their order."""
    faces = chain("Bold")
    seen = dict.fromkeys(character for character in text if not _INVISIBLE.match(character))
    return [character for character in seen if not any(ord(character) in face.characters for face in faces)]


@cache
def fontconfig_file() -> Path:
    """A fontconfig file that knows our fonts and no others, in a folder of this process."""
    home = Path(tempfile.mkdtemp(prefix="signing-day-fonts-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    folders: Iterable[Path] = [
        SHIPPED_FOLDER,
        *([_settings.fallback_folder] if _settings.fallback_folder else []),
    ]
    # Set-up links the files in some layouts, and fontconfig wants the folder that really holds them.
    places = "".join(f"<dir>{escape(str(folder.resolve()))}</dir>" for folder in folders)
    generic = "".join(
        f"<alias><family>{name}</family><prefer><family>{FAMILY}</family></prefer></alias>"
        for name in ("sans-serif", "serif", "monospace", "system-ui")
    )
    conf = home / "fonts.conf"
    conf.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig>{places}<cachedir>{escape(str(home / 'cache'))}</cachedir>{generic}</fontconfig>",
        encoding="utf-8",
    )
    return conf


def _fallback_files(weight: Weight) -> list[Path]:
    folder = _settings.fallback_folder
    if folder is None or not folder.is_dir():
        return []
    files = [path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES]
    return sorted(files, key=lambda path: (weight.lower() not in path.stem.lower(), path.name))


@cache
def _open(path: Path) -> FontFace:
    blob = hb.Blob.from_file_path(str(path))
    index = _simplified_chinese(blob)
    outlines = hb.Face(blob, index)
    return FontFace(path, index, hb.Font(outlines), outlines, outlines.upem, frozenset(outlines.unicodes))


def _simplified_chinese(blob: Any) -> int:
    """Which font of a collection draws the mainland's forms; the first one where none says so."""
    for index in range(hb.Face(blob, 0).count if hasattr(hb.Face, "count") else 1):
        name = hb.Face(blob, index).get_name(hb.OTNameIdPredefined.FONT_FAMILY) or ""
        if name.endswith((" SC", " CN")):
            return index
    return 0
