"""What people do to their own account: their words, password, sessions and saved views."""

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from app import clock, passwords, rights
from app.blueprints.auth import actions, blueprint, limits, queries, rules
from app.blueprints.auth.forms import ChangePasswordForm, OwnForm, SavedViewForm
from app.blueprints.auth.permission_words import WORDS
from app.extensions import db
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.render import back_or, back_to, page


def _account_page(
    own: OwnForm | None = None, password: ChangePasswordForm | None = None, *, status: int = 200
) -> Response:
    person = me()
    sessions = [
        {"row": each, "device": rules.device(each.device), "here": each.id == person.login.id}
        for each in queries.open_sessions(person.id, clock.now())
    ]
    return page(
        "auth/account.html",
        status=status,
        own=own or OwnForm(formdata=None, obj=person.user),
        password=password or ChangePasswordForm(formdata=None),
        sessions=sessions,
        words=WORDS,
        rights=rights.of_user(person.id),
    )


@blueprint.get("/account")
@requires()
def account() -> Response:
    return _account_page()


@blueprint.post("/account")
@requires()
def account_edit() -> BaseResponse:
    form = OwnForm()
    if not form.validate_on_submit():
        return _account_page(own=form, status=422)
    actions.edit_own(me().user, name=str(form.name.data), mobile=form.mobile.data, locale=form.locale.data)
    db.session.commit()
    flash(_("Your account is saved."), "success")
    return back_to("auth.account")


@blueprint.post("/account/password")
@requires()
@limits.own_password
def account_password() -> BaseResponse:
    person, form = me(), ChangePasswordForm()
    form.password.login, form.password.name_of_person = person.user.login, person.name
    fits = form.validate_on_submit()
    if fits and not passwords.matches(person.user.password_hash, str(form.current.data)):
        form.current.errors = [_("This is not your present password.")]
        fits = False
    if not fits:
        return _account_page(password=form, status=422)
    others = actions.change_password(person.user, str(form.password.data), staying=person.login)
    db.session.commit()
    flash(_changed(others), "success")
    return back_to("auth.account")


def _changed(others: int) -> str:
    if not others:
        return _("Your password is changed.")
    return ngettext(
        "Your password is changed. One other browser was signed out.",
        "Your password is changed. %(num)d other browsers were signed out.",
        others,
    )


@blueprint.post("/account/sessions/<int:session_id>/revoke")
@requires()
def session_revoke(session_id: int) -> BaseResponse:
    actions.revoke_session(found(queries.open_session(me().id, session_id, clock.now())))
    db.session.commit()
    flash(_("That browser is signed out."), "success")
    return back_to("auth.account", _anchor="sessions")


@blueprint.post("/account/sessions/revoke-others")
@requires()
def sessions_revoke_others() -> BaseResponse:
    count = actions.revoke_sessions(me().user, but=me().login)
    db.session.commit()
    flash(ngettext("One other browser was signed out.", "%(num)d other browsers were signed out.", count), "success")
    return back_to("auth.account", _anchor="sessions")


@blueprint.post("/account/views")
@requires()
def saved_view_create() -> BaseResponse:
    form = SavedViewForm()
    if not form.validate_on_submit():
        flash(" ".join(str(text) for text in form.name.errors), "warning")
        return back_or(url_for("home.index"))
    view = actions.save_view(
        me().id,
        table=request.args.get("table", "")[:40],
        scope=request.args.get("scope", "")[:80],
        name=str(form.name.data),
        query=request.args.get("query", ""),
    )
    db.session.commit()
    flash(_("The view “%(name)s” is saved. You find it under “Views”.", name=view.name), "success")
    return back_or(url_for("home.index"))


@blueprint.post("/account/views/<int:view_id>/delete")
@requires()
def saved_view_delete(view_id: int) -> BaseResponse:
    view = found(queries.saved_view(me().id, view_id))
    actions.delete_view(view)
    db.session.commit()
    flash(_("The view “%(name)s” is deleted.", name=view.name), "success")
    return back_or(url_for("home.index"))
