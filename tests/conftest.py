"""The tests' floor: each test gets an application on an empty database, once on SQLite and once on PostgreSQL.

The empty database is migrated once a run. SQLite is restored from it by sqlite3's backup, PostgreSQL is
emptied. No application context is held open around requests: a request has its own session, as in life.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import text

from app import clock, create_app, journal
from app.extensions import db, limiter
from app.models import Base
from scripts.translations import compile_
from tests import postgres
from tests.build import Builder

ENGINES = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only", choices=ENGINES, help="run database tests on this one only, while working")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        compile_()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        only = metafunc.config.getoption("--only")
        engines = [only] if only else list(ENGINES)
        metafunc.parametrize("engine", engines, scope="session", indirect=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI nothing is skipped: a skip there means that something the project should bring is missing."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


def _settings(home: Path, url: str) -> dict[str, str]:
    return {
        "SIGNING_DAY_HOME": str(home),
        "DATABASE_URL": url,
        "SECRET_KEY": "only for tests",
        "PUBLIC_URL": "http://localhost",
        "LOG_LEVEL": "ERROR",
        "DEFAULT_LOCALE": "en",
    }


def make_app(home: Path, url: str = "", **overrides: object) -> Flask:
    """Build an application for a test; forms are sent without CSRF tokens unless a test says otherwise."""
    return create_app(
        _settings(home, url),
        TESTING=True,
        WTF_CSRF_ENABLED=overrides.pop("csrf", False),
        RATELIMIT_ENABLED=overrides.pop("limits", False),
        **overrides,
    )


def _migrate(app: Flask) -> None:
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()  # PostgreSQL copies a database only while nobody uses it


@pytest.fixture(scope="session")
def template_home() -> Iterator[Path]:
    """A data folder with an empty, migrated SQLite database."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _migrate(make_app(home))
        yield home


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def database_app(engine: str, template_home: Path) -> Iterator[Flask]:
    """The application of this worker and database, made once a run."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        if engine == "sqlite":
            yield make_app(home)
            return
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        template = postgres.template_database("empty", lambda url: _migrate(make_app(home, url)))
        url = postgres.create_database(f"test_{worker}", template)
        app = make_app(home, url)
        yield app
        with app.app_context():
            db.engine.dispose()
        postgres.drop_database(f"test_{worker}")


@pytest.fixture(autouse=True)
def _clock_goes_on() -> Iterator[None]:
    """A test that leaves the clock stopped would make others fail that have nothing to do with it."""
    yield
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.fixture
def app(database_app: Flask, engine: str, template_home: Path) -> Flask:
    """The application without rows or files. Whoever acted in the last test's requests is forgotten."""
    journal.act_as(journal.Actor("system"))
    shutil.rmtree(database_app.config["SIGNING_DAY_HOME"] / "files", ignore_errors=True)
    with database_app.app_context():
        if engine == "sqlite":
            restore(template_home / "signing-day.sqlite")
        else:
            _empty()
    if limiter.enabled:
        limiter.reset()
    return database_app


def restore(template: Path) -> None:
    """Make the current application's SQLite database a copy of this one."""
    with closing(sqlite3.connect(template)) as source, db.engine.connect() as connection:
        target = connection.connection.driver_connection
        assert isinstance(target, sqlite3.Connection)
        source.backup(target)


def _empty() -> None:
    """Delete everything and count from one again, in one round trip: half the time that TRUNCATE takes."""
    tables = list(reversed(Base.metadata.sorted_tables))
    words = [f'DELETE FROM "{table.name}"' for table in tables]
    words += [
        f"SELECT setval('{table.name}_id_seq', 1, false)" for table in tables if table.autoincrement_column is not None
    ]
    with db.engine.begin() as connection:
        connection.execute(text("; ".join(words)))


@pytest.fixture
def build(app: Flask) -> Builder:
    """Makes rows: `build.user(...)`, `build.event(...)`; each call commits and returns ids or plain values."""
    return Builder(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
