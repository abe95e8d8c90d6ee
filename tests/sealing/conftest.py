"""A contract, a certificate of its own kind for each need, and a timestamp server on loopback."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app import pdf
from app.sealing import certificate
from app.sealing.sealer import Box, seal
from tests.sealing.authority import Authority

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
BOX = Box(page=-1, x=60, y=60, width=200, height=60)


def apart(work: Callable[..., Any], *arguments: Any) -> Any:
    """What pyHanko answers in a thread of its own: Playwright leaves a loop running in a process it was used in."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work, *arguments).result()


def config(home: Path, **changes: Any) -> dict[str, Any]:
    return {
        "SIGNING_DAY_HOME": home,
        "COMPANY_NAME": "北辰厨卫有限公司",
        "SEAL_CERTIFICATE": "",
        "SEAL_PASSWORD": "",
        "SEAL_TIMESTAMP_URL": "",
        "SEAL_TIMESTAMP_SECONDS": 2.0,
        "SEAL_TIMESTAMP_REQUIRED": True,
    } | changes


def contract_html(number: str = "BC-2026-0007", pages: int = 3) -> str:
    text = "<p>甲方授权乙方在本合同约定的区域内独家销售产品。The dealer pays on time.</p>" * 12
    sections = "".join(
        f"<section style='break-after: page'><h1>第 {n} 条 {number}</h1>{text}</section>" for n in range(1, pages + 1)
    )
    return f"<html lang='zh'><head><title>{number}</title></head><body>{sections}</body></html>"


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="session")
def contract() -> bytes:
    return pdf.render(contract_html(), archival=True)


@pytest.fixture(scope="session")
def other_contract() -> bytes:
    return pdf.render(contract_html("BC-2026-0008"), archival=True)


@pytest.fixture(scope="session")
def key(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> certificate.SealingKey:
    """The company's own certificate, issued by an authority, as a PKCS#12 file with a password."""
    folder = tmp_path_factory.mktemp("key")
    path = authority.pkcs12(folder / "own.p12", "secret", AT - timedelta(days=10), AT + timedelta(days=355))
    return certificate.ours(config(folder, SEAL_CERTIFICATE=str(path), SEAL_PASSWORD="secret"))


@pytest.fixture(scope="session")
def sealed(contract: bytes, key: certificate.SealingKey) -> bytes:
    lines = ["电子签章 Digitally sealed", "北辰厨卫有限公司", "2026-11-24 17:30", "BC-2026-0007"]
    return seal(contract, key=key, at=AT, reason="合同签章", location="杭州", box=BOX, lines=lines).pdf


@pytest.fixture(scope="session")
def other_sealed(other_contract: bytes, key: certificate.SealingKey) -> bytes:
    return seal(other_contract, key=key, at=AT).pdf
