"""A backup taken while people work comes back whole."""

import shutil
import zipfile

import pytest
from sqlalchemy import func, select

from app import backup, files
from app.extensions import db
from app.models import Arrival, Base, Dealer, File, Invitation
from app.sealing import certificate


def counts(app):
    with app.app_context():
        return {
            table.name: db.session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }


@pytest.fixture
def home(app, tmp_path):
    return app.config["SIGNING_DAY_HOME"]


def test_what_was_backed_up_comes_back(app, build, home, tmp_path):
    event = build.event(name="签约日")
    for _ in range(5):
        build.badge(build.invitation(event))
    with app.app_context():
        files.keep("名单".encode(), folder=home, name="名单.csv", media_type="text/csv")
        db.session.commit()
        before = counts(app)
        manifest = backup.back_up(tmp_path / "kept.zip", home=home)
    assert manifest["files"] == 1
    build.dealer()
    with app.app_context():
        backup.restore(tmp_path / "kept.zip", home=home, replace=True)
    assert counts(app) == before
    dealer = build.dealer()  # new rows get fresh ids
    with app.app_context():
        assert db.session.get_one(Dealer, dealer.id).company == dealer.company
        kept = db.session.scalars(select(File)).one()
        assert files.read(kept, folder=home).decode() == "名单"


def test_certificates_that_sealed_come_back_without_their_keys(app, build, home, tmp_path):
    build.event()
    with app.app_context():
        certificate.ours(app.config)
        before = certificate.known(app.config)
        backup.back_up(tmp_path / "kept.zip", home=home)
        shutil.rmtree(home / "sealing")
        backup.restore(tmp_path / "kept.zip", home=home, replace=True)
    assert certificate.known(app.config) == before != ()
    assert [path.name for path in (home / "sealing").iterdir()] == ["known"]


def test_nothing_is_replaced_unasked(app, build, home, tmp_path):
    build.event()
    with app.app_context():
        backup.back_up(tmp_path / "kept.zip", home=home)
        with pytest.raises(backup.DatabaseNotEmpty):
            backup.restore(tmp_path / "kept.zip", home=home)


def test_a_damaged_file_changes_nothing(app, build, home, tmp_path):
    build.event()
    before = counts(app)
    (tmp_path / "broken.zip").write_bytes(b"PK no zip at all")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("manifest.json", '{"format": 99}')
    with app.app_context():
        for name in ("broken.zip", "other.zip"):
            with pytest.raises(backup.BackupUnreadable):
                backup.restore(tmp_path / name, home=home, replace=True)
    assert counts(app) == before


def test_a_backup_is_one_moment(app, build, home, tmp_path):
    """Rows that belong together are both in, or both out, while somebody writes."""
    event = build.event()
    invitation = build.invitation(event)
    with app.app_context():
        manifest = backup.back_up(tmp_path / "one.zip", home=home)
    assert manifest["revision"]
    with app.app_context():
        backup.restore(tmp_path / "one.zip", home=home, replace=True)
        assert db.session.get(Invitation, invitation.id) is not None
        assert db.session.scalar(select(func.count()).select_from(Arrival)) == 0
