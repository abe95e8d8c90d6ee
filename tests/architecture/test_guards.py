"""Every address says who may use it, and every form is protected."""

from app.access import Permission
from app.web.guards import GUARD
from tests.conftest import make_app


def test_every_endpoint_carries_a_guard(tmp_path):
    app = make_app(tmp_path)
    bare = []
    for rule in app.url_map.iter_rules():
        guard = getattr(app.view_functions[rule.endpoint], GUARD, None)
        if rule.endpoint != "static" and guard is None:
            bare.append(rule.endpoint)
    assert bare == []


def test_reasons_and_permissions_are_of_the_right_kind(tmp_path):
    app = make_app(tmp_path)
    for endpoint, view in app.view_functions.items():
        guard = getattr(view, GUARD, ())
        if isinstance(guard, str):
            assert len(guard) > 10, endpoint
        else:
            assert all(isinstance(each, Permission) for each in guard), endpoint


# Mail programs press the button "unsubscribe" by themselves (RFC 8058): they have no page of ours to take a token from.
# The address of the button is the key, the session is not looked at, and all it can do is end our messages.
# A signature that a tablet has kept for hours must not fail for a session that has ended; its link is the secret.
_SHEET = "app.blueprints.signing.sessions.views"
WITHOUT_CSRF = {
    "app.blueprints.messages.unsubscribe.views.unsubscribe",
    "app.blueprints.signing.services.views.service_callback",  # a machine calls, and signs the whole call
    *(f"{_SHEET}.{view}" for view in ("sheet_read", "sheet_code", "sheet_code_check", "sheet_mark")),
}


def test_nothing_else_is_exempt_from_csrf(tmp_path):
    app = make_app(tmp_path)
    csrf = app.extensions["csrf"]
    assert csrf._exempt_views == WITHOUT_CSRF
    assert csrf._exempt_blueprints == set()
