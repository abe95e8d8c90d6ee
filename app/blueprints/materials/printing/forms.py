"""The form that says what to print."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice

from app.blueprints.materials.printing.sheets import By, Which

BY_WORDS = {By.DEPARTMENT: _("By department"), By.ZONE: _("By zone"), By.OWNER: _("By owner")}
WHICH_WORDS = {
    Which.ALL: _("Everything"),
    Which.OPEN: _("What does not stand yet"),
    Which.BACK: _("What has to go back"),
}
LANGUAGES = [SelectChoice("zh_CN", "中文"), SelectChoice("en", "English")]


class PrintForm(FlaskForm):
    """What goes on the checklist. It changes nothing, so it is asked for by its address."""

    class Meta:
        csrf = False

    by = RadioField(
        _("Grouped"), choices=[SelectChoice(each.value, text) for each, text in BY_WORDS.items()], coerce=By
    )
    which = RadioField(
        _("Holds"), choices=[SelectChoice(each.value, text) for each, text in WHICH_WORDS.items()], coerce=Which
    )
    language = RadioField(_("Language"), choices=LANGUAGES)
    apart = BooleanField(_("Each group on pages of its own, to be handed out"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
