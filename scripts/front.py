"""Front-end files and fonts: npm brings them, and those we serve are copied into app/static/vendor/.

None are committed; package-lock.json pins them by checksum and names no download address.
"""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts import icons
from scripts.terminal import ROOT, StepError, run_quietly, step

MODULES = ROOT / "node_modules"
VENDOR = ROOT / "app" / "static" / "vendor"
LOCK = ROOT / "package-lock.json"

# npm 7 was the first to read this kind of lock file, and Node.js 18 the oldest still about.
OLDEST_NODE = 18

FONT = "@expo-google-fonts/noto-sans-sc"

# From a file below node_modules to its name below app/static/vendor.
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "barcode-detector/dist/iife/ponyfill.js": "barcode-detector.js",
    "signature_pad/dist/signature_pad.umd.min.js": "signature_pad.js",
    "squire-rte/dist/squire.js": "squire.js",  # the editor of the plan's sections, and what cleans for it
    "dompurify/dist/purify.min.js": "purify.js",
    "axe-core/axe.min.js": "axe.min.js",
    "@vant/area-data/dist/index.js": "areas.js",  # read by Python, see territories/regions/official.py
    "@vant/area-data/LICENSE": "areas-LICENSE.txt",
    f"{FONT}/400Regular/NotoSansSC_400Regular.ttf": "fonts/NotoSansSC-Regular.ttf",
    f"{FONT}/500Medium/NotoSansSC_500Medium.ttf": "fonts/NotoSansSC-Medium.ttf",
    f"{FONT}/700Bold/NotoSansSC_700Bold.ttf": "fonts/NotoSansSC-Bold.ttf",
    f"{FONT}/LICENSE_FONT": "fonts/OFL.txt",
}


@dataclass(frozen=True)
class Node:
    """Where node and npm are, and the PATH under which npm finds its node."""

    npm: Path
    path: str


def find_node(venv: Path) -> Node | None:
    """Node.js new enough, with npm: the system's, else the one in the environment."""
    usual = os.environ.get("PATH", os.defpath)
    for path in (usual, f"{venv / 'bin'}{os.pathsep}{usual}"):
        node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
        if node and npm and _major_version(node) >= OLDEST_NODE:
            return Node(Path(npm), path)
    return None


def _major_version(node: str) -> int:
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20, check=True)
        return int(said.stdout.strip().lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0


def _npm_environment(node: Node) -> dict[str, str]:
    env = {**os.environ, "PATH": node.path}
    authority = os.environ.get("SSL_CERT_FILE") or os.environ.get("PIP_CERT")
    if authority and Path(authority).is_file():
        # Behind a private certificate authority npm would otherwise hang for minutes before it gives up.
        env.setdefault("NODE_EXTRA_CA_CERTS", authority)
    env |= {
        "npm_config_cache": str(ROOT / ".run" / "npm"),  # not in a home directory that may be read-only
        "npm_config_update_notifier": "false",
        "npm_config_audit": "false",
        "npm_config_fund": "false",
        "npm_config_fetch_retries": "3",
        "npm_config_fetch_retry_mintimeout": "1000",
        "npm_config_fetch_retry_maxtimeout": "10000",
        "npm_config_fetch_timeout": "60000",
    }
    return env


def _installed_stamp() -> str:
    return hashlib.sha256(LOCK.read_bytes() + (ROOT / "package.json").read_bytes()).hexdigest()


def install_modules(find: Callable[[], Node]) -> None:
    """`npm ci`, unless node_modules was made from this very lock file."""
    mark = MODULES / ".signing-day-stamp"
    stamp = _installed_stamp()
    if mark.is_file() and mark.read_text(encoding="utf-8") == stamp:
        return
    node = find()
    with step("Front-end files and fonts", "the first time takes half a minute"):
        command = [str(node.npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        run_quietly(command, "Fetching front-end files", env=_npm_environment(node), timeout=600)
        mark.write_text(stamp, encoding="utf-8")
        shutil.rmtree(ROOT / ".run" / "npm", ignore_errors=True)


def resolve(package: str, wanted_by: str) -> Path:
    """The copy of a package that another one uses: its own nested one first, as Node looks."""
    for folder in (MODULES / wanted_by / "node_modules" / package, MODULES / package):
        if (folder / "package.json").is_file():
            return folder
    raise StepError(f"{wanted_by} came without {package}; remove node_modules and try again.")


def _manifest(folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    return manifest


def reader_wasm() -> Path:
    """The decoder that belongs to barcode-detector; one of another version crashes in the browser."""
    wanted_by = "barcode-detector"
    wanted = _manifest(MODULES / wanted_by)["dependencies"]["zxing-wasm"]
    folder = resolve("zxing-wasm", wanted_by)
    found = _manifest(folder)["version"]
    if found != wanted:
        raise StepError(f"barcode-detector wants zxing-wasm {wanted}, but npm brought {found}.")
    return folder / "dist" / "reader" / "zxing_reader.wasm"


def _copy_vendor_files() -> None:
    sources = {MODULES / source: VENDOR / target for source, target in FILES.items()}
    sources[reader_wasm()] = VENDOR / "zxing_reader.wasm"
    for source, target in sources.items():
        if not source.is_file():
            raise StepError(f"{source.relative_to(ROOT)} is missing; remove node_modules and try again.")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def bring_files(find: Callable[[], Node]) -> None:
    """Everything below app/static/vendor, made anew only when something it is made from changed."""
    install_modules(find)
    mark = VENDOR / ".stamp"
    made_from = [_installed_stamp(), Path(__file__).read_text(encoding="utf-8")]
    stamp = hashlib.sha256("".join(made_from).encode()).hexdigest()
    if not (mark.is_file() and mark.read_text(encoding="utf-8") == stamp):
        _copy_vendor_files()
        mark.write_text(stamp, encoding="utf-8")
    icons.build(MODULES / "@tabler" / "icons" / "icons", VENDOR / "icons.svg")
