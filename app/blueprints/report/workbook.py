"""All figures of the report as sheets: funnel by every cut, what was said, money, heads, rows."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from app.blueprints.report import compare, words
from app.blueprints.report.gather import Report
from app.blueprints.report.rules.facts import CUTS, STEPS, Counted, Mark, cut
from app.blueprints.report.rules.outcome import COLUMNS, matrix
from app.models import BudgetGroup
from app.sheet_files import Tab, Value, to_book
from app.web.words import word

M = Mark
Row = Sequence[Value]


def workbook(report: Report) -> bytes:
    """Return the whole as .xlsx, in the page's language."""
    return to_book([*_tabs(report)])


def _tabs(report: Report) -> Iterator[Tab]:
    steps = [str(words.MARKS[step]) for step in STEPS]
    money = [_("Signed in contracts"), _("Money at the bank"), _("Overdue sum")]
    yield Tab(_("Findings"), [_("How bad"), _("What the figures say")], _findings(report))
    yield Tab(_("Figures"), [_("Figure"), _("Value")], _figures(report))
    yield Tab(_("Funnel"), [_("Cut by"), _("Which part"), *steps, *money], _funnel(report))
    heads = [_("Readiness before"), *(str(words.COLUMNS[name]) for name in COLUMNS)]
    said: list[Row] = [[str(word(each).text), *cells.values()] for each, cells in matrix(report.facts).items()]
    yield Tab(_("Said and done"), heads, said)
    yield Tab(_("Budget"), [_("Group"), _("Line"), _("Budgeted"), _("Committed"), _("Actual")], _budget(report))
    yield Tab(
        _("Materials"),
        [_("Material"), _("Wanted"), _("Came in order"), _("Too few"), _("Too many"), _("Lost or broken")],
        _materials(report),
    )
    yield Tab(_("Over time"), [_("Figure"), *_days(report), _("Now")], _over_time(report))
    facts = [_("Dealer"), _("Contact"), _("Comes as"), _("Readiness"), _("Rep"), _("Province"), _("Source")]
    yield Tab(_("Guests"), [*facts, *steps, *money], _guests(report))


def _findings(report: Report) -> list[Row]:
    grades = [_("very bad"), _("not good"), _("good")]
    return [[grades[each.grade], words.sentence(each, report.event)] for each in report.findings]


def _value(name: str, value: int | str | None) -> Value:
    return compare.number_of({name: value}, name) if name in words.SUMS else value


def _figures(report: Report) -> list[Row]:
    return [[str(words.FIGURES[name]), _value(name, value)] for name, value in report.figures().items()]


def _counts(of: Counted) -> list[Value]:
    return [*(of.of(step) for step in STEPS), of.total, of.got, of.overdue]


def _funnel(report: Report) -> list[Row]:
    rows: list[Row] = [[_("All dealers"), "", *_counts(report.dealers)]]
    for by in CUTS:
        parts = cut(report.facts, by).items()
        rows += [[str(words.CUTS[by]), words.part(by, of, list(each.facts)), *_counts(each)] for of, each in parts]
    return rows


def _budget(report: Report) -> list[Row]:
    of = report.ledger
    rows: list[Row] = []
    for group in BudgetGroup:
        for line in of.lines_of(group):
            sums = of.by_line[line.id]
            rows.append([str(word(group).text), line.name, sums.planned, sums.committed, sums.actual])
    return [*rows, [_("All together"), "", of.total.planned, of.total.committed, of.total.actual]]


def _materials(report: Report) -> Iterator[Row]:
    for each in report.things:
        line = each.line
        yield [line.material.name, line.wanted.firm, line.figures.good, each.short, each.over, each.gone]


def _days(report: Report) -> list[str]:
    return [_("Day %(days)s", days=row.days) for row in compare.snapshots(report.event)]


def _over_time(report: Report) -> list[Row]:
    return [[str(words.FIGURES[each.name]), *each.kept, each.now] for each in compare.over_time(report).courses]


def _guests(report: Report) -> Iterator[Row]:
    for each in report.facts:
        said = str(word(each.readiness).text) if each.readiness else ""
        about: list[Value] = [each.company, each.contact, str(word(each.kind).text), said, each.rep, each.region]
        yield [*about, each.source, *(step in each.marks for step in STEPS), each.total, each.got, each.overdue]
