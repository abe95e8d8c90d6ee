"""Every icon a page names is in the sprite: a missing one would only show as a gap."""

import re
from pathlib import Path

from app.web.places import OF_EVENT, OF_HOUSE
from app.web.words import WORDS
from scripts.icons import names

ROOT = Path(__file__).parents[2]
LISTED = set(names((ROOT / "app" / "static" / "icons.txt").read_text()))
NAMED = re.compile(r"""(?:\bicon\(|icon_name=|["']?icon["']?\s*[:=]\s*)["']([a-z][a-z0-9-]*)["']""")


def test_icons_of_words_and_places_are_listed():
    used = {word.icon for _, word in WORDS if word.icon}
    for stage in OF_EVENT + OF_HOUSE:
        used |= {stage.icon, *(place.icon for place in stage.places)}
    assert used - LISTED == set()


def test_icons_of_templates_and_views_are_listed():
    missing = {
        f"{path.relative_to(ROOT)}: {name}"
        for kind in ("templates/**/*.html", "blueprints/**/*.py", "web/*.py")
        for path in (ROOT / "app").glob(kind)
        for name in NAMED.findall(path.read_text())
        if name not in LISTED
    }
    assert missing == set()
