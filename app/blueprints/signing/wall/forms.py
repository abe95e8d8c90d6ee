"""How the wall behaves."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField

from app.blueprints.signing.wall.actions import Settings


class WallForm(FlaskForm):
    """The settings of an event's wall."""

    releases_itself = BooleanField(
        _("Show an entry as soon as the contract is sealed"), description=_("Otherwise the host lets each one up.")
    )
    after_deposit = BooleanField(
        _("Only after the deposit has come"),
        description=_("Whether it has come is noted in the list, beside the name."),
    )
    shows_bands = BooleanField(_("Show the size of the contract as a range"))
    shows_sums = BooleanField(
        _("Show the sum of all contracts"), description=_("One figure for the whole event; never a single dealer's.")
    )

    def settings(self) -> Settings:
        """Return what was chosen."""
        return Settings(
            after_deposit=self.after_deposit.data,
            shows_sums=self.shows_sums.data,
            shows_bands=self.shows_bands.data,
            releases_itself=self.releases_itself.data,
        )
