"""Pages point at pages that exist, and the Makefile's commands are listed."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from app.config import SETTINGS
from scripts.terminal import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path):
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_page_is_in_the_index():
    index = LINK.findall((ROOT / "docs" / "index.md").read_text(encoding="utf-8"))
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert pages - set(index) == set()


def test_settings_of_the_web_server_are_documented():
    read = set(re.findall(r'environ\.get\("(\w+)"', (ROOT / "gunicorn.conf.py").read_text(encoding="utf-8")))
    documented = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8"), re.M))
    assert read - documented == set()


def test_deployments_set_only_what_there_is_to_set():
    known = {setting.name for setting in SETTINGS}
    guide = re.findall(r"^([A-Z_]{4,})=", (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8"), re.M)
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    assert set(guide) - known == set()
    assert set(compose["x-program"]["environment"]) - known == set()
    assert {"web", "worker", "database"} <= set(compose["services"])


def test_plain_make_lists_every_command():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = set(re.findall(r"^([a-z]+):", makefile, re.M))
    said = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert commands - set(re.findall(r"^  make (\w+)", said, re.M)) == set()
