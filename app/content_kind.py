"""What an uploaded file is, told by its bytes and not by its name."""

PICTURES = {"image/png": ".png", "image/jpeg": ".jpg"}
DOCUMENTS = {"application/pdf": ".pdf"}
LARGEST = 12 * 1024 * 1024

_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"%PDF-", "application/pdf"),
)
_ENDINGS = {"image/png": b"IEND", "image/jpeg": b"\xff\xd9", "application/pdf": b"%%EOF"}


def media_type(content: bytes) -> str | None:
    """Return the kind of a whole PNG, JPEG or PDF, None for anything else or for half a file."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind if _ENDINGS[kind] in content[-1024:] else None
    return None
