"""One file with the database and the stored files, taken while the application runs.

The archive is a zip: `manifest.json`, the database (`database.sqlite`, or one `tables/<name>.copy` a table in
PostgreSQL's own COPY format), and `files/…` as they lie in the data folder. The database is read in one snapshot.
Stored files are never changed and are written before the row that names them, so copying them after the snapshot
leaves none out.
"""

import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from psycopg import Connection, sql
from sqlalchemy import inspect, text

from app import clock
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Base

FORMAT = 1
_BLOCK = 1024 * 1024


class BackupUnreadable(SigningDayError):
    """The file is not one of our backups, or it is damaged."""

    code = "backup_unreadable"
    sentence = N_("%(file)s is not a backup of Signing Day, or it is damaged.")


class BackupOfOtherDatabase(SigningDayError):
    """A backup of SQLite cannot be put into PostgreSQL, nor the other way round."""

    code = "backup_of_other_database"
    sentence = N_("This backup was made from %(made)s and cannot be restored into %(here)s.")


class DatabaseNotEmpty(SigningDayError):
    """Restoring replaces everything, so it must be asked for."""

    code = "database_not_empty"
    sentence = N_("There is data here already. Say --replace to replace all of it.")


def back_up(target: Path, *, home: Path) -> dict[str, Any]:
    """Write a backup and return its manifest. A half-written file never gets the name asked for."""
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "made_at": clock.now().isoformat(),
        "database": db.engine.dialect.name,
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=".backup-")
    os.close(descriptor)
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            write = _write_sqlite if manifest["database"] == "sqlite" else _write_postgresql
            manifest |= write(archive)
            manifest["files"] = _write_files(archive, home)
            archive.writestr("manifest.json", json.dumps(manifest, indent=1))
        Path(temporary).replace(target)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return manifest


def restore(source: Path, *, home: Path, replace: bool = False) -> dict[str, Any]:
    """Put a backup back, bring its schema up to date, and return its manifest.

    Web and worker must be stopped. Raises DatabaseNotEmpty unless the database is empty or `replace` is said.
    """
    try:
        archive = zipfile.ZipFile(source)
        manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
        broken = archive.testzip()
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise BackupUnreadable(file=source.name) from error
    if broken or manifest.get("format") != FORMAT:
        raise BackupUnreadable(file=source.name)
    if manifest["database"] != db.engine.dialect.name:
        raise BackupOfOtherDatabase(made=manifest["database"], here=db.engine.dialect.name)
    if not replace and _has_data():
        raise DatabaseNotEmpty
    with archive:
        read = _read_sqlite if manifest["database"] == "sqlite" else _read_postgresql
        _read_files(archive, home)
        read(archive, manifest)
    upgrade()
    return manifest


def _has_data() -> bool:
    names = set(inspect(db.engine).get_table_names())
    with db.engine.connect() as connection:
        return any(
            connection.scalar(text(f'SELECT 1 FROM "{table.name}" LIMIT 1'))  # noqa: S608 - names of our own tables
            for table in Base.metadata.sorted_tables
            if table.name in names
        )


# -- SQLite


def _write_sqlite(archive: zipfile.ZipFile) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "database.sqlite"
        with closing(sqlite3.connect(str(db.engine.url.database))) as live, closing(sqlite3.connect(copy)) as kept:
            live.backup(kept)
            revision = kept.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        archive.write(copy, "database.sqlite")
    return {"revision": revision}


def _read_sqlite(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    place = str(db.engine.url.database)
    db.session.remove()
    db.engine.dispose()
    with tempfile.TemporaryDirectory() as folder:
        copy = archive.extract("database.sqlite", folder)
        with closing(sqlite3.connect(copy)) as kept, closing(sqlite3.connect(place)) as live:
            if kept.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise BackupUnreadable(file=str(archive.filename))
            kept.backup(live)


# -- PostgreSQL


@contextmanager
def _psycopg() -> Iterator[Connection[Any]]:
    """Lend the driver's own connection, for COPY; it is committed when the block ends well."""
    raw = db.engine.raw_connection()
    try:
        connection = raw.driver_connection
        assert isinstance(connection, Connection)
        yield connection
        connection.commit()
    finally:
        raw.close()


def _write_postgresql(archive: zipfile.ZipFile) -> dict[str, Any]:
    columns = {table.name: [column.name for column in table.columns] for table in Base.metadata.sorted_tables}
    with _psycopg() as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        for name, names in columns.items():
            with (
                connection.cursor().copy(_copy(name, names, "TO STDOUT")) as out,
                archive.open(f"tables/{name}.copy", "w", force_zip64=True) as file,
            ):
                for block in out:
                    file.write(block)
    return {"revision": row[0] if row else None, "columns": columns}


def _read_postgresql(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Empty the schema, build it as it was, fill it in the order in which the tables were written."""
    db.session.remove()
    with _psycopg() as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    db.engine.dispose()
    upgrade(revision=manifest["revision"])
    with _psycopg() as connection:
        for name, names in manifest["columns"].items():
            with (
                connection.cursor().copy(_copy(name, names, "FROM STDIN")) as into,
                archive.open(f"tables/{name}.copy") as file,
            ):
                while block := file.read(_BLOCK):
                    into.write(block)
            if "id" in names:
                _go_on_counting(connection, name)


def _copy(table: str, columns: list[str], direction: str) -> sql.Composed:
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) {}").format(sql.Identifier(table), listed, sql.SQL(direction))


def _go_on_counting(connection: Connection[Any], table: str) -> None:
    """New rows get ids after the highest that was restored; ids that others give us are not counted."""
    counted = connection.execute("SELECT pg_get_serial_sequence(%s, 'id')", (table,)).fetchone()
    if counted is None or counted[0] is None:
        return
    statement = sql.SQL("SELECT setval({}, (SELECT coalesce(max(id), 0) + 1 FROM {}), false)")
    connection.execute(statement.format(sql.Literal(counted[0]), sql.Identifier(table)))


# -- stored files


def _write_files(archive: zipfile.ZipFile, home: Path) -> int:
    count = 0
    for path in sorted((home / "files").glob("??/*")):
        if not path.name.startswith("tmp"):
            archive.write(path, f"files/{path.parent.name}/{path.name}")
            count += 1
    # Certificates that sealed here, without their keys: without them old seals would be called somebody else's.
    for path in sorted((home / "sealing" / "known").glob("*.pem")):
        archive.write(path, f"sealing/known/{path.name}")
    return count


def _is_ours(parts: tuple[str, ...]) -> bool:
    if len(parts) != 3:
        return False
    if parts[:2] == ("sealing", "known"):
        return parts[2].endswith(".pem") and parts[2].removesuffix(".pem").isalnum()
    return parts[0] == "files" and len(parts[1]) == 2 and parts[2].isalnum()


def _read_files(archive: zipfile.ZipFile, home: Path) -> None:
    """Put the files beside what is there: they lie under their SHA-256, so none can stand for another."""
    for name in archive.namelist():
        parts = Path(name).parts
        if not _is_ours(parts):
            continue
        target = home.joinpath(*parts)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))
