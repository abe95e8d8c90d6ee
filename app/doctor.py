"""`flask doctor`: looks whether everything the product needs is there, and says what to do where it is not."""

import ctypes.util
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from app import clock, fonts, heartbeat
from app.errors import N_
from app.extensions import db
from app.models import Region, RegionLevel
from app.sealing import certificate
from app.sealing.errors import SealingError

_LEAST_FREE = 500 * 1024 * 1024
_DAYS_WARNED = 30
_LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")


class Health(StrEnum):
    """How one check came out."""

    GOOD = "good"
    NOTE = "note"  # works, but somebody should know
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """What one check found; `advice` says what to do. Both are message ids with places."""

    check: str
    health: Health
    fact: str
    advice: str = ""
    places: tuple[tuple[str, Any], ...] = ()


def _found(check: str, health: Health, fact: str, advice: str = "", **places: Any) -> Finding:
    return Finding(check, health, fact, advice, tuple(places.items()))


def examine(config: dict[str, Any]) -> list[Finding]:
    """Run every check. None of them changes anything or raises."""
    checks: tuple[Callable[[dict[str, Any]], Iterator[Finding]], ...] = (
        _folder,
        _database,
        _migrations,
        _libraries,
        _fonts,
        _regions,
        _mail,
        _seal,
        _worker,
        _clock,
    )
    return [finding for check in checks for finding in check(config)]


def _folder(config: dict[str, Any]) -> Iterator[Finding]:
    home: Path = config["SIGNING_DAY_HOME"]
    try:
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError:
        yield _found(
            "folder",
            Health.BAD,
            N_("The data folder %(home)s cannot be written."),
            N_("Give it to the user that runs web and worker."),
            home=home,
        )
        return
    free = shutil.disk_usage(home).free
    if free < _LEAST_FREE:
        yield _found(
            "folder",
            Health.BAD,
            N_("Only %(mb)s MB are free on the disk of the data folder."),
            N_("Make room: below 500 MB uploads and backups fail."),
            mb=free // 1024 // 1024,
        )
    else:
        yield _found("folder", Health.GOOD, N_("The data folder %(home)s can be written."), home=home)


def _database(config: dict[str, Any]) -> Iterator[Finding]:
    name = db.engine.dialect.name
    try:
        with db.engine.connect() as connection:
            if name == "sqlite":
                mode = connection.scalar(text("PRAGMA journal_mode"))
                if str(mode).lower() != "wal":
                    yield _found(
                        "database",
                        Health.BAD,
                        N_("SQLite is not in WAL mode but in %(mode)s."),
                        N_("Put the data folder on a local disk: network folders do not carry WAL."),
                        mode=mode,
                    )
                    return
            else:
                connection.execute(select(1))
    except SQLAlchemyError as error:
        yield _found(
            "database",
            Health.BAD,
            N_("The database does not answer (%(why)s)."),
            N_("Check DATABASE_URL and whether the server runs."),
            why=type(error).__name__,
        )
        return
    yield _found("database", Health.GOOD, N_("The database (%(name)s) answers."), name=name)


def _migrations(config: dict[str, Any]) -> Iterator[Finding]:
    alembic = Config()
    alembic.set_main_option("script_location", str(Path(__file__).parent.parent / "migrations"))
    head = ScriptDirectory.from_config(alembic).get_current_head()
    try:
        with db.engine.connect() as connection:
            here = connection.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        here = None
    if here == head:
        yield _found("migrations", Health.GOOD, N_("The schema is up to date (%(revision)s)."), revision=head)
    else:
        yield _found(
            "migrations",
            Health.BAD,
            N_("The schema stands at %(here)s, the program needs %(head)s."),
            N_("Run: flask --app app db upgrade"),
            here=here or "–",
            head=head,
        )


def _libraries(config: dict[str, Any]) -> Iterator[Finding]:
    missing = [name for name in _LIBRARIES if ctypes.util.find_library(name) is None]
    if missing:
        yield _found(
            "libraries",
            Health.BAD,
            N_("System libraries are missing: %(names)s."),
            N_("Run: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
            names=", ".join(missing),
        )
    else:
        yield _found("libraries", Health.GOOD, N_("The libraries for PDF files are there."))


def _fonts(config: dict[str, Any]) -> Iterator[Finding]:
    if fonts.missing_weights():
        yield _found(
            "fonts",
            Health.BAD,
            N_("The Chinese font is missing."),
            N_("Run: make setup"),
        )
    else:
        yield _found("fonts", Health.GOOD, N_("The Chinese font is there."))


def _regions(config: dict[str, Any]) -> Iterator[Finding]:
    try:
        with db.engine.connect() as connection:
            known = connection.scalar(select(func.count(Region.id)).where(Region.level == RegionLevel.CITY))
    except SQLAlchemyError:
        return  # the database or its schema has been found wanting above
    if known:
        yield _found("regions", Health.GOOD, N_("The list of regions is there (%(count)s cities)."), count=known)
        return
    yield _found(
        "regions",
        Health.NOTE,
        N_("No provinces and cities are on record: no territory can be given to a dealer."),
        N_("Run: flask --app app regions load"),
    )


def _mail(config: dict[str, Any]) -> Iterator[Finding]:
    server = config["MAIL_SERVER"]
    if not server:
        yield _found(
            "mail",
            Health.NOTE,
            N_("No mail server is set: messages are kept in the outbox."),
            N_("Set MAIL_SERVER when messages should really go out."),
        )
        return
    try:
        with socket.create_connection((server, config["MAIL_PORT"]), timeout=5):
            yield _found("mail", Health.GOOD, N_("The mail server answers."))
    except OSError as error:
        yield _found(
            "mail",
            Health.BAD,
            N_("The mail server does not answer (%(why)s)."),
            N_("Check MAIL_SERVER, MAIL_PORT and the firewall."),
            why=type(error).__name__,
        )


def _seal(config: dict[str, Any]) -> Iterator[Finding]:
    own = bool(config["SEAL_CERTIFICATE"])
    if not own and not certificate.place(config).exists():
        yield _found(
            "seal",
            Health.NOTE,
            N_("No certificate is set: the first seal will make one for trials, which is not from a licensed CA."),
            N_("Set SEAL_CERTIFICATE before contracts are signed in earnest."),
        )
        return
    try:
        found = certificate.ours(config).certificate
        found.check_valid(clock.now())
    except SealingError as error:
        advice = N_("See docs/sealing.md. Until then no contract can be sealed.")
        yield _found("seal", Health.BAD, error.sentence, advice, **error.facts)
        return
    yield _sealing_as(found, found.days_left(clock.now()))


def _sealing_as(found: certificate.Certificate, days: int) -> Finding:
    if days < _DAYS_WARNED:
        return _found(
            "seal",
            Health.NOTE,
            N_("The company's certificate expires in %(days)s days."),
            N_("Get a new one now: seals made before it expires stay valid."),
            days=days,
        )
    if found.is_trial:
        return _found(
            "seal",
            Health.NOTE,
            N_("Seals are made with a certificate for trials (%(days)s days left), which is not from a licensed CA."),
            N_("Set SEAL_CERTIFICATE before contracts are signed in earnest."),
            days=days,
        )
    fact = N_("The company's certificate (%(name)s) is good for %(days)s days.")
    return _found("seal", Health.GOOD, fact, name=found.name, days=days)


def _worker(config: dict[str, Any]) -> Iterator[Finding]:
    try:
        running = heartbeat.is_worker_running()
        db.session.rollback()
    except SQLAlchemyError:
        return  # the database has been found wanting above
    if running:
        yield _found("worker", Health.GOOD, N_("A worker is running."))
        return
    yield _found(
        "worker",
        Health.NOTE,
        N_("No worker is running: messages, imports and the scheduler wait."),
        N_("Run: flask --app app worker"),
    )


def _clock(config: dict[str, Any]) -> Iterator[Finding]:
    try:
        ZoneInfo("Asia/Shanghai")
    except ZoneInfoNotFoundError:
        yield _found("clock", Health.BAD, N_("Time zones are missing."), N_("Run: pip install tzdata"))
        return
    off = _off_by()
    if off is not None and off > timedelta(seconds=30):
        yield _found(
            "clock",
            Health.BAD,
            N_("This machine's clock and the database's differ by %(seconds)s seconds."),
            N_("Let both follow a time server (NTP)."),
            seconds=round(off.total_seconds()),
        )
    elif clock.now().year < 2026:
        yield _found("clock", Health.BAD, N_("The clock is wrong."), N_("Let it follow a time server (NTP)."))
    else:
        yield _found("clock", Health.GOOD, N_("The clock is right, as far as can be told from here."))


def _off_by() -> timedelta | None:
    """How far the database's clock is from ours; SQLite has none of its own."""
    if db.engine.dialect.name == "sqlite":
        return None
    try:
        with db.engine.connect() as connection:
            theirs = connection.scalar(text("SELECT clock_timestamp()"))
    except SQLAlchemyError:
        return None
    return abs(theirs - datetime.now(UTC)) if isinstance(theirs, datetime) else None


def is_well(findings: list[Finding]) -> bool:
    """Tell whether nothing is bad."""
    return all(finding.health is not Health.BAD for finding in findings)
