"""CPU of a seal and of its verification, on a contract of twelve pages, with pyHanko's own check for comparison."""

import argparse
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from app import clock, pdf
from app.sealing import certificate
from app.sealing.sealer import Box, seal
from app.sealing.verifier import Verdict, verify

PARAGRAPH = "<p>甲方授权乙方在本合同约定的区域内独家销售产品，乙方应按期支付货款。The dealer pays on time.</p>"
LINES = ["电子签章 Digitally sealed", "北辰厨卫有限公司", "2026-11-24 17:30 Asia/Shanghai", "合同 BC-2026-0007"]


def contract(pages: int) -> bytes:
    """An archival PDF of so many pages."""
    sections = "".join(
        f"<section style='break-before: page'><h1>第 {number} 条</h1>{PARAGRAPH * 12}</section>"
        for number in range(1, pages + 1)
    )
    return pdf.render(f"<html lang='zh'><head><title>合同</title></head><body>{sections}</body></html>", archival=True)


def measured(what: Callable[[], Any], times: int) -> float:
    """Milliseconds of CPU each, the first time not counted."""
    what()
    began = time.process_time()
    for _ in range(times):
        what()
    return (time.process_time() - began) / times * 1000


def pyhankos(sealed: bytes, root: x509.Certificate) -> bool:
    """The verdict of pyHanko's validator on the same file."""
    context = ValidationContext(trust_roots=[root], allow_fetching=False)
    (signature,) = PdfFileReader(BytesIO(sealed)).embedded_signatures
    return bool(validate_pdf_signature(signature, context).bottom_line)


def main(words: list[str] | None = None) -> int:
    """Print a line for each size of contract."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.sealing", description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    times = parser.parse_args(words).times
    with tempfile.TemporaryDirectory() as home:
        key = certificate.ours(
            {"SIGNING_DAY_HOME": Path(home), "SEAL_CERTIFICATE": "", "SEAL_PASSWORD": "", "COMPANY_NAME": "北辰厨卫"}
        )
    root = x509.Certificate.load(key.certificate.der)
    print(f"{'pages':>6} {'size':>9} {'seal':>10} {'verify':>10} {'pyHanko':>10} {'appended':>10} {'no seal':>10}")
    for pages in (1, 12, 100):
        draft = contract(pages)
        box = Box(-1, 60, 60, 200, 60)
        sealed = seal(draft, key=key, at=clock.now(), box=box, lines=LINES).pdf
        assert verify(sealed, [key.certificate]).verdict is Verdict.UNCHANGED
        assert pyhankos(sealed, root)
        figures = [
            measured(lambda: seal(draft, key=key, at=clock.now(), box=box, lines=LINES), times),  # noqa: B023
            measured(lambda: verify(sealed, [key.certificate]), times),  # noqa: B023
            measured(lambda: pyhankos(sealed, root), times),  # noqa: B023
            measured(lambda: verify(sealed + b"\n", [key.certificate]), times),  # noqa: B023
        ]
        began = time.monotonic()
        verify(draft, [key.certificate])
        figures.append((time.monotonic() - began) * 1000)
        print(f"{pages:>6} {len(sealed) / 1000:>6.0f} kB", *(f"{figure:>7.1f} ms" for figure in figures))
    print("CPU of this process; 'no seal' is time on the clock, since that file is opened by a child process.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
