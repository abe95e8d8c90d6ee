"""What `flask doctor` says of the certificate."""

from datetime import timedelta

import pytest

from app import clock, doctor
from app.doctor import Health
from app.sealing import certificate
from tests.sealing.conftest import AT, config

DAY = timedelta(days=1)


def found(settings):
    with clock.stopped_at(AT):
        (finding,) = doctor._seal(settings)
    return finding


def test_without_a_certificate_none_is_made(tmp_path):
    assert found(config(tmp_path)).health is Health.NOTE
    assert not certificate.place(config(tmp_path)).exists()


def test_a_certificate_for_trials_is_noted(tmp_path):
    with clock.stopped_at(AT):
        certificate.ours(config(tmp_path))
    finding = found(config(tmp_path))
    assert finding.health is Health.NOTE
    assert dict(finding.places) == {"days": 1095}


@pytest.mark.parametrize(
    ("start", "end", "health"),
    [
        (AT - DAY, AT + 40 * DAY, Health.GOOD),
        (AT - DAY, AT + 20 * DAY, Health.NOTE),
        (AT - 9 * DAY, AT - DAY, Health.BAD),
        (AT + DAY, AT + 9 * DAY, Health.BAD),
    ],
)
def test_days_to_expiry(tmp_path, authority, start, end, health):
    path = authority.pkcs12(tmp_path / "own.p12", "", start, end)
    assert found(config(tmp_path, SEAL_CERTIFICATE=str(path))).health is health


def test_a_wrong_password_is_bad(tmp_path, authority):
    path = authority.pkcs12(tmp_path / "own.p12", "secret", AT - DAY, AT + 99 * DAY)
    finding = found(config(tmp_path, SEAL_CERTIFICATE=str(path), SEAL_PASSWORD="wrong"))
    assert finding.health is Health.BAD
    assert finding.fact % dict(finding.places)
