"""What administrators do: accounts, their roles, and the table of what each role may do."""

from datetime import datetime

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from app import rights
from app.access import GRANTED_BY, PERMISSIONS_OF, Permission, Role
from app.blueprints.auth import actions, blueprint, mails, queries
from app.blueprints.auth.forms import UserForm
from app.blueprints.auth.password_views import public_link
from app.blueprints.auth.permission_words import AREAS, WORDS
from app.blueprints.auth.user_list import users_list
from app.extensions import db
from app.models import User
from app.web import history
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.locale import language
from app.web.render import back_to, page
from app.web.tables import Table


@blueprint.get("/users/")
@requires(Permission.MANAGE_USERS)
def users() -> Response:
    table = Table(users_list(), queries.everybody())
    if table.wants_export:
        return table.export()
    table.load()
    seen: dict[int, datetime] = queries.last_sign_ins([row.id for row in table.rows])
    return page("auth/users.html", table=table, seen=seen)


@blueprint.route("/users/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def user_create() -> BaseResponse:
    form = UserForm()
    if request.method == "GET" or not _fits(form, None):
        return _form_page(form, None)
    user = actions.create_user(_profile(form))
    token = actions.make_password_link(user, valid_for=mails.OPENED_VALID)
    mails.post_opened(
        user,
        token=token,
        url=public_link(token),
        product=current_app.config["COMPANY_NAME"],
        fallback_locale=language(),
        by=me().name,
    )
    db.session.commit()
    if current_app.config["MAIL_SERVER"]:
        flash(_("The account of %(name)s is open. A mail with a link is on its way.", name=user.name), "success")
    else:
        flash(_("The account of %(name)s is open. Now make a password link for it.", name=user.name), "success")
    return back_to("auth.user_edit", user_id=user.id)


@blueprint.route("/users/<int:user_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def user_edit(user_id: int) -> BaseResponse:
    user = found(queries.user(user_id))
    form = UserForm(obj=user)
    if request.method == "GET" or not _fits(form, user):
        return _form_page(form, user)
    actions.edit_user(user, _profile(form))
    db.session.commit()
    flash(_("The account of %(name)s is saved.", name=user.name), "success")
    return back_to("auth.users")


def _fits(form: UserForm, user: User | None) -> bool:
    if not form.validate_on_submit():
        return False
    other = queries.user_by_login(str(form.login.data))
    if other is not None and other is not user:
        form.login.errors = [_("There is already an account with this mail address: %(name)s.", name=other.name)]
        return False
    return True


def _form_page(form: UserForm, user: User | None) -> Response:
    return page(
        "auth/user.html",
        status=422 if form.errors else 200,
        form=form,
        user=user,
        may=PERMISSIONS_OF,
        rights=rights.of_user(user.id) if user else [],
        words=WORDS,
        history=history.lines(user) if user else [],
        kept=not current_app.config["MAIL_SERVER"],
    )


def _profile(form: UserForm) -> actions.Profile:
    return actions.Profile(
        login=str(form.login.data),
        name=str(form.name.data),
        mobile=form.mobile.data,
        department=str(form.department.data or ""),
        locale=form.locale.data,
        roles=frozenset(form.roles.data or ()),
    )


@blueprint.post("/users/<int:user_id>/deactivate")
@requires(Permission.MANAGE_USERS)
def user_deactivate(user_id: int) -> BaseResponse:
    user = found(queries.user(user_id))
    actions.deactivate(user, by_id=me().id)
    db.session.commit()
    undo = {
        "text": _("%(name)s is signed out everywhere and cannot sign in any more.", name=user.name),
        "undo_url": url_for("auth.user_reactivate", user_id=user.id),
    }
    flash(undo, "success")  # type: ignore[arg-type]  # our flash messages may carry their undo
    return back_to("auth.users")


@blueprint.post("/users/<int:user_id>/reactivate")
@requires(Permission.MANAGE_USERS)
def user_reactivate(user_id: int) -> BaseResponse:
    user = found(queries.user(user_id))
    actions.reactivate(user)
    db.session.commit()
    flash(_("%(name)s can sign in again.", name=user.name), "success")
    return back_to("auth.users")


@blueprint.post("/users/<int:user_id>/link")
@requires(Permission.MANAGE_USERS)
def user_link(user_id: int) -> Response:
    """Show a fresh password link once, to be handed over in person. Only its digest is kept."""
    user = found(queries.user(user_id))
    token = actions.make_password_link(user, valid_for=mails.OPENED_VALID)
    db.session.commit()
    return page("auth/user_link.html", user=user, url=public_link(token))


@blueprint.get("/permissions")
@requires(Permission.MANAGE_USERS)
def permissions() -> Response:
    return page(
        "auth/permissions.html",
        areas=AREAS,
        words=WORDS,
        roles=list(Role),
        allowed=PERMISSIONS_OF,
        people=queries.head_count_by_role(),
        granted={grant: allowed for grant, allowed in GRANTED_BY.items() if allowed},
        rights=rights.of_everybody(),
    )
