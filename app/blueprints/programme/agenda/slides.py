"""Whether an uploaded file is a set of slides, told by its bytes: a PDF, or a PowerPoint file without macros."""

import zipfile
from io import BytesIO

from app.content_kind import media_type

POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
LARGEST = 60 * 1024 * 1024
_MOST_PARTS = 20_000


def slides_type(content: bytes) -> str | None:
    """Return the media type of slides, None for anything else, half a file, or one with macros in it."""
    if media_type(content) == "application/pdf":
        return "application/pdf"
    if not content.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return None
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    is_powerpoint = "ppt/presentation.xml" in names and "[Content_Types].xml" in names
    return POWERPOINT if is_powerpoint and not has_macros and len(names) <= _MOST_PARTS else None
