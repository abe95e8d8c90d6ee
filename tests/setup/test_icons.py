"""The icon sprite holds what its list names, and says so when it cannot."""

import re

import pytest

from scripts import icons
from scripts.terminal import ROOT, StepError

DRAWINGS = ROOT / "node_modules" / "@tabler" / "icons" / "icons"


def test_names_leaves_out_comments_blanks_and_doubles():
    assert icons.names("# door\nqrcode\n\n  user-check  # welcomed\nqrcode\n") == ["qrcode", "user-check"]


def test_an_outlined_and_a_filled_drawing():
    assert 'id="user-check" viewBox="0 0 24 24" fill="none"' in icons.symbol(DRAWINGS, "user-check")
    assert 'id="star-filled" viewBox="0 0 24 24" fill="currentColor"' in icons.symbol(DRAWINGS, "star-filled")


def test_the_invisible_field_is_left_out():
    assert "M0 0h24v24H0z" not in icons.symbol(DRAWINGS, "user-check")


@pytest.mark.parametrize("name", ["qr-cod", "no-such-icon", "../outline/star"])
def test_an_unknown_name_is_refused_by_name(name):
    with pytest.raises(StepError, match=re.escape(name)):
        icons.symbol(DRAWINGS, name)


def test_a_near_name_is_suggested():
    with pytest.raises(StepError, match="qrcode"):
        icons.symbol(DRAWINGS, "qrcod")


def test_the_sprite_that_is_served_is_the_listed_one():
    sprite = (ROOT / "app" / "static" / "vendor" / "icons.svg").read_text(encoding="utf-8")
    drawn = re.findall(r'<symbol id="([^"]+)"', sprite)
    assert set(icons.listed()) - set(drawn) == set()
