"""How often one address may ask for the pages that need no sign-in."""

from typing import Any

from flask import current_app

from app.extensions import limiter
from app.web.guards import View


def _public_rate() -> str:
    return str(current_app.config["RATE_PUBLIC"])


def public_page(view: View) -> View:
    """Count the requests of an address to a guest's page (setting RATE_PUBLIC)."""
    limited: Any = limiter.shared_limit(_public_rate, scope="guests")(view)
    return limited
