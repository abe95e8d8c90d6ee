"""Weak passwords, the last administrator, and what browsers call themselves."""

import pytest

from app.access import Permission, Role
from app.blueprints.auth import rules
from app.blueprints.auth.permission_words import AREAS, WORDS
from app.blueprints.auth.rules import Weakness


@pytest.mark.parametrize(
    ("password", "verdict"),
    [
        ("short", Weakness.TOO_SHORT),
        ("", Weakness.TOO_SHORT),
        ("x" * 129, Weakness.TOO_LONG),
        ("aaaaaaaaaaaa", Weakness.COMMON),
        ("1234567890", Weakness.COMMON),
        ("0987654321", Weakness.COMMON),
        ("Password2026!", Weakness.COMMON),
        ("wangmin2026", Weakness.LIKE_THE_ACCOUNT),
        ("wangmin@corp.example", Weakness.LIKE_THE_ACCOUNT),
        ("a green door in autumn", None),
        ("秋天的那扇绿色的木门啊", None),
        ("kT9-vQ2_xR7w", None),
    ],
)
def test_weak_passwords(password, verdict):
    assert rules.weakness(password, login="wangmin@corp.example", name="Wang Min") is verdict


@pytest.mark.parametrize(
    ("is_active", "roles", "others", "kept"),
    [
        (True, {Role.ADMINISTRATOR}, 0, True),
        (True, {Role.PLANNER}, 0, False),
        (False, {Role.ADMINISTRATOR}, 0, False),
        (False, {Role.ADMINISTRATOR}, 1, True),
        (True, set(), 1, True),
    ],
)
def test_an_administrator_stays(is_active, roles, others, kept):
    assert rules.keeps_an_administrator(is_active=is_active, roles=roles, other_administrators=others) is kept


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36",
            ("Chrome", "Windows"),
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
            ("Edge", "Windows"),
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile MicroMessenger/8.0 Safari/604",
            ("WeChat", "iPhone"),
        ),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile wxwork/4.1", ("WeCom", "Android")),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.0; rv:130.0) Gecko/20100101 Firefox/130.0", ("Firefox", "macOS")),
        ("curl/8.0", ("", "")),
        ("", ("", "")),
    ],
)
def test_devices(user_agent, device):
    assert rules.device(user_agent) == device


def test_every_permission_has_words_and_an_area():
    assert set(WORDS) == set(Permission)
    assert sorted(each for area in AREAS for each in area.permissions) == sorted(Permission)
