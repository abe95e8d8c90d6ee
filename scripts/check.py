"""`make test` and `make lint`: every check in turn, the details of those that failed, and one verdict."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from scripts.terminal import ROOT, complain, say

PYTHON = sys.executable
BIN = ROOT / ".venv" / "bin"


@dataclass(frozen=True)
class Check:
    name: str
    command: tuple[str, ...]


LINT = (
    Check("ruff check", (PYTHON, "-m", "ruff", "check", ".")),
    Check("ruff format", (PYTHON, "-m", "ruff", "format", "--check", ".")),
    Check("translations", (PYTHON, "-m", "scripts.translations", "check")),
    Check("import contracts", (str(BIN / "lint-imports"), "--no-cache")),
    Check("mypy", (PYTHON, "-m", "mypy")),
)
COMPILE = Check("compile translations", (PYTHON, "-m", "scripts.translations", "compile"))


def environment() -> dict[str, str]:
    """The caller's own data and database are left alone, and nothing is written to a home directory."""
    unwanted = {
        "DATABASE_URL",
        "SIGNING_DAY_HOME",
        "HOST",
        "PORT",
        "FLASK_APP",
        "FLASK_DEBUG",
        "PYTHONDONTWRITEBYTECODE",
    }
    env = {name: value for name, value in os.environ.items() if name not in unwanted}
    home = ROOT / ".run" / "home"
    home.mkdir(parents=True, exist_ok=True)
    env |= {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_CONFIG_HOME": str(home / ".config"),
    }
    return env


def run_check(check: Check, env: dict[str, str]) -> bool:
    began = time.monotonic()
    result = subprocess.run(
        check.command,
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    passed = result.returncode == 0
    say(f"{'✓' if passed else '✗'} {check.name}  ({time.monotonic() - began:.1f} s)")
    if not passed:
        say(result.stdout.rstrip())
    return passed


def lint(env: dict[str, str]) -> list[str]:
    """Names of the checks that failed. Two run at a time; mypy takes as long as the others together."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        verdicts = list(pool.map(lambda check: run_check(check, env), LINT))
    return [check.name for check, passed in zip(LINT, verdicts, strict=True) if not passed]


def pytest(env: dict[str, str], arguments: Sequence[str]) -> list[str]:
    """The suite with its own output, on as many processes as WORKERS says (2)."""
    if not run_check(COMPILE, env):
        return [COMPILE.name]
    say("· tests, on SQLite and PostgreSQL, and the browser journeys …")
    spread = ("-n", env.get("WORKERS", "2"), "--dist", "worksteal")
    command = (PYTHON, "-m", "pytest", "-q", *spread, *arguments)
    code = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False).returncode
    return [] if code == 0 else ["tests"]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="scripts.check", description=__doc__)
    parser.add_argument("--lint", action="store_true", help="leave the tests out")
    options, rest = parser.parse_known_args(arguments)
    env = environment()
    failed = lint(env)
    if not options.lint:
        failed += pytest(env, rest)
    if failed:
        complain(f"\nNot green: {', '.join(failed)}.")
        return 1
    say("\nAll green.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
