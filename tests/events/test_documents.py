"""What the overview warns of is written down, and each line has its words."""

import re
from pathlib import Path

from app.blueprints.events.concern_words import ACTS, COUNTED, ICONS, TEXTS
from app.blueprints.events.rules.attention import Matter

PAGE = Path(__file__).parents[2] / "docs" / "events.md"


def test_every_matter_is_documented():
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE.read_text(), re.MULTILINE)) == {matter.value for matter in Matter}


def test_every_matter_has_an_icon_an_act_and_words():
    assert set(ICONS) == set(ACTS) == set(Matter)
    assert set(TEXTS) | set(COUNTED) | {Matter.MILESTONE_LATE} == set(Matter)
    assert not set(TEXTS) & set(COUNTED)
