"""The trail of a contract as the console shows it, in the reader's language."""

from collections.abc import Sequence

from app.blueprints.signing.certificate.page import Trail, trail
from app.models import Step
from app.web.locale import language


def screen_trail(steps: Sequence[Step]) -> Trail:
    """Return the rows of a trail."""
    return trail(steps, language())
