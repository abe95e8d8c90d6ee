"""Checklists per CPU second, and how large two thousand items are. All names are different, as in life."""

import argparse
import time
from datetime import UTC, datetime

from app.blueprints.materials.printing.checklist import checklist_pdf
from app.blueprints.materials.printing.sheets import Group, Heading, Row, Which
from app.tokens import number_code

HEADING = Heading(
    "秋季渠道招商会·华中站",
    "2026年11月26日 周四 09:00",
    "江城云麓酒店 三楼云麓厅",
    datetime(2026, 11, 24, 10, 5, tzinfo=UTC),
    "沈若溪",
    "http://localhost/events/autumn-central/materials/",
    "HTTPS://SIGNING.EXAMPLE.COM/M/",
)
GROUPS = 8


def groups(count: int) -> list[Group]:
    """So many items in eight departments."""
    rows = [
        Row(
            f"展示物料第{number}号",
            f"负责人{number % 40} · 供应商{number % 60}",
            f"分区{number % 9}",
            str(number % 300),
            "个",
            code=number_code(number),
        )
        for number in range(1, count + 1)
    ]
    return [Group(f"部门{index + 1}", rows[index::GROUPS]) for index in range(GROUPS)]


def measure(count: int) -> tuple[float, int]:
    """Seconds of CPU and bytes of a checklist with so many items, start-up not counted."""
    checklist_pdf(HEADING, groups(8), which=Which.ALL, apart=False, language="zh_CN")
    made = groups(count)
    began = time.process_time()
    document = checklist_pdf(HEADING, made, which=Which.ALL, apart=True, language="zh_CN")
    return time.process_time() - began, len(document)


def main(words: list[str] | None = None) -> int:
    """Print one line."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.materials", description=__doc__)
    parser.add_argument("--items", type=int, default=2000)
    count = parser.parse_args(words).items
    seconds, length = measure(count)
    print(f"checklist: {count} items, {seconds:.1f} s of CPU, {length / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
