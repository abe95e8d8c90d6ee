"""Web and worker under one small supervisor: started together, stopped together.

`make run` ends here. Before they start the database is migrated and, when it is empty, the sample conference
loaded. SIGINT (Ctrl-C) and SIGTERM stop both; a second one does so at once. When either ends by itself, the
other is stopped and this program leaves with a code other than 0, so that whoever watches it can start anew.
"""

import argparse
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from scripts.supervisor import Supervisor
from scripts.terminal import ROOT, StepError, complain, run_quietly, say, step

FLASK = (sys.executable, "-m", "flask", "--app", "app")
WEB = (sys.executable, "-m", "gunicorn", "--config", str(ROOT / "gunicorn.conf.py"))
WORKER = (*FLASK, "worker")

# Local addresses are asked directly, whatever proxy the environment names.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def environment() -> dict[str, str]:
    """What both programs see; the data folder is made absolute, wherever one stands."""
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # our own modules compiled once are half a second of each start
    env.setdefault("HOST", "127.0.0.1")
    env.setdefault("PORT", "8000")
    env.setdefault("PUBLIC_URL", address(env))
    env.setdefault("LOG_JSON", "0")  # somebody reads along
    env["SIGNING_DAY_HOME"] = str(Path(env.get("SIGNING_DAY_HOME") or ROOT / "data").absolute())
    return env


def address(env: dict[str, str]) -> str:
    """Where a browser on this machine finds the program; "all interfaces" is no place to go to."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "[::]": "[::1]"}.get(env["HOST"], env["HOST"])  # noqa: S104
    return f"http://{host}:{env['PORT']}"


def check_port_is_free(env: dict[str, str]) -> None:
    """Said at once and plainly; gunicorn would try for five seconds and end in a traceback."""
    host, port = env["HOST"], env["PORT"]
    if not port.isdecimal():
        raise StepError(f"PORT must be a number, not '{port}'.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), int(port)))
        except (OSError, OverflowError) as error:
            raise StepError(f"Cannot listen on {host}:{port} ({error}). Choose another: PORT=8010 make run") from error


def prepare(env: dict[str, str], *, sample: bool) -> str:
    """Brings translations, tables and, the first time, the sample conference; returns how to log in."""
    with step("Translations and database", "the first time with a sample conference" if sample else ""):
        run_quietly([sys.executable, "-m", "scripts.translations", "compile"], "Compiling translations", env=env)
        command = [sys.executable, "-m", "scripts.prepare", *([] if sample else ["--no-sample"])]
        # What it logs would only stand in the way of the address and the logins.
        return run_quietly(command, "Preparing the database", env={**env, "LOG_LEVEL": "WARNING"})


def is_healthy(url: str) -> bool:
    try:
        with _DIRECT.open(f"{url}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def announce(supervisor: Supervisor, env: dict[str, str], logins: str, patience: float = 60) -> None:
    """Waits until the web answers, then prints where it is and how to log in."""
    url = address(env)
    deadline = time.monotonic() + patience
    while not is_healthy(url):
        if supervisor.wait(0.1):
            return
        if time.monotonic() > deadline:
            complain(f"{url}/healthz does not answer after {patience:.0f} seconds.")
            return
    say(f"\nSigning Day is open at {url}\n")
    if logins.strip():
        say(f"{logins.rstrip()}\n")
    say("Stop it with Ctrl-C.")


def _interrupt(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="scripts.serve", description=__doc__)
    parser.add_argument("--no-sample", action="store_true", help="do not load the sample conference")
    options = parser.parse_args(arguments)
    env = environment()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Also where a shell that started us in the background has SIGINT ignored.
        signal.signal(number, _interrupt)
    try:
        check_port_is_free(env)
        logins = prepare(env, sample=not options.no_sample)
    except StepError as error:
        complain(f"\n{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    supervisor = Supervisor(env)
    supervisor.start("web", WEB)
    supervisor.start("worker", WORKER)
    announce(supervisor, env, logins)
    return supervisor.run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
