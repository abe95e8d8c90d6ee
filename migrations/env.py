"""Alembic's environment: our connection, and how our column types are written into a migration."""

from typing import Any

from alembic import context
from flask import current_app

from app.models import Amount, Base, Instant


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Write plain types, so that migrations never import the models."""
    if kind != "type":
        return False
    if isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, Amount):
        return 'sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite")'
    if type(item).__name__ == "Enum":
        return f"sa.String(length={item.length})"
    return False


def compare_type(_context: Any, _column: Any, _model_column: Any, database_type: Any, model_type: Any) -> bool | None:
    """Only our own types need help: they are what their plain type is."""
    if isinstance(model_type, Amount):
        return not ("INT" in str(database_type).upper() or "NUMERIC" in str(database_type).upper())
    return None


def no_empty_migration(_context: Any, _revision: Any, directives: list[Any]) -> None:
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []
        print("The models and the database are equal.")


def ours(_object: Any, name: str | None, kind: str, reflected: bool, _compare_to: Any) -> bool:
    """Leave Huey's own tables alone: on PostgreSQL the worker's queue lies beside ours."""
    return not (kind == "table" and reflected and (name or "").startswith("huey_"))


engine = current_app.extensions["migrate"].db.engine
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
        compare_type=compare_type,
        include_object=ours,
        process_revision_directives=no_empty_migration,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
