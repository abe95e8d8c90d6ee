"""Links that set a password: asked for by whoever forgot it, sent by mail, used once."""

from flask import Response, current_app, flash, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from app import clock, journal, passwords
from app.blueprints.auth import actions, blueprint, limits, mails, queries
from app.blueprints.auth.forms import ForgottenForm, NewPasswordForm
from app.extensions import db
from app.models import User
from app.web import identity
from app.web.guards import public
from app.web.locale import language
from app.web.render import back_to, invalid, page


@blueprint.get("/password/forgot")
@public("whoever forgot the password cannot sign in")
def forgot_password() -> Response:
    return page("auth/forgot.html", form=ForgottenForm(), sent=False)


@blueprint.post("/password/forgot")
@public("whoever forgot the password cannot sign in")
@limits.mail_requests
def ask_for_link() -> Response:
    """Answer alike whether or not there is such an account, and do about the same work for it."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return invalid("auth/forgot.html", form=form, sent=False)
    user = queries.user_by_login(str(form.login.data))
    if user is not None and user.is_active:
        token = actions.make_password_link(user, valid_for=mails.RESET_VALID)
        mails.post_reset(
            user,
            token=token,
            url=public_link(token),
            product=current_app.config["COMPANY_NAME"],
            fallback_locale=language(),
        )
    else:
        journal.record_unknown("user.password_link_made", User.__tablename__)
    db.session.commit()
    return page("auth/forgot.html", form=form, sent=True, kept=not current_app.config["MAIL_SERVER"])


def public_link(token: str) -> str:
    """Return the whole address of a password link, as a mail carries it."""
    return str(current_app.config["PUBLIC_URL"]) + url_for("auth.set_password", token=token)


@blueprint.get("/password/<token>")
@public("the link is the proof")
@limits.public_page
def set_password(token: str) -> Response:
    link = queries.password_link(token, clock.now())
    if link is None:
        return _no_longer()
    return page("auth/new_password.html", form=NewPasswordForm(), user=link.user)


@blueprint.post("/password/<token>")
@public("the link is the proof")
@limits.public_page
def set_password_now(token: str) -> BaseResponse:
    link = queries.password_link(token, clock.now())
    if link is None:
        return _no_longer()
    form = NewPasswordForm()
    form.password.login, form.password.name_of_person = link.user.login, link.user.name
    if not form.validate_on_submit():
        return invalid("auth/new_password.html", form=form, user=link.user)
    journal.act_as(journal.Actor(link.user.name, link.user.id, identity.address()))
    if actions.set_password_by_link(token, passwords.hashed(str(form.password.data))) is None:
        return _no_longer()
    db.session.commit()
    identity.forget()
    flash(_("Your new password is set. Sign in with it."), "success")
    return back_to("auth.sign_in")


def _no_longer() -> Response:
    db.session.rollback()
    return page("auth/link_over.html", status=410)
