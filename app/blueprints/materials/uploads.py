"""Pictures and proofs that people upload: looked at, kept, and shown again."""

from app.web.uploads import kept, shown

__all__ = ["kept", "shown"]
