"""The pages of templates: who may do what, wrong input comes back, and nothing typed is ever run."""

import pytest

from app.access import Role
from app.blueprints.contracts.templates import actions, queries
from app.blueprints.contracts.templates.standard import standards
from app.extensions import db
from app.models import TemplateState, User

R = Role
AT = "/contracts/templates/distribution/1/"


@pytest.fixture
def author(build):
    return build.user(R.CONTRACT_ADMINISTRATOR)


@pytest.fixture
def reviewer(build):
    return build.user(R.COMPLIANCE)


@pytest.fixture
def draft(app, author):
    with app.app_context():
        version = actions.take_over(standards()[0], by=db.session.get_one(User, author.id))
        db.session.commit()
        return version.clauses[1].id, version.variables[0].id, version.version


def now(app):
    with app.app_context():
        version = queries.version("distribution", 1)
        assert version is not None
        return version.state, version.version, len(version.clauses), len(version.variables)


def test_pages_open(client_of, author, draft, app):
    client = client_of(author)
    clause, variable, _ = draft
    for address in (
        *("", "title", f"clauses/{clause}", "clauses/new", f"variables/{variable}", "variables/new", "preview"),
        *("document", "compare", "preview.pdf"),
    ):
        assert client.get(AT + address).status_code == 200, address
    assert client.get("/contracts/templates/").status_code == 200
    assert client.get("/contracts/templates/new").status_code == 200


@pytest.mark.parametrize("role", [R.SALES_REP, R.PLANNER, R.RECEPTION])
def test_others_stay_out(client_of, build, draft, role):
    client = client_of(build.user(role))
    for address in ("/contracts/templates/", AT, AT + "preview.pdf"):
        assert client.get(address).status_code == 403
    assert client.post(AT + "submit").status_code == 403


def test_from_draft_to_approved(client_of, author, reviewer, draft, app):
    writer, reader = client_of(author), client_of(reviewer)
    assert writer.post(AT + "submit", data={"seen": draft[2]}).status_code == 303
    assert now(app)[0] is TemplateState.IN_REVIEW
    assert writer.post(AT + "approve").status_code == 403
    assert reader.post(AT + "return", data={"remarks": ""}).status_code == 422
    assert reader.get(AT).status_code == 200
    assert reader.post(AT + "approve").status_code == 303
    assert now(app)[0] is TemplateState.APPROVED
    assert writer.post(AT + "copy").status_code == 303
    assert writer.get("/contracts/templates/distribution/2/compare").status_code == 200
    assert writer.get(f"{AT}clauses/{draft[0]}").status_code == 409


def test_a_clause_is_edited_and_a_stale_edit_refused(client_of, author, draft, app):
    client = client_of(author)
    clause, _, seen = draft
    typed = {"heading": "定义", "body": "新文本", "heading_en": "Definitions", "body_en": "New", "condition": ""}
    assert client.post(f"{AT}clauses/{clause}", data=typed | {"seen": seen}).status_code == 303
    assert client.post(f"{AT}clauses/{clause}", data=typed | {"seen": seen}).status_code == 409
    assert now(app)[1] > seen


def test_a_variable_of_another_s_name_comes_back(client_of, author, draft, app):
    client = client_of(author)
    typed = {"key": "tier", "label": "级别", "kind": "text", "source": "", "seen": draft[2]}
    assert client.post(AT + "variables/new", data=typed).status_code == 422
    assert client.post(AT + "variables/new", data=typed | {"key": "Tier!"}).status_code == 422
    assert client.post(AT + "variables/new", data=typed | {"key": "n", "source": "contract.total"}).status_code == 422
    assert client.post(AT + "variables/new", data=typed | {"key": "remark"}).status_code == 303
    assert now(app)[3] == len(standards()[0].variables) + 1


HOSTILE = [
    "{% for i in range(10**9) %}x{% endfor %}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ config }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ 7*7 }}",
    "{{ tier | attr('x') }}",
    "{{ lipsum() }}",
    "{# {{ #}",
    "${7*7} #{7*7}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_clause_is_named_not_run(client_of, author, draft, text):
    answer = client_of(author).post(AT + "clause-preview", data={"body": text, "heading": "甲", "condition": ""})
    assert answer.status_code == 200
    assert b"faults" in answer.data
    assert b">49<" not in answer.data


def test_markup_in_a_clause_stays_text(client_of, author, draft):
    body = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    answer = client_of(author).post(AT + "clause-preview", data={"body": body, "heading": "甲", "condition": ""})
    assert b"<script>alert" not in answer.data
    assert b"&lt;script&gt;" in answer.data


def test_addresses_of_other_versions_find_nothing(client_of, author, draft, app):
    with app.app_context():
        actions.take_over(standards()[1], by=None)
        db.session.commit()
    other = "/contracts/templates/letter-of-intent/1/"
    client = client_of(author)
    assert client.get(other).status_code == 200
    assert client.get(f"{other}clauses/{draft[0]}").status_code == 404
    assert client.get(f"{other}variables/{draft[1]}").status_code == 404
    assert client.get("/contracts/templates/x%00/1/").status_code == 404
    assert client.get("/contracts/templates/distribution/99999999999/").status_code == 404
    assert client.get(f"{AT}preview?dealer=99999999999").status_code == 200


def test_a_shipped_one_is_taken_over(client_of, author, app):
    client = client_of(author)
    assert client.post("/contracts/templates/take/trial").status_code == 303
    assert client.post("/contracts/templates/take/nothing").status_code == 404
    with app.app_context():
        taken = queries.version("trial", 1)
        assert taken is not None
        assert taken.state is TemplateState.DRAFT
