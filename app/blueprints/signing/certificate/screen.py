"""The trail of a contract as the console shows it, in the reader's language."""

from collections.abc import Sequence

from flask_babel import get_locale

from app.blueprints.signing.certificate.page import Trail, trail
from app.models import Step


def screen_trail(steps: Sequence[Step]) -> Trail:
    """Return the rows of a trail."""
    return trail(steps, str(get_locale()) if str(get_locale()) == "en" else "zh_CN")
