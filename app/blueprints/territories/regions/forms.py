"""The forms of the company's own regions, product lines and channels."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import DataRequired, Length

from app.blueprints.territories.regions.fields import RegionField, RegionsField
from app.web.fields import LineField


class GroupForm(FlaskForm):
    """A region put together from places of the tree."""

    name = LineField(_("What it is called"), [DataRequired(_("What is it called?")), Length(max=80)])
    members = RegionsField(
        _("Regions in it"),
        [DataRequired(_("Choose at least one region."))],
        description=_("One a line: a name or a code. Provinces, cities, counties and accounts may stand together."),
    )
    is_active = BooleanField(_("May be offered and promised"), default=True)


class AccountForm(FlaskForm):
    """A named customer in a place."""

    name = LineField(
        _("What it is called"),
        [DataRequired(_("What is it called?")), Length(max=80)],
        description=_("For instance a hospital or a chain that is promised by itself."),
    )
    parent = RegionField(_("Lies in"), [DataRequired(_("Choose the county or city."))])
    is_active = BooleanField(_("May be offered and promised"), default=True)


class WordForm(FlaskForm):
    """A product line or a sales channel."""

    name = LineField(_("What it is called"), [DataRequired(_("What is it called?")), Length(max=80)])
    is_active = BooleanField(_("May be offered and promised"), default=True)
