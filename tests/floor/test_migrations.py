"""What the migrations build is what the models say, on both databases, and they can be undone."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from app.extensions import db
from app.models import Amount, Base
from tests import postgres
from tests.conftest import make_app


def compare_type(context, column, model_column, database_type, model_type):
    """A sum is a whole number on SQLite."""
    return False if isinstance(model_type, Amount) else None


def test_models_equal_migrations(app):
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": compare_type})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_can_be_undone_and_done_again(engine, tmp_path):
    url = "" if engine == "sqlite" else postgres.create_database("undone")
    app = make_app(tmp_path, url)
    with app.app_context():
        upgrade()
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        assert "invitations" in inspect(db.engine).get_table_names()
        db.session.remove()
        db.engine.dispose()
    if engine == "postgresql":
        postgres.drop_database("undone")
