import random
from io import BytesIO
from xml.etree import ElementTree

import pytest
import zxingcpp
from PIL import Image

from app import qr


def read(text: str) -> str:
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(qr.png(text, scale=4))))
    return str(code.text)


@pytest.mark.parametrize(
    "text",
    [
        "HTTPS://SIGNING.EXAMPLE.COM/B/7K3M9QXA",
        "https://signing.example.com/r/k3J9x_Qm7TzP2vB8wYdL5n",
        "签约日",
        "7",
        "X" * 300,
    ],
)
def test_what_was_written_is_read(text: str) -> None:
    assert read(text) == text


def test_the_fixed_mask_is_read_whatever_the_code() -> None:
    chance = random.Random(7)
    for _ in range(60):
        text = "HTTPS://SIGNING.EXAMPLE.COM/B/" + "".join(chance.choices("23456789ABCDEFGHJKMNPQRSTUVWXYZ", k=8))
        assert read(text) == text


def test_upper_case_makes_a_smaller_code() -> None:
    address = "https://signing.example.com/b/7k3m9qxa"
    assert len(qr.modules(address.upper())) == 25
    assert len(qr.modules(address)) > 25


def test_runs_are_the_dark_modules() -> None:
    matrix = qr.modules("HELLO")
    dark = {(x + step, y) for x, y, length in qr.runs(matrix) for step in range(length)}
    assert dark == {(x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}


def test_the_png_keeps_the_quiet_zone() -> None:
    picture = Image.open(BytesIO(qr.png("HELLO", scale=3)))
    assert picture.mode == "L"
    assert picture.width == picture.height == (21 + 2 * qr.QUIET_ZONE) * 3
    assert picture.crop((0, 0, picture.width, qr.QUIET_ZONE * 3)).getextrema() == (255, 255)


def test_the_svg_passes_a_strict_policy_and_escapes_its_label() -> None:
    drawing = ElementTree.fromstring(qr.svg("HELLO", label='<b>"A&B"</b>'))
    assert drawing.get("aria-label") == '<b>"A&B"</b>'
    assert all("style" not in element.attrib for element in drawing.iter())
