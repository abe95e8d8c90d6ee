"""What pip and npm cannot bring: shared libraries for PDF, and for the tests a browser and PDF tools.

As root on Debian or Ubuntu they are installed; otherwise the one command that installs them is printed.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterable

from scripts.terminal import StepError, complain, run_quietly, step

# Debian's browser without a window does what the tests do in four fifths of the CPU.
SHELL = "chromium-headless-shell"
CHROMIUM_NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# What WeasyPrint opens at run time, and the Debian package each comes in.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libfontconfig.so.1": "libfontconfig1",
}
# Without this one PDFs come out right, but cutting the font down to its used characters takes four times as
# long.
SUBSETTER = ("libharfbuzz-subset.so.0", "libharfbuzz-subset0")

# What Playwright's own Node.js needs beyond every system's basics.
TEST_LIBRARIES = {"libatomic.so.1": "libatomic1"}

# The one command for systems whose packages are named otherwise.
ELSEWHERE = {
    "dnf": "dnf install -y pango harfbuzz fontconfig chromium poppler-utils libatomic",
    "zypper": "zypper install -y libpango-1_0-0 libharfbuzz-subset0 fontconfig chromium poppler-tools libatomic1",
    "pacman": "pacman -S --noconfirm pango harfbuzz fontconfig chromium poppler",
    "apk": "apk add pango harfbuzz harfbuzz-subset fontconfig chromium poppler-utils libatomic",
}


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def chromium() -> str | None:
    """The browser for journeys and screenshots; CHROMIUM names another one."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def install_command(packages: Iterable[str]) -> str:
    """The one command a person can copy."""
    if not shutil.which("apt-get"):
        for manager, command in ELSEWHERE.items():
            if shutil.which(manager):
                return f"sudo {command}"
    return f"sudo apt-get install -y {' '.join(packages)}"


def _apt(packages: list[str]) -> None:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    settings = ("Acquire::Retries=3", "Acquire::http::Timeout=30", "DPkg::Lock::Timeout=120")
    options = ["-qq", *(part for setting in settings for part in ("-o", setting))]
    run_quietly(["apt-get", *options, "update"], "Reading the list of system packages", env=env, timeout=300)
    install = ["apt-get", *options, "install", "-y", "--no-install-recommends", *packages]
    run_quietly(install, "Installing system packages", env=env, timeout=900)


def _apt_knows(package: str) -> bool:
    if not shutil.which("apt-cache"):
        return False
    return subprocess.run(["apt-cache", "show", package], capture_output=True, check=False, timeout=60).returncode == 0


def provide(packages: list[str], what_for: str) -> None:
    """Installs system packages when that is possible, else says how."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        with step(f"System packages for {what_for}: {' '.join(packages)}"):
            _apt(packages)
        return
    raise StepError(
        f"Missing on this machine ({what_for}): {', '.join(packages)}.\n"
        f"Please run this once, then try again:\n\n    {install_command(packages)}"
    )


def ensure_venv_module() -> None:
    """Debian splits `venv` off from Python; without `ensurepip` the environment would have no pip."""
    if importlib.util.find_spec("ensurepip") is None:
        provide(["python3-venv"], "the Python environment")


def ensure_libraries() -> None:
    missing = [package for library, package in LIBRARIES.items() if not loads(library)]
    if missing:
        provide([*missing, SUBSETTER[1]], "PDF")
    if not loads(SUBSETTER[0]):
        try:
            provide([SUBSETTER[1]], "fast PDF")
        except StepError as error:
            complain(f"Note: PDFs will work, but take about four times as long.\n{error}\n")


def ensure_test_programs() -> None:
    missing = [package for library, package in TEST_LIBRARIES.items() if not loads(library)]
    if not chromium():
        missing.append("chromium")
    if not shutil.which("pdftoppm"):
        missing.append("poppler-utils")
    if missing:
        provide(missing, "the tests")
    if not shutil.which(SHELL) and os.geteuid() == 0 and _apt_knows(SHELL):
        try:
            provide([SHELL], "faster tests")
        except StepError as error:
            complain(f"Note: the tests go on with Chromium, which takes somewhat longer.\n{error}\n")
