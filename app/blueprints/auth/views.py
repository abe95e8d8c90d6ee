"""The doors: signing in and out, the first administrator, language and theme."""

from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response as BaseResponse

from app import journal, passwords
from app.blueprints.auth import actions, blueprint, limits, queries, sample
from app.blueprints.auth.forms import SetUpForm, SignInForm
from app.extensions import db, reading_only
from app.models import User
from app.texts import LOCALES
from app.web import identity
from app.web.context import THEMES
from app.web.guards import public, requires
from app.web.render import back_or, back_to, invalid, page, safe_path

_YEAR = 365 * 24 * 3600


def _sign_in_page(form: SignInForm, *, status: int = 200, problem: str = "") -> Response:
    people = queries.people_of(sample.DOMAIN) if current_app.config["DEMO_LOGINS"] else []
    return page(
        "auth/sign_in.html",
        status=status,
        form=form,
        problem=problem,
        sample_people=people,
        sample_password=sample.PASSWORD,
        company=current_app.config["COMPANY_NAME"],
    )


def _enough(_limit: Any) -> Response:
    return _sign_in_page(SignInForm(), status=429, problem="too_many")


@blueprint.get("/login")
@public("nobody has signed in yet")
def sign_in() -> BaseResponse:
    if current_user.is_authenticated:
        return back_or(url_for("home.index"))
    if not queries.anybody():
        return back_to("auth.set_up")
    return _sign_in_page(SignInForm(data={"next": safe_path(request.args.get("next"))}))


@blueprint.post("/login")
@public("nobody has signed in yet")
@limits.failed_tries(_enough)
def sign_in_now() -> BaseResponse:
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form, status=422)
    # Comparing takes 50 ms. It happens outside any transaction, so that guessing does not hold up who writes.
    with reading_only():
        stored = queries.stored_password(str(form.login.data))
        db.session.rollback()
    if not passwords.matches(stored.hash, str(form.password.data)) or stored.user_id is None:
        actions.note_failed_sign_in(stored.user_id)
        db.session.commit()
        return _sign_in_page(form, status=422, problem="refused")
    user = db.session.get_one(User, stored.user_id)
    if passwords.is_outdated(stored.hash):
        actions.rehash(user, str(form.password.data))
    _let_in(user)
    return back_or(url_for("home.index"))


def _let_in(user: User) -> None:
    """Begin a session for this browser; the one it had, if any, is over."""
    if current_user.is_authenticated:
        actions.sign_out(identity.me().login)
    login, token = actions.sign_in(
        user,
        address=identity.address(),
        device=request.user_agent.string,
        hours=current_app.config["SESSION_HOURS"],
    )
    db.session.commit()
    identity.remember(login, token)


@blueprint.post("/logout")
@requires()
def sign_out() -> BaseResponse:
    actions.sign_out(identity.me().login)
    db.session.commit()
    identity.forget()
    flash(_("You have signed out."), "success")
    return back_to("auth.sign_in")


@blueprint.route("/setup", methods=["GET", "POST"])
@public("the first administrator has no account yet; closed as soon as there is one")
@limits.public_page
def set_up() -> BaseResponse:
    if request.method == "GET" and queries.anybody():
        return back_to("auth.sign_in")
    form = SetUpForm()
    if not form.validate_on_submit():
        return (
            page("auth/set_up.html", form=form) if request.method == "GET" else invalid("auth/set_up.html", form=form)
        )
    journal.act_as(journal.Actor(str(form.name.data), address=identity.address()))
    profile = actions.Profile(login=str(form.login.data), name=str(form.name.data), locale=session.get("locale"))
    user = actions.create_first_administrator(profile, str(form.password.data))
    _let_in(user)
    flash(_("Welcome, %(name)s. You are the administrator.", name=user.name), "success")
    return back_to("home.index")


def _back_to_the_page() -> BaseResponse:
    """Go back to where the switch was pressed, unless that was the answer to a form: it can only be sent, not read."""
    here = safe_path(request.form.get("next"))
    adapter = current_app.create_url_adapter(request)
    try:
        if here and adapter:
            adapter.match(urlsplit(here).path, method="GET")
            return redirect(here, 303)
    except (HTTPException, RequestRedirect):
        pass
    return back_to("home.index")


@blueprint.post("/language")
@public("guests read our pages in their language too")
def language() -> BaseResponse:
    wanted = request.form.get("locale", "")
    if wanted in LOCALES:
        session["locale"] = wanted
        if current_user.is_authenticated:
            actions.switch_language(identity.me().user, wanted)
            db.session.commit()
    return _back_to_the_page()


@blueprint.post("/theme")
@public("light or dark is nobody's secret")
def theme() -> BaseResponse:
    answer = _back_to_the_page()
    wanted = request.form.get("theme", "")
    if wanted in THEMES:
        answer.set_cookie(
            "theme",
            wanted,
            max_age=_YEAR,
            samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
    return answer
