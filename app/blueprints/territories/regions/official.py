"""The official list of provinces, cities and counties with their six-digit codes (GB/T 2260).

It comes with set-up from the npm package @vant/area-data (MIT, kept by the Vant project, 70 kB packed) as a script that
is read here as the data it is. Municipalities appear in it as a province and a city of the same name.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app import names
from app.errors import N_, SigningDayError
from app.models import RegionLevel

FILE = Path(__file__).parents[3] / "static" / "vendor" / "areas.js"
COUNTRY = "CN"

_ENTRY = re.compile(r'(\d{6}): ("(?:[^"\\]|\\.)*")')
_LISTS = (
    ("province_list", RegionLevel.PROVINCE),
    ("city_list", RegionLevel.CITY),
    ("county_list", RegionLevel.COUNTY),
)
# What a place's kind adds to its name, longest first; a name keeps at least two characters.
_KIND = re.compile(r"(?<=..)(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|地区|省|市|区|县|盟)$")
_USUAL = {
    "陕西": "Shaanxi",
    "内蒙古": "Inner Mongolia",
    "香港": "Hong Kong",
    "澳门": "Macao",
    "哈尔滨": "Harbin",
    "呼和浩特": "Hohhot",
    "乌鲁木齐": "Urumqi",
    "拉萨": "Lhasa",
    "中国": "China",
}


class OfficialListMissing(SigningDayError):
    """Set-up has not brought the list, or has brought something else."""

    code = "official_list_missing"
    sentence = N_("The official list of regions is missing. Run make setup once more.")


@dataclass(frozen=True)
class Area:
    """One place of the official list."""

    code: str
    name: str
    level: RegionLevel
    parent: str | None  # the code of the place above
    path: str


def short(name: str) -> str:
    """Return a place's name without its kind: 广州市 is 广州, 恩施土家族苗族自治州 stays as it is."""
    return _KIND.sub("", name)


@cache
def latin(name: str) -> str:
    """Return a place's name in Latin letters, without its kind."""
    plain = short(name)
    return _USUAL.get(plain) or names.latin_place(plain)


def areas(file: Path = FILE) -> list[Area]:
    """Return the whole list, each place after the one it lies in. Raises OfficialListMissing."""
    try:
        text = file.read_text(encoding="utf-8")
        found = list(_areas(text))
    except (OSError, ValueError, KeyError) as fault:
        raise OfficialListMissing from fault
    if len(found) < 1_000:
        raise OfficialListMissing
    return found


def _areas(text: str) -> Iterator[Area]:
    paths = {COUNTRY: f"/{COUNTRY}/"}
    yield Area(COUNTRY, "中国", RegionLevel.COUNTRY, None, paths[COUNTRY])
    for word, level in _LISTS:
        start = text.index(word)
        for code, quoted in _ENTRY.findall(text[start : text.index("}", start)]):
            parent = _above(code, level)
            paths[code] = f"{paths[parent]}{code}/"
            yield Area(code, json.loads(quoted), level, parent, paths[code])


def _above(code: str, level: RegionLevel) -> str:
    if level is RegionLevel.PROVINCE:
        return COUNTRY
    return f"{code[:2]}0000" if level is RegionLevel.CITY else f"{code[:4]}00"
