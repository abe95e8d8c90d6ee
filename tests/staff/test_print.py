"""The plan on paper: what stands on it, and that long names stay where they belong."""

import subprocess
from io import BytesIO

import pypdfium2
import pytest

from app.access import Role
from app.models import EventStatus

LONG = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"


@pytest.fixture
def event(crew):
    event, role, shift = crew.place(required=9, status=EventStatus.OPEN, venue=LONG)
    for slot in range(1, 10):
        crew.duty(role, shift, crew.person(LONG if slot == 1 else f"人员{slot}"), slot=slot, station=LONG)
    return event


def text(content):
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


def inside(content, margin):
    """No character leaves the page's text area, given by its side margins in millimetres."""
    for page in pypdfium2.PdfDocument(BytesIO(content)):
        found = page.get_textpage()
        for index in range(found.count_chars()):
            left, _, right, _ = found.get_charbox(index)
            if found.get_text_range(index, 1).strip():
                assert margin / 25.4 * 72 - 1 <= left <= right <= page.get_width() - margin / 25.4 * 72 + 1


@pytest.mark.parametrize("paper", ["by-role", "by-hour", "sign-in", "phones"])
def test_lists(build, event, paper):
    planner = build.client(Role.PLANNER)
    content = planner.get(f"/events/{event.slug}/staff/print/{paper}.pdf?size=A4").data
    assert all(name in text(content) for name in (LONG, "人员9"))
    inside(content, 12)
    assert build.client(Role.DIRECTOR).get(f"/events/{event.slug}/staff/print/{paper}.pdf").status_code == 403


def test_pocket_cards_eight_on_a_sheet(build, event):
    planner = build.client(Role.PLANNER)
    assert planner.get(f"/events/{event.slug}/staff/print").status_code == 200
    content = planner.post(f"/events/{event.slug}/staff/print/cards.pdf").data
    assert len(pypdfium2.PdfDocument(BytesIO(content))) == 2
    assert all(name in text(content) for name in (LONG, "人员9"))
    inside(content, 15)
    assert planner.get(f"/events/{event.slug}/staff/print/nothing.pdf").status_code == 404
