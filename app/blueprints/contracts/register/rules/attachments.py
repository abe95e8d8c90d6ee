"""What may be kept with a contract, told by its bytes. Values in, verdict out."""

import io
import zipfile

LARGEST = 12 * 1024 * 1024
_MOST_PARTS = 5_000
_OOXML = "application/vnd.openxmlformats-officedocument."
_OFFICE = {
    "word/document.xml": f"{_OOXML}wordprocessingml.document",
    "xl/workbook.xml": f"{_OOXML}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OOXML}presentationml.presentation",
}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png", b"IEND"),
    (b"\xff\xd8\xff", "image/jpeg", b"\xff\xd9"),
    (b"%PDF-", "application/pdf", b"%%EOF"),
)
SHOWN = frozenset({"image/png", "image/jpeg", "application/pdf"})  # the others are only downloaded


def media_type(content: bytes) -> str | None:
    """Return the kind of a whole PDF, picture or office document without macros; None for anything else."""
    for beginning, kind, ending in _BEGINNINGS:
        if content.startswith(beginning):
            return kind if ending in content[-1024:] else None
    if content.startswith(_OLE):
        return None if _has(content, "_VBA_PROJECT") else _old_office(content)
    return _new_office(content) if content.startswith(b"PK\x03\x04") else None


def _has(content: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in content


def _old_office(content: bytes) -> str | None:
    """An OLE file names its streams in UTF-16."""
    for stream, kind in (
        ("WordDocument", "application/msword"),
        ("Workbook", "application/vnd.ms-excel"),
        ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ):
        if _has(content, stream):
            return kind
    return None


def _new_office(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    if len(names) > _MOST_PARTS or any(name.endswith("vbaProject.bin") for name in names):
        return None
    return next((kind for part, kind in _OFFICE.items() if part in names), None)
