import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from app import pdf, qr


def text(document: bytes) -> str:
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=document, capture_output=True, check=True)
    return done.stdout.decode()


def images(document: bytes) -> int:
    with pikepdf.open(BytesIO(document)) as opened:
        return sum(len(page.get_images()) for page in opened.pages)


def test_chinese_text_is_drawn_with_our_font_and_can_be_copied() -> None:
    document = pdf.render("<p style='font-family: \"Noto Sans SC\"'>签约日 Signing Day</p>")
    assert "签约日 Signing Day" in text(document)
    fonts = subprocess.run(["pdffonts", "-"], input=document, capture_output=True, check=True).stdout.decode()
    assert "Noto" in fonts
    assert "DejaVu" not in fonts


def test_no_other_machine_is_asked() -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/"
        pdf.render(
            f'<link rel="stylesheet" href="{address}a.css"><style>@import "{address}b.css"; '
            f"@font-face {{ font-family: x; src: url({address}c.ttf) }} p {{ background: url({address}d.png); "
            f'font-family: x }}</style><p>x</p><img src="{address}e.png">'
        )
        pdf.render("<p>x</p><img src='f.png'>", base_url=address)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert asked == []


@pytest.mark.parametrize("way", ["{0}", "file://{0}", "print/../../../{1}", "print/%2e%2e/%2e%2e/%2e%2e/{1}"])
def test_no_file_outside_the_static_folder_is_read(way: str, tmp_path: Path) -> None:
    secret = Path(pdf.STATIC.parent.parent / ".run" / "outside.png")
    secret.parent.mkdir(exist_ok=True)
    secret.write_bytes(qr.png("SECRET"))
    try:
        address = way.format(secret, secret.relative_to(pdf.STATIC.parent.parent))
        assert images(pdf.render(f'<img src="{address}">')) == 0
    finally:
        secret.unlink()


def test_static_files_and_data_addresses_are_read() -> None:
    document = pdf.render('<link rel="stylesheet" href="print/letter.css"><p>x</p>')
    with pikepdf.open(BytesIO(document)) as opened:
        assert round(float(opened.pages[0].mediabox[2]) * 25.4 / 72) == 210
    picture = BytesIO()
    Image.new("L", (4, 4), 0).save(picture, "PNG")
    encoded = picture.getvalue().hex()
    escaped = "".join(f"%{encoded[at : at + 2]}" for at in range(0, len(encoded), 2))
    assert images(pdf.render(f'<img src="data:image/png,{escaped}">')) == 1


def test_archival_documents_say_so() -> None:
    document = pdf.render("<title>t</title><p>x</p>", archival=True)
    with pikepdf.open(BytesIO(document)) as opened, opened.open_metadata() as metadata:
        assert metadata.pdfa_status == "3U"


def test_fields_carry_place_and_look() -> None:
    layout = pdf.lay_out(
        '<a href="field:name?lines=2&amp;v=top"></a><a href="https://example.com">x</a>',
        css="""@page { size: 100mm 50mm; margin: 0 } a { position: absolute; display: block; left: 10mm; top: 5mm;
               width: 60mm; height: 20mm; font: 700 30pt/1.1 "Noto Sans SC"; color: #ff0000; text-align: right }""",
    )
    (page,) = layout.pages
    (box,) = page.fields
    millimetre = 72 / 25.4
    assert (page.width, page.height) == pytest.approx((100 * millimetre, 50 * millimetre))
    assert (box.x, box.y, box.width, box.height) == pytest.approx(
        (10 * millimetre, 25 * millimetre, 60 * millimetre, 20 * millimetre)
    )
    assert (box.name, box.options) == ("name", {"lines": "2", "v": "top"})
    assert (box.size, box.line_height) == pytest.approx((30, 1.1))
    assert box.weight == "Bold"
    assert box.colour == pytest.approx((1, 0, 0))
    assert box.align == "right"
