"""A plan of forty pages as PDF/A: seconds of CPU, in both languages. The aim is four seconds at most.

python -m tests.load.plan [--pages 40] [--out FOLDER]
"""

import argparse
import tempfile
import time
from io import BytesIO
from pathlib import Path

import pikepdf
from flask_migrate import upgrade
from sqlalchemy import select

from app import demo
from app.blueprints.plan import queries, reading
from app.blueprints.plan.printing import document as paper
from app.blueprints.plan.rules.comparing import Text
from app.extensions import db
from app.models import Event
from tests.conftest import make_app

_TEXT = {
    "zh_CN": "各地业务员在会前两周完成经销商走访，核对资质与回款能力，逐户填写意向表，"
    "并把对价格、区域保护和推广支持的疑问报市场部统一答复。",
    "en": "Two weeks before the conference the reps visit every dealer on the list, check papers and means, and write "
    "down each question about price, territory and support, so that marketing answers all of them alike. ",
}
_ROW = "<tr><td>{}</td><td>会议现场海报</td><td>15</td><td>市场部</td><td>沈若溪</td></tr>"


def _padding(language: str, pages: float) -> str:
    """About so many pages of paragraphs, lists and tables."""
    part = "<h3>{}</h3>" + f"<p>{_TEXT[language] * 3}</p>" * 4 + f"<ul>{f'<li>{_TEXT[language]}</li>' * 5}</ul>"
    rows = "".join(map(_ROW.format, range(24)))
    table = f"<table><thead><tr>{'<th>A</th>' * 5}</tr></thead><tbody>{rows}</tbody></table>"
    return "".join(part.format(n) + table for n in range(max(0, round(pages / 1.6))))


def main(words: list[str] | None = None) -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--pages", type=int, default=40)
    arguments.add_argument("--out", type=Path)
    given = arguments.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Path(folder))
        with app.app_context():
            upgrade()
            demo.make()
            _measure(given.pages, given.out)


def _measure(pages: int, out: Path | None) -> None:
    event = db.session.scalars(select(Event).where(Event.slug == "autumn-central")).one()
    document = queries.document(event)
    assert document is not None
    revision = queries.newest(document)
    print(f"{'what':28}{'pages':>7}{'KiB':>7}{'CPU s':>8}")
    for language in ("zh_CN", "en"):
        own = paper.plan_pdf(event, document, revision, language)
        missing = pages - len(pikepdf.open(BytesIO(own)).pages)
        texts = [*reading.texts(event, revision, language), Text("more", "…", _padding(language, missing))]
        begun = time.process_time()
        made = paper.drawn(event, document, revision, texts, language)
        spent = time.process_time() - begun
        with pikepdf.open(BytesIO(made)) as opened:
            print(f"plan, {language:22}{len(opened.pages):>7}{len(made) // 1024:>7}{spent:>8.2f}")
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            (out / f"plan-{language}.pdf").write_bytes(own)


if __name__ == "__main__":
    main()
