"""What usually goes wrong at a conference, so that a report is three taps on a phone."""

from dataclasses import dataclass

from app.errors import N_
from app.models import Severity


@dataclass(frozen=True)
class Preset:
    """One tile: its words, an icon, and how bad it is."""

    key: str
    text: str
    icon: str
    severity: Severity


PRESETS: tuple[Preset, ...] = (
    Preset("person", N_("Somebody is hurt or unwell"), "first-aid-kit", Severity.EMERGENCY),
    Preset("fire", N_("Fire or smoke"), "flame", Severity.EMERGENCY),
    Preset("safety", N_("Danger or violence"), "shield", Severity.EMERGENCY),
    Preset("power", N_("No power or light"), "plug-x", Severity.SERIOUS),
    Preset("sound", N_("Sound, screen or slides fail"), "volume-off", Severity.SERIOUS),
    Preset("dispute", N_("Dispute with a guest"), "message-2", Severity.SERIOUS),
    Preset("material", N_("Material missing or broken"), "package", Severity.MINOR),
    Preset("staff", N_("A post is not manned"), "user-question", Severity.MINOR),
    Preset("other", N_("Something else"), "dots", Severity.MINOR),
)
BY_KEY = {each.key: each for each in PRESETS}
