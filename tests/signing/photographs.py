"""What a phone makes of a printed page: ink and a red stamp on it, lying on a desk, seen askew, in uneven light."""

import random
from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app import pdf_picture
from app.blueprints.signing.paper import flattening
from app.models import Party

DESK = (118, 96, 74)
SIZE = (2400, 3200)  # pixels of the photo
Place = tuple[float, float, float, float]  # left, top, right, bottom in shares of the page


def sheet(printed: bytes, page: int, *, signed_at: Place | None = None, stamped_at: Place | None = None) -> Image.Image:
    """A page from the printer, with what was written and stamped on it."""
    paper = pdf_picture.page_image(printed, page, width=1600).convert("RGB")
    pen = ImageDraw.Draw(paper)
    if signed_at is not None:
        left, top, right, foot = (share * side for share, side in zip(signed_at, paper.size * 2, strict=True))
        points = [(left + (right - left) * n / 24, (top if n % 2 else foot) + (n % 5) * 4) for n in range(25)]
        pen.line(points, fill=(24, 30, 60), width=6, joint="curve")
    if stamped_at is not None:
        box = [share * side for share, side in zip(stamped_at, paper.size * 2, strict=True)]
        stamp = Image.new("RGB", paper.size, "white")
        ImageDraw.Draw(stamp).ellipse(box, outline=(200, 30, 40), width=12)
        ImageDraw.Draw(stamp).regular_polygon(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, 60), 5, fill=(200, 30, 40))
        paper = ImageChops.multiply(paper, stamp)
    return paper


def photo(paper: Image.Image, *, seed: int, turned: int = 0) -> bytes:
    """A JPEG of a sheet; `turned` is how the phone was held, in degrees, with nothing in the file to tell it."""
    chance = random.Random(seed)
    wide, high = SIZE
    corners = [
        (wide * (x + chance.uniform(-0.05, 0.05)), high * (y + chance.uniform(-0.04, 0.04)))
        for x, y in ((0.1, 0.09), (0.9, 0.09), (0.9, 0.91), (0.1, 0.91))
    ]
    whole: Sequence[tuple[float, float]] = [(0, 0), (paper.width, 0), paper.size, (0, paper.height)]
    laid = flattening._perspective(corners, whole)  # the same sums the other way round
    seen = paper.transform(SIZE, Image.Transform.PERSPECTIVE, laid, Image.Resampling.BICUBIC, fillcolor=DESK)
    light = Image.linear_gradient("L").resize(SIZE).point(lambda level: 190 + level // 4)
    seen = ImageChops.multiply(seen, Image.merge("RGB", [light] * 3)).filter(ImageFilter.GaussianBlur(1.2))
    target = BytesIO()
    seen.rotate(turned, expand=True).save(target, "JPEG", quality=72)
    return target.getvalue()


def shares(box, size=(595.28, 841.89)) -> Place:
    """The place of a field of the document (points from the lower left) in shares of its page."""
    wide, high = size
    return box.x / wide, 1 - (box.y + box.height) / high, (box.x + box.width) / wide, 1 - box.y / high


def places(document) -> dict[Party, tuple[int, Place, Place]]:
    """Where each party signs and stamps a document: page from 1, signature, stamp."""
    return {
        party: (box.page + 1, shares(box), shares(document.fields[f"{party.value}.stamp"]))
        for party, box in document.boxes.items()
    }
