"""The company's certificate: its own or the self-made one, and everything that can be wrong with it."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

from app import clock
from app.sealing import certificate
from app.sealing.errors import (
    CertificateExpired,
    CertificateMissing,
    CertificateNotForSigning,
    CertificateNotYetValid,
    CertificateUnreadable,
    CertificateWithoutKey,
    CertificateWrongPassword,
)
from tests.sealing.authority import usage
from tests.sealing.conftest import AT, config

DAY = timedelta(days=1)


def own(path, password=""):
    return config(path.parent, SEAL_CERTIFICATE=str(path), SEAL_PASSWORD=password)


def test_the_trial_certificate_says_what_it_is(tmp_path):
    key = certificate.ours(config(tmp_path))
    assert key.certificate.is_trial
    assert key.certificate.organization == "北辰厨卫有限公司"
    assert "TRIAL" in key.certificate.name
    assert "not from a licensed CA" in key.certificate.leaf.subject.rfc4514_string().replace("\\", "")
    assert key.certificate.issuer == key.certificate.name
    assert certificate.known(config(tmp_path)) == (key.certificate,)


def test_the_trial_key_is_private_and_made_once(tmp_path):
    first = certificate.ours(config(tmp_path))
    path = certificate.place(config(tmp_path))
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0
    assert certificate.ours(config(tmp_path)).certificate == first.certificate
    assert [one.name for one in path.parent.iterdir() if one.name.startswith("tmp")] == []


def test_processes_that_come_at_once_get_the_same_one(tmp_path):
    settings = config(tmp_path) | {"SIGNING_DAY_HOME": str(tmp_path)}
    program = f"from app.sealing import certificate; print(certificate.ours({settings!r}).certificate.fingerprint)"
    children = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = {child.communicate()[0] for child in children}
    assert len(said) == 1
    assert said != {""}


@pytest.mark.parametrize("company", ["", " " * 50, "某" * 200, "A, Inc. + <x>\u0000"])
def test_any_company_name_will_do(tmp_path, company):
    assert certificate.ours(config(tmp_path, COMPANY_NAME=company)).certificate.is_trial


def test_an_own_certificate(key, authority):
    assert not key.certificate.is_trial
    assert key.certificate.chain == (authority.root,)
    assert key.certificate.issuer == "Test Root 测试根证书"
    assert key.certificate.days_left(AT) == 355
    assert key.certificate.days_left(key.certificate.not_after + DAY) == -1
    key.certificate.check_valid(AT)
    assert "private" not in repr(key)


def test_old_seals_stay_ours_after_a_new_certificate(tmp_path, authority):
    trial = certificate.ours(config(tmp_path)).certificate
    path = authority.pkcs12(tmp_path / "own.p12", "", AT - DAY, AT + DAY)
    new = certificate.ours(own(path)).certificate
    assert {one.fingerprint for one in certificate.known(config(tmp_path))} == {trial.fingerprint, new.fingerprint}


def test_a_file_replaced_is_read_anew(tmp_path, authority):
    path = authority.pkcs12(tmp_path / "own.p12", "", AT - DAY, AT + DAY)
    before = certificate.ours(own(path)).certificate
    authority.pkcs12(path, "", AT - DAY, AT + 2 * DAY)
    os.utime(path, ns=(1, 1))
    assert certificate.ours(own(path)).certificate != before


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CertificateMissing):
        certificate.ours(own(tmp_path / "none.p12"))
    with pytest.raises(CertificateMissing):
        certificate.ours(own(tmp_path))


@pytest.mark.parametrize("content", [b"", b"no certificate", bytes(3000), b"0\x82\xff\xff" + bytes(99)])
def test_a_file_of_another_kind(tmp_path, content):
    path = tmp_path / "own.p12"
    path.write_bytes(content)
    with pytest.raises(CertificateUnreadable):
        certificate.ours(own(path))


@pytest.mark.parametrize("password", ["", "wrong", "Secret", "密码"])
def test_a_wrong_password(tmp_path, authority, password):
    path = authority.pkcs12(tmp_path / "own.p12", "secret", AT - DAY, AT + DAY)
    with pytest.raises(CertificateWrongPassword):
        certificate.ours(own(path, password))
    assert certificate.ours(own(path, "secret")).certificate.chain == (authority.root,)


def test_a_certificate_without_its_key(tmp_path, authority):
    path = tmp_path / "own.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"x", None, authority.root, None, NoEncryption()))
    with pytest.raises(CertificateWithoutKey):
        certificate.ours(own(path))


def test_a_certificate_for_something_else(tmp_path, authority):
    path = authority.pkcs12(tmp_path / "own.p12", "", AT - DAY, AT + DAY, use=usage(key_encipherment=True))
    with pytest.raises(CertificateNotForSigning):
        certificate.ours(own(path))


@pytest.mark.parametrize("name", ["digital_signature", "content_commitment"])
def test_either_usage_allows_signing(tmp_path, authority, name):
    path = authority.pkcs12(tmp_path / "own.p12", "", AT - DAY, AT + DAY, use=usage(**{name: True}))
    assert certificate.ours(own(path)).certificate.not_after > AT


def test_a_clock_that_jumps(tmp_path):
    """Made while the clock stood wrong in 2030, the certificate is refused by today's clock, and loudly."""
    with clock.stopped_at(datetime(2030, 1, 1, tzinfo=UTC)):
        made = certificate.ours(config(tmp_path)).certificate
    with pytest.raises(CertificateNotYetValid):
        made.check_valid(AT)
    with pytest.raises(CertificateExpired):
        made.check_valid(datetime(2040, 1, 1, tzinfo=UTC))
    made.check_valid(made.not_before)
    made.check_valid(made.not_after)


def test_what_is_known_comes_back_when_it_was_lost(tmp_path):
    made = certificate.ours(config(tmp_path)).certificate
    (kept,) = (tmp_path / "sealing" / "known").iterdir()
    kept.write_text("damaged")
    assert certificate.known(config(tmp_path)) == ()
    kept.unlink()
    certificate.ours(config(tmp_path))
    assert certificate.known(config(tmp_path)) == (made,)
