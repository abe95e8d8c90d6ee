"""Timestamps from a server that speaks RFC 3161 on loopback, and from servers that do not do as they should."""

import shutil
import subprocess

import pytest
from asn1crypto import cms, tsp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.sealing import timestamps
from app.sealing.errors import TimestampRefused, TimestampUnavailable
from app.sealing.sealer import seal
from app.sealing.timestamps import Server
from app.sealing.verifier import Verdict, verify
from tests.sealing.authority import served, truthful
from tests.sealing.conftest import AT, BOX, config
from tests.sealing.test_seal import judged
from tests.sealing.test_verify import gap


@pytest.fixture(scope="session")
def stamper(authority):
    return authority.timestamper()


@pytest.fixture(scope="session")
def stamped(contract, key, stamper):
    with served(truthful(stamper)) as url:
        return seal(contract, key=key, at=AT, box=BOX, server=Server(url))


def test_the_timestamp_is_in_the_seal(stamped, key, authority):
    assert stamped.timestamp.by == "Test Timestamps 时间戳"
    found = verify(stamped.pdf, [key.certificate])
    assert found.verdict is Verdict.UNCHANGED
    assert found.seal is not None
    assert found.seal.timestamp == stamped.timestamp
    assert found.seal.at == AT
    status = judged(stamped.pdf, authority)
    assert status.timestamp_validity.valid


def test_poppler_accepts_it(stamped, tmp_path):
    assert shutil.which("pdfsig"), "set-up brings poppler-utils"
    (tmp_path / "sealed.pdf").write_bytes(stamped.pdf)
    said = subprocess.check_output(["pdfsig", "-nocert", "sealed.pdf"], cwd=tmp_path, text=True)
    assert "Signature is Valid." in said


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(0, 1, exclude_max=True), st.integers(0, 3))
def test_a_changed_bit_in_the_timestamp_is_found(stamped, key, where, bit):
    start, end = gap(stamped.pdf)
    used = len(stamped.pdf[start + 1 : end - 1].rstrip(b"0"))
    at = start + 1 + int(where * used)
    digit = f"{int(stamped.pdf[at : at + 1], 16) ^ 1 << bit:X}".encode()
    data = stamped.pdf[:at] + digit + stamped.pdf[at + 1 :]
    assert verify(data, [key.certificate]).verdict is Verdict.CHANGED


def test_a_token_of_another_signature_does_not_hold(stamper):
    with served(truthful(stamper)) as url:
        token = timestamps.ask(Server(url), b"one signature")
    assert timestamps.read(token, b"one signature") is not None
    assert timestamps.read(token, b"another") is None


def test_what_a_token_does_not_vouch_for_is_left_out(stamper):
    """Unsigned attributes and a certificate of nobody's could be changed by anybody."""

    def loose(body):
        answer = stamper.request_tsa_response(tsp.TimeStampReq.load(body))
        (info,) = answer["time_stamp_token"]["content"]["signer_infos"]
        info["unsigned_attrs"] = cms.CMSAttributes([{"type": "1.2.3.4", "values": [cms.OctetString(b"x")]}])
        return answer.dump()

    with served(loose) as url:
        token = timestamps.ask(Server(url), b"signature")
    (info,) = cms.ContentInfo.load(token)["content"]["signer_infos"]
    assert not info["unsigned_attrs"]


def test_a_silent_server_stops_the_sealing(contract, key, stamper):
    with served(truthful(stamper), wait=1) as url, pytest.raises(TimestampUnavailable):
        seal(contract, key=key, at=AT, server=Server(url, seconds=0.2))
    with served(truthful(stamper)) as url:
        gone = url
    with pytest.raises(TimestampUnavailable):
        seal(contract, key=key, at=AT, server=Server(gone, seconds=0.2))


def test_where_it_is_not_required_the_seal_goes_without(contract, key, stamper):
    with served(truthful(stamper), wait=1) as url:
        made = seal(contract, key=key, at=AT, server=Server(url, seconds=0.2, required=False))
    assert made.timestamp is None
    assert verify(made.pdf, [key.certificate]).verdict is Verdict.UNCHANGED


@pytest.mark.parametrize(("status", "error"), [(503, TimestampUnavailable), (403, TimestampRefused)])
def test_an_answer_of_an_error(contract, key, status, error):
    with served(lambda _: b"", status=status) as url, pytest.raises(error):
        seal(contract, key=key, at=AT, server=Server(url))


def refusal(body):
    return bytes.fromhex("3005 3003 020102")  # a status of 2, "rejection", and nothing else


@pytest.mark.parametrize(
    "answer", [refusal, lambda _: b"<html>", lambda _: b"", lambda _: bytes(100_000)], ids=range(4)
)
def test_an_answer_that_is_no_token(contract, key, answer):
    with served(answer) as url, pytest.raises(TimestampRefused):
        seal(contract, key=key, at=AT, server=Server(url))


def test_a_replayed_answer_is_refused(contract, key, stamper):
    kept = []

    def replayed(body):
        kept.append(truthful(stamper)(body))
        return kept[0]

    with served(replayed) as url:
        seal(contract, key=key, at=AT, server=Server(url))
        with pytest.raises(TimestampRefused):
            seal(contract, key=key, at=AT, server=Server(url))


def test_an_answer_with_a_broken_signature_is_refused(contract, key, stamper):
    def broken(body):
        answer = stamper.request_tsa_response(tsp.TimeStampReq.load(body))
        (info,) = answer["time_stamp_token"]["content"]["signer_infos"]
        info["signature"] = bytes(256)
        return answer.dump(force=True)

    with served(broken) as url, pytest.raises(TimestampRefused):
        seal(contract, key=key, at=AT, server=Server(url))


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/", "nonsense"])
def test_only_http_is_spoken(url):
    with pytest.raises(TimestampUnavailable):
        timestamps.ask(Server(url), b"x")


def test_the_settings(tmp_path):
    assert timestamps.server(config(tmp_path)) is None
    found = timestamps.server(
        config(tmp_path, SEAL_TIMESTAMP_URL="http://u:p@127.0.0.1/", SEAL_TIMESTAMP_REQUIRED=False)
    )
    assert found is not None
    assert (found.seconds, found.required) == (2.0, False)
    assert "p@" not in repr(found)
