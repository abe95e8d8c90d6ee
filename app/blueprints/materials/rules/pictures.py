"""What a proof or a photo is, told by its bytes and not by its name."""

from app.content_kind import DOCUMENTS, LARGEST, PICTURES, media_type

__all__ = ["DOCUMENTS", "LARGEST", "PICTURES", "media_type"]
