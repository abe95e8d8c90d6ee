"""What set-up brings is pinned, by version and checksum and never by address."""

import json
import re
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts import front, install
from scripts.terminal import ROOT


def pinned() -> dict[str, str]:
    text = install.CONSTRAINTS.read_text(encoding="utf-8")
    pins = [line.split("==") for line in text.splitlines() if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pins}


def test_every_package_asked_for_is_pinned():
    asked = {canonicalize_name(Requirement(line).name) for line in install.requirements(("dev", "node"))}
    assert asked - pinned().keys() == set()


def test_what_is_installed_is_what_is_pinned():
    installed = {canonicalize_name(each.name): each.version for each in metadata.distributions()}
    for tool in ("pip", "setuptools", "wheel"):
        installed.pop(canonicalize_name(tool), "")
    assert dict(installed.items() - pinned().items()) == {}


def test_no_download_address_in_a_lock_file():
    lock = json.loads(front.LOCK.read_text(encoding="utf-8"))
    assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []
    assert [name for name, entry in lock["packages"].items() if name and "integrity" not in entry] == []
    assert "://" not in install.CONSTRAINTS.read_text(encoding="utf-8")


def test_front_end_versions_are_exact():
    manifest = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    versions = [*manifest["dependencies"].values(), *manifest["devDependencies"].values()]
    assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_every_front_end_file_is_there():
    wanted = [*front.FILES.values(), "zxing_reader.wasm", "icons.svg"]
    assert [name for name in wanted if not (front.VENDOR / name).is_file()] == []


def test_the_decoder_is_the_one_its_program_was_built_with():
    assert (front.VENDOR / "zxing_reader.wasm").read_bytes() == front.reader_wasm().read_bytes()
