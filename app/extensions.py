"""The extensions, created here and bound to the application in `create_app`."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_mail import Mail
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, event

from app.models import Base

db = SQLAlchemy(metadata=Base.metadata, disable_autonaming=True, session_options={"autoflush": True})
migrate = Migrate()
babel = Babel()
csrf = CSRFProtect()
login_manager = LoginManager()
limiter = Limiter(get_remote_address)
mail = Mail()

# SQLite takes its write lock when a transaction first writes. Two that have both read and then want to write would
# fail at once instead of waiting, so whoever may write says BEGIN IMMEDIATE and queues at the start. Only requests
# that promise to read (GET, HEAD) turn this off.
_writes: ContextVar[bool] = ContextVar("writes", default=True)


def expect_reading_only() -> None:
    """Let transactions of this context begin without the write lock."""
    _writes.set(False)


def expect_writing() -> None:
    """Let transactions of this context begin with the write lock, as is the default."""
    _writes.set(True)


@contextmanager
def reading_only() -> Iterator[None]:
    """Let transactions that begin in this block wait for nobody."""
    token = _writes.set(False)
    try:
        yield
    finally:
        _writes.reset(token)


def prepare_sqlite(engine: Engine) -> None:
    """Give every connection of a SQLite engine our settings. WAL lets readers go on while one writes."""

    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=15000"):
            connection.execute(f"PRAGMA {pragma}")

    def began(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes.get() else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", began)
