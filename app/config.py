"""Every setting, once, read from the environment; `docs/settings.md` lists them and a test keeps it complete."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any


def _flag(text: str) -> bool:
    return text.strip().lower() in {"1", "true", "yes", "on"}


def _numbers(text: str) -> list[int]:
    return sorted({int(word) for word in text.split()}, reverse=True)


def _words(text: str) -> list[str]:
    return text.split()


@dataclass(frozen=True)
class Setting:
    """One setting: its name in the environment, what it is without one, and what it means."""

    name: str
    default: str
    meaning: str
    read: Callable[[str], Any] = str


SETTINGS = (
    Setting("SIGNING_DAY_HOME", "./data", "Folder of the database, uploaded files and the generated secret key."),
    Setting(
        "DATABASE_URL",
        "",
        "Database. Empty: SQLite in the data folder. PostgreSQL: `postgresql://user:password@host/name`.",
    ),
    Setting(
        "SECRET_KEY",
        "",
        "Signs sessions and forms. Empty: generated once into the data folder. Set it when several machines serve.",
    ),
    Setting(
        "PUBLIC_URL",
        "http://localhost:8000",
        "Address that guests reach, used in messages and QR codes. With `https://` cookies become secure-only.",
    ),
    Setting("COMPANY_NAME", "Signing Day", "Shown on the sign-in page and as the sender's name."),
    Setting(
        "COMPANY_LEGAL_NAME",
        "",
        "The company's full name as it stands in contracts. Empty: the event's organizer, else `COMPANY_NAME`.",
    ),
    Setting("COMPANY_ADDRESS", "", "Its registered address, for contracts. Empty: left out."),
    Setting("COMPANY_CREDIT_CODE", "", "Its unified social credit code, for contracts. Empty: left out."),
    Setting("COMPANY_REPRESENTATIVE", "", "Its legal representative, for contracts. Empty: left out."),
    Setting("DEFAULT_LOCALE", "zh_CN", "Language when neither the account nor the browser asks for one of ours."),
    Setting(
        "TRUSTED_PROXIES",
        "0",
        "How many reverse proxies stand in front (their X-Forwarded headers are believed).",
        int,
    ),
    Setting("MAIL_SERVER", "", "SMTP server. Empty: mail is kept in the outbox and can be read there."),
    Setting("MAIL_PORT", "25", "Port of the SMTP server.", int),
    Setting("MAIL_USERNAME", "", "User of the SMTP server, where it wants one."),
    Setting("MAIL_PASSWORD", "", "Password for it."),
    Setting("MAIL_USE_TLS", "0", "STARTTLS.", _flag),
    Setting("MAIL_USE_SSL", "0", "TLS from the first byte.", _flag),
    Setting("MAIL_SENDER", "signing-day@localhost", "Sender's address of all mail."),
    Setting("MAIL_TIMEOUT", "20", "Seconds the SMTP server may take for one step.", int),
    Setting(
        "SMS_URL",
        "",
        "Apprise address of the SMS gateway; the guest's number is appended. Empty: SMS are kept.",
    ),
    Setting(
        "ROBOT_URLS",
        "",
        "Apprise addresses of WeCom, DingTalk or Feishu group robots, blank-separated.",
        _words,
    ),
    Setting("MAX_UPLOAD_MB", "12", "Largest upload in MiB.", int),
    Setting("SESSION_HOURS", "12", "A sign-in ends after so many hours.", int),
    Setting(
        "RATELIMIT_STORAGE_URI",
        "memory://",
        "Where rate limits are counted; several processes want one `redis://`.",
    ),
    Setting("RATE_LOGIN", "10 per minute", "Sign-in tries from one address."),
    Setting("RATE_PUBLIC", "300 per minute", "Requests from one address to guests' pages."),
    Setting(
        "CONTRACT_NUMBER_FORMAT",
        "{kind}-{year}-{number:05d}",
        "How contracts are numbered. `{kind}` is JX, YX, SX or BC; each kind counts by itself in a year.",
    ),
    Setting("APPROVAL_HOURS", "4", "An approval that waits longer than so many hours is an alarm.", int),
    Setting(
        "CONTRACT_ALARM_DAYS",
        "90 30",
        "So many days before a contract ends, rep and contract administrators are told, each time once.",
        _numbers,
    ),
    Setting(
        "CONTRACT_RETENTION_YEARS",
        "10",
        "A filed contract is kept so many years after its last day; nothing of it can be destroyed before.",
        int,
    ),
    Setting("WORKER_THREADS", "2", "Threads of the worker.", int),
    Setting("LOG_LEVEL", "INFO", "Least level that is logged."),
    Setting("LOG_JSON", "1", "One JSON object a line; 0 for reading by eye.", _flag),
    Setting(
        "SEAL_CERTIFICATE",
        "",
        "File of the company's certificate with its key (PKCS#12). Empty: a self-made one, for trials only.",
    ),
    Setting("SEAL_PASSWORD", "", "Password of that file."),
    Setting("SEAL_TIMESTAMP_URL", "", "Timestamp server (RFC 3161) asked at each sealing. Empty: none."),
    Setting("SEAL_TIMESTAMP_SECONDS", "10", "Seconds the timestamp server may take.", float),
    Setting(
        "SEAL_TIMESTAMP_REQUIRED",
        "1",
        "Nothing is sealed while the timestamp server does not answer; 0: sealed without a timestamp then.",
        _flag,
    ),
    Setting("SIGN_SERVICE_URL", "", "Licensed signing service for the way “service”. Empty: that way is not offered."),
    Setting("SIGN_SERVICE_KEY", "", "Our key id there."),
    Setting("SIGN_SERVICE_SECRET", "", "The secret that signs calls in both directions."),
    Setting("SIGN_SERVICE_SECONDS", "20", "Seconds the signing service may take for one answer.", float),
    Setting("EXTRA_FONTS", "", "Folder with further fonts, for rare characters in names."),
    Setting(
        "DEMO_LOGINS",
        "1",
        "Show the sample logins on the sign-in page while the sample company exists.",
        _flag,
    ),
)


def load(environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the whole configuration of the application, read from the environment."""
    environment = os.environ if environment is None else environment
    values = {setting.name: setting.read(environment.get(setting.name) or setting.default) for setting in SETTINGS}
    home = Path(values["SIGNING_DAY_HOME"]).resolve()
    home.mkdir(parents=True, exist_ok=True)
    secure = values["PUBLIC_URL"].startswith("https://")
    values.update(
        SIGNING_DAY_HOME=home,
        PUBLIC_URL=values["PUBLIC_URL"].rstrip("/"),
        SECRET_KEY=values["SECRET_KEY"] or _kept_secret(home / "secret.key"),
        SQLALCHEMY_DATABASE_URI=_database(values["DATABASE_URL"], home),
        MAX_CONTENT_LENGTH=values["MAX_UPLOAD_MB"] * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAIL_DEFAULT_SENDER=(values["COMPANY_NAME"], values["MAIL_SENDER"]),
        SESSION_COOKIE_NAME="__Host-signing_day" if secure else "signing_day",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=values["SESSION_HOURS"]),
        WTF_CSRF_SSL_STRICT=False,  # guests' pages send no referrer on purpose; the token alone must do
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form left open over lunch still works
        BABEL_DEFAULT_LOCALE=values["DEFAULT_LOCALE"],
        RATELIMIT_HEADERS_ENABLED=True,
    )
    return values


def _database(url: str, home: Path) -> str:
    if not url:
        return f"sqlite:///{home / 'signing-day.sqlite'}"
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _kept_secret(path: Path) -> str:
    """Read the generated key, or make it: exclusively, since web and worker start at the same moment."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
    return path.read_text().strip()
