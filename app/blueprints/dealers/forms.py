"""The form of a dealer."""

from typing import Any

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from wtforms import EmailField, HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, Length, Optional, Regexp, ValidationError
from wtforms.widgets import HiddenInput

from app.blueprints.dealers import queries
from app.models import Dealer, Standing
from app.names import company_key
from app.web.fields import LineField, MobileField, WordField

LANGUAGES = (SelectChoice("", _("as the event")), SelectChoice("zh_CN", "中文"), SelectChoice("en", "English"))


def _lower(text: str | None) -> str | None:
    return text.strip().lower() or None if text else None


class DealerForm(FlaskForm):
    """A dealer's file. `only_of` is the rep who sees only their own dealers; None for those who see all."""

    contact = LineField(_("Name"), [DataRequired(_("Who is to be invited?")), Length(max=60)])
    contact_title = LineField(_("Position"), [Length(max=60)])
    latin_name = LineField(
        _("Name in Latin letters"),
        [Length(max=80), Regexp(r"^[^\u3400-\u9fff]*$", message=_("Latin letters only."))],
        description=_("Stands below the name on the badge. Left empty, it is spelled in pinyin."),
    )
    company = LineField(_("Company"), [DataRequired(_("Which company?")), Length(max=120)])
    mobile = MobileField(_("Mobile"), description=_("One mobile is one person. SMS and the call list need it."))
    mail = EmailField(
        _("Mail"), [Optional(), Length(max=120), Email(_("This is not a mail address."))], filters=[_lower]
    )
    province = LineField(_("Province"), [Length(max=40)])
    city = LineField(_("City"), [Length(max=40)])
    address = LineField(_("Address"), [Length(max=200)])
    postcode = LineField(_("Postcode"), [Length(max=10)])
    source = LineField(
        _("Source"), [Length(max=60)], description=_("Where we know them from, for instance a trade fair.")
    )
    standing = WordField(_("Standing"), Standing, default=Standing.POTENTIAL)
    owner_id = SelectField(
        _("Owner"),
        coerce=lambda value: int(value) if value not in ("", None) else None,
        description=_("Whoever looks after this dealer. Without an owner it waits in the pool."),
    )
    locale = SelectField(_("Writes in"), choices=LANGUAGES, coerce=lambda value: value or None)
    notes = TextAreaField(_("Notes"), [Length(max=5000)], description=_("For our own people; no guest sees them."))
    version = IntegerField(widget=HiddenInput(), default=1)
    save_anyway = HiddenField()  # the company key that was warned about and accepted

    def __init__(self, *, dealer: Dealer | None = None, only_of: int | None = None, me: int, **kwargs: Any) -> None:
        self.dealer = dealer
        self.only_of = only_of
        super().__init__(obj=dealer, **kwargs)
        self.owner_id.choices = self._owners(me)

    def _owners(self, me: int) -> list[tuple[int | str, Any]]:
        """Whoever sees only their own may keep a dealer or leave it in the pool, but not give it to somebody."""
        people = queries.owners()
        if self.only_of is not None:
            people = [person for person in people if person[0] == me]
        owner = self.dealer.owner if self.dealer is not None else None
        if owner is not None and all(owner.id != user_id for user_id, _name in people):
            people.append((owner.id, owner.name))  # who has left still owns it until it is given to somebody
        return [("", gettext("In the pool")), *people]

    def validate_mobile(self, field: MobileField) -> None:
        other = queries.by_mobile(field.data, self.dealer.id if self.dealer else None) if field.data else None
        if other is not None:
            raise ValidationError(self._on_file(other))

    def _on_file(self, other: Dealer) -> str:
        """Name the dealer who has this mobile, with a link for whoever may open it."""
        who = f"{other.contact} · {other.company}"
        if self.only_of is None or other.owner_id in (None, self.only_of):
            link = Markup('<a href="{}">{}</a>').format(url_for("dealers.show", dealer_id=other.id), who)
            return escape(gettext("This number is on file: %(dealer)s.")) % {"dealer": link}
        return gettext(
            "This number is on file with %(dealer)s, whom %(owner)s looks after.",
            dealer=who,
            owner=other.owner.name if other.owner else "",
        )

    @property
    def look_alikes(self) -> list[Dealer]:
        """Dealers whose company is called much the same, unless that was asked and accepted already."""
        key = company_key(self.company.data or "")
        if not key or self.save_anyway.data == key or (self.dealer is not None and self.dealer.company_key == key):
            return []
        return queries.look_alikes(key, self.dealer.id if self.dealer else None)

    @property
    def values(self) -> dict[str, Any]:
        """The columns of a dealer."""
        ours = {"version", "save_anyway", "csrf_token"}
        return {name: value for name, value in self.data.items() if name not in ours}
