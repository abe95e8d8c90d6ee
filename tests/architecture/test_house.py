"""The house's habits that a program can check."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = sorted((ROOT / "app").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "app" / "templates").rglob("*.html"))


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_no_file_is_too_long():
    assert [str(p.relative_to(ROOT)) for p in PYTHON if lines(p) > 350] == []
    assert [str(p.relative_to(ROOT)) for p in TESTS if lines(p) > 400] == []
    assert [str(p.relative_to(ROOT)) for p in TEMPLATES if lines(p) > 150] == []


def functions(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function):
    """Lines of the body, without the docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_no_function_is_too_long():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in PYTHON
        for node in functions(path)
        if length(node) > 40 and node.name != "init"  # `init` only registers small functions
    ]
    assert long == []


@pytest.mark.parametrize("name", ["actions", "queries", "rules"])
def test_only_views_jobs_and_commands_commit(name):
    committing = [str(path) for path in PYTHON if path.stem == name and ".commit()" in path.read_text()]
    assert committing == []


def test_imports_stand_at_the_top():
    inside = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in PYTHON
        if path != ROOT / "app" / "pdf.py"
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_templates_have_no_inline_script_or_style():
    bad = []
    for path in TEMPLATES:
        if "print" in path.parts or "mail" in path.parts:
            continue  # printed pages and letters have no content security policy
        text = path.read_text()
        if " style=" in text or "<style" in text or " onclick=" in text or "<script>" in text:
            bad.append(str(path.relative_to(ROOT)))
    assert bad == []


def test_no_catch_all_modules():
    assert [str(p) for p in PYTHON if p.stem in {"utils", "helpers", "common", "misc", "services"}] == []


def test_migrations_do_not_import_the_models():
    assert [p for p in (ROOT / "migrations" / "versions").glob("*.py") if "app." in p.read_text()] == []
