"""Every setting is documented."""

import re
from pathlib import Path

from app.config import SETTINGS

ROOT = Path(__file__).parents[2]


def test_the_settings_table_is_complete():
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "settings.md").read_text(), re.M))
    assert documented == {setting.name for setting in SETTINGS}
