"""What an amendment changes, in short; everything else is said on the page of its draft."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField
from wtforms.validators import Optional

from app.blueprints.contracts.drafting.fields import AmountField


class AmendForm(FlaskForm):
    """The three things amendments mostly change."""

    ends_on = DateField(_("New last day"), [Optional()])
    more = AmountField(_("Further sum"))
    more_deposit = AmountField(_("Further deposit"))

    def terms(self) -> dict[str, Any]:
        return {"ends_on": self.ends_on.data, "more": self.more.data or 0, "more_deposit": self.more_deposit.data or 0}
