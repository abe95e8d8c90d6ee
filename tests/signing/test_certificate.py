"""The certificate page: what is said once, and what each line says by itself."""

from datetime import UTC, datetime, timedelta

from app.blueprints.signing.certificate import page
from app.models import Step, StepKind

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)


def step(kind, minutes=0, actor="张建国", **detail):
    facts = {"host": "李晓雯", "address": "10.0.0.1", "device": "iPad", "sha256_before": "", "sha256_after": ""}
    at = NOW + timedelta(minutes=minutes)
    return Step(kind=kind, at=at, time_zone="Asia/Shanghai", actor=actor, detail=detail, **facts)


def test_pages_read_in_one_go_stand_on_one_line():
    read = [step(StepKind.PAGE_READ, each, page=each, seconds=10 * each) for each in (1, 2, 3, 5)]
    again = step(StepKind.PAGE_READ, 9, actor="王五", page=4, seconds=7)
    steps = [step(StepKind.OPENED), *read, again, step(StepKind.DEALER_SIGNED, 10, way="tablet")]
    found = page.in_one(steps)
    assert [each.kind for each in found] == [
        *(StepKind.OPENED, StepKind.PAGE_READ, StepKind.PAGE_READ, StepKind.DEALER_SIGNED)
    ]
    assert [(each.detail["pages"], each.detail["seconds"]) for each in found[1:3]] == [([1, 2, 3, 5], 110), ([4], 7)]
    assert found[1].at == read[-1].at
    assert "1–3, 5" in page.trail(found, "en").lines[1].detail
    assert [each.detail for each in read] == [{"page": n, "seconds": 10 * n} for n in (1, 2, 3, 5)]  # left as they are
