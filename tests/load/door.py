"""Check-ins per second, how long each takes, and what it costs: through gunicorn, on SQLite and on PostgreSQL.

    python -m tests.load.door [--short] [--engine sqlite] [--size 1000]

Each run starts gunicorn with the project's own settings on a database with so many invitations, signs in as
reception, and lets 1, 8 and 32 desks scan badges that were never scanned before. Beside it stands a bare Flask app
with the same two inserts (`tests/load/bare.py`). Any answer that is not a welcome is a failure and ends the bench.
"""

import argparse
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil

from tests import postgres
from tests.load.door_data import LOGIN, PASSWORD, fill

ROOT = Path(__file__).parents[2]
CLIENTS = (1, 8, 32)
SIZES = (1_000, 100_000)
_WARM_UP = 40


@dataclass(frozen=True)
class Measured:
    """One run: `cpu_ms` is the servers' processor time for one check-in, in milliseconds."""

    what: str
    engine: str
    size: int
    clients: int
    count: int
    per_second: float
    p50: float
    p95: float
    p99: float
    cpu_ms: float

    def line(self) -> str:
        return (
            f"{self.what:5} {self.engine:10} {self.size:>7} {self.clients:>3}  {self.per_second:>6.0f}/s  "
            f"{self.p50:>6.1f} {self.p95:>6.1f} {self.p99:>6.1f} ms  {self.cpu_ms:>5.2f} ms CPU"
        )


HEADING = f"{'what':5} {'engine':10} {'invited':>7} {'clients':>3}  per s      p50    p95    p99      a check-in"


@contextmanager
def served(environment: dict[str, str], *, application: str = "") -> Iterator[tuple[int, psutil.Process]]:
    """Serve by gunicorn with our settings, and stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", *([application] if application else [])]
    env = {**os.environ, **environment, "HOST": "127.0.0.1", "PORT": str(port)}
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
        try:
            _wait_for(port, server)
            yield port, psutil.Process(server.pid)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError("gunicorn did not start")
        try:
            with_health = HTTPConnection("127.0.0.1", port, timeout=5)
            with_health.request("GET", "/healthz")
            if with_health.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("gunicorn does not answer")


def signed_in(port: int) -> dict[str, str]:
    """Sign in as a person would, and return the headers of an API client."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/login")
    first = connection.getresponse()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', first.read().decode())
    assert token is not None
    cookie = str(first.headers["Set-Cookie"]).partition(";")[0]
    form = urlencode({"login": LOGIN, "password": PASSWORD, "csrf_token": token[1]})
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/login", form, headers)
    second = connection.getresponse()
    second.read()
    assert second.status == 303, second.status
    cookie = str(second.headers["Set-Cookie"]).partition(";")[0]
    connection.request("GET", "/api/v1/session", headers={"Cookie": cookie})
    third = connection.getresponse()
    session = json.loads(third.read())
    if "Set-Cookie" in third.headers:  # the token against forgery lies in the session
        cookie = str(third.headers["Set-Cookie"]).partition(";")[0]
    return {"Cookie": cookie, "X-CSRFToken": session["csrf_token"]}


def _cpu(server: psutil.Process) -> float:
    times = [process.cpu_times() for process in [server, *server.children(recursive=True)]]
    return sum(each.user + each.system for each in times)


def scan_all(port: int, path: str, headers: dict[str, str], codes: list[str], clients: int) -> dict[str, Any]:
    """Let so many desks scan these badges, from a process of their own."""
    bodies = [
        {"code": code, "scan_id": str(uuid.uuid4()), "door": f"Desk {n % clients}"} for n, code in enumerate(codes)
    ]
    plan = {"path": path, "headers": headers, "clients": clients, "bodies": bodies}
    command = [sys.executable, "-m", "tests.load.clients", str(port)]
    ran = subprocess.run(command, cwd=ROOT, input=json.dumps(plan), capture_output=True, text=True, check=True)
    seen: dict[str, Any] = json.loads(ran.stdout)
    if seen["failed"]:
        raise RuntimeError(f"{len(seen['failed'])} of {len(codes)} check-ins failed, the first: {seen['failed'][0]}")
    return seen


def measure(
    what: str,
    engine: str,
    size: int,
    port: int,
    server: psutil.Process,
    path: str,
    headers: dict[str, str],
    codes: list[str],
) -> Iterator[Measured]:
    """Yield one row for each number of clients; every badge is scanned once."""
    scan_all(port, path, headers, codes[:_WARM_UP], 8)
    share = (len(codes) - _WARM_UP) // len(CLIENTS)
    for place, clients in enumerate(CLIENTS):
        mine = codes[_WARM_UP + place * share :][:share]
        before = _cpu(server)
        seen = scan_all(port, path, headers, mine, clients)
        cpu = _cpu(server) - before
        ordered = sorted(seen["latencies"])
        p50, p95, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000 for part in (0.5, 0.95, 0.99))
        yield Measured(what, engine, size, clients, share, share / seen["seconds"], p50, p95, p99, cpu / share * 1000)


@contextmanager
def database(engine: str, home: Path) -> Iterator[str]:
    """A fresh database and its address as DATABASE_URL takes it."""
    if engine == "sqlite":
        yield ""
        return
    name = f"bench_{secrets.token_hex(4)}"
    yield postgres.create_database(name)
    postgres.drop_database(name)


def ours(engine: str, size: int, most: int) -> Iterator[Measured]:
    with tempfile.TemporaryDirectory() as folder, database(engine, Path(folder)) as url:
        environment = {
            "SIGNING_DAY_HOME": folder,
            "DATABASE_URL": url,
            "SECRET_KEY": "bench",
            "PUBLIC_URL": "http://localhost",
        }
        slug, codes = fill(environment, size)
        with served(environment) as (port, server):
            headers = signed_in(port)
            path = f"/api/v1/events/{slug}/scans"
            yield from measure("ours", engine, size, port, server, path, headers, codes[:most])


def bare(engine: str, most: int) -> Iterator[Measured]:
    with tempfile.TemporaryDirectory() as folder, database(engine, Path(folder)) as url:
        target = f"{folder}/bare.sqlite" if engine == "sqlite" else url.replace("+psycopg", "")
        environment = {"BARE_DATABASE": target}
        making = [sys.executable, "-c", "from tests.load import bare; bare.prepare()"]
        subprocess.run(making, cwd=ROOT, env={**os.environ, **environment}, check=True)
        codes = [secrets.token_hex(5) for _ in range(most)]
        with served(environment, application="tests.load.bare:app") as (port, server):
            yield from measure("bare", engine, 0, port, server, "/scans", {}, codes)


def main(
    short: bool = False, *, engines: tuple[str, ...] = ("sqlite", "postgresql"), sizes: tuple[int, ...] = SIZES
) -> None:
    """Print a line for each run, and how ours compares with the bare app."""
    most = 240 if short else 3_000
    print(HEADING)
    for engine in engines:
        beside = {}
        for row in bare(engine, most):
            beside[row.clients] = row
            print(row.line(), flush=True)
        for size in sizes[:1] if short else sizes:
            for row in ours(engine, size, min(most, size)):
                ratio = beside[row.clients].per_second / row.per_second
                print(f"{row.line()}  bare is {ratio:.1f} times as fast", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.load.door", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a few hundred check-ins only")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    parser.add_argument("--size", type=int, help="so many invitations only")
    asked = parser.parse_args()
    main(
        asked.short,
        engines=(asked.engine,) if asked.engine else ("sqlite", "postgresql"),
        sizes=(asked.size,) if asked.size else SIZES,
    )
