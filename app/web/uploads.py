"""Files that people upload: looked at, kept, and shown again."""

from collections.abc import Collection
from typing import Any

from flask import Response, current_app
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.file import FileField

from app import files
from app.content_kind import LARGEST, media_type
from app.models import File


def kept(field: FileField, kinds: Collection[str]) -> File | None:
    """Keep an uploaded file whose bytes are of one of these kinds; else put the error beside the field.

    On pages that open by a personal link nobody is signed in, and the file is nobody's.
    """
    upload = field.data
    content = upload.stream.read(LARGEST + 1)
    kind = media_type(content)
    if len(content) > LARGEST:
        field.errors = [gettext("The file is larger than 12 MB.")]
    elif kind not in kinds:
        field.errors = [gettext("This is not a picture that we can show, or the file is not complete.")]
    else:
        folder = current_app.config["SIGNING_DAY_HOME"]
        return files.keep(
            content, folder=folder, name=upload.filename or "", media_type=kind or "", by_id=current_user.id
        )
    return None


def shown(file: File) -> Any:
    """Answer with a kept file, to be looked at in the browser."""
    content = files.read(file, folder=current_app.config["SIGNING_DAY_HOME"])
    answer = Response(content, content_type=file.media_type)
    answer.headers.set("Content-Disposition", "inline", filename=file.name)
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
