"""Progress for a person at a terminal: one short line a step, details only when something failed."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class StepError(Exception):
    """A step that could not be done; the text says what to do about it."""


def say(text: str = "") -> None:
    print(text, flush=True)


def complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(title: str, hint: str = "") -> Iterator[None]:
    """Names the step, and afterwards the seconds it took."""
    began = time.monotonic()
    say(f"· {title} …{f'  ({hint})' if hint else ''}")
    yield
    seconds = time.monotonic() - began
    if seconds >= 1:
        say(f"  done in {seconds:.0f} s")


def run_quietly(
    command: Sequence[str | Path],
    what: str,
    env: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> str:
    """Runs a program and returns its standard output; the last of all it said is shown when it fails."""
    try:
        result = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout,
            check=False,
        )
    except FileNotFoundError as error:
        raise StepError(f"{what}: {command[0]} is not on this machine.") from error
    except subprocess.TimeoutExpired as error:
        raise StepError(f"{what}: no end after {timeout:.0f} s. Is the network reachable?") from error
    if result.returncode != 0:
        tail = "\n".join([*result.stdout.splitlines(), *result.stderr.splitlines()][-25:])
        raise StepError(f"{what} failed (exit code {result.returncode}):\n{tail}")
    return result.stdout
