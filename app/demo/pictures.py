"""Proofs of the sample's printed things, drawn when the sample is made: theme, organizer and day on a ground."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from app import clock
from app.fonts import SHIPPED_FOLDER, Weight
from app.models import Event

# What is how wide and high: a banner lies, a roll-up stands.
_SHAPES = {"易拉宝": (360, 800), "手提袋": (520, 640), "条幅": (1000, 180), "签名板": (900, 420)}
_GROUNDS = ((22, 64, 128), (18, 92, 112), (38, 72, 150), (60, 84, 110))


@cache
def _font(size: int, weight: Weight) -> ImageFont.FreeTypeFont | None:
    """Return the house's typeface in a size; None on a machine without set-up."""
    found = sorted(SHIPPED_FOLDER.glob(f"*{weight}*.[ot]tf"))
    return ImageFont.truetype(str(found[0]), size) if found else None


def picture(name: str, event: Event) -> bytes:
    """Return a small PNG that could be the proof of a printed thing of this event."""
    width, height = next((shape for key, shape in _SHAPES.items() if key in name), (800, 450))
    ground = _GROUNDS[sum(map(ord, name)) % len(_GROUNDS)]
    image = Image.new("RGB", (width, height), ground)
    draw = ImageDraw.Draw(image)
    for step in range(6):
        reach = int(min(width, height) * (0.95 - step * 0.12))
        shade = tuple(min(255, part + 9 + step * 7) for part in ground)
        draw.ellipse((width - reach, height - reach, width + reach, height + reach), fill=shade)
    draw.rectangle((0, height - max(10, height // 40), width, height), fill=(196, 214, 235))
    day = clock.local(event.starts_at, event.time_zone)
    _line(draw, event.theme, (width, height * 0.40), 0.11, "Bold", (255, 255, 255))
    _line(draw, event.name, (width, height * 0.58), 0.055, "Medium", (220, 232, 246))
    _line(
        draw,
        f"{event.organizer}  {day.year}.{day.month:02}.{day.day:02}",
        (width, height * 0.86),
        0.04,
        "Regular",
        (220, 232, 246),
    )
    content = BytesIO()
    image.save(content, "PNG", optimize=True)
    return content.getvalue()


def _line(
    draw: ImageDraw.ImageDraw,
    text: str,
    at: tuple[float, float],
    share: float,
    weight: Weight,
    ink: tuple[int, int, int],
) -> None:
    """Write a line into the middle, as large as `share` of the width allows and never wider than the picture."""
    width, y = at
    size = max(12, int(width * share))
    while size > 12 and (font := _font(size, weight)) is not None and draw.textlength(text, font) > width * 0.86:
        size -= 2
    if (font := _font(size, weight)) is not None:
        draw.text((width / 2, y), text, fill=ink, font=font, anchor="mm")


def slides(title: str, speaker: str, event: Event, number: int) -> bytes:
    """Return a PDF of two slides, as a lecture of this event could begin."""
    pages = []
    for place, (big, small) in enumerate(((title, speaker), (event.theme, f"{event.organizer}  v{number}"))):
        image = Image.new("RGB", (960, 540), _GROUNDS[(place + number) % len(_GROUNDS)])
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, 520, 960, 540), fill=(196, 214, 235))
        _line(draw, big, (960, 230), 0.06, "Bold", (255, 255, 255))
        _line(draw, small, (960, 320), 0.03, "Regular", (220, 232, 246))
        pages.append(image)
    content = BytesIO()
    pages[0].save(content, "PDF", save_all=True, append_images=pages[1:], title=title)
    return content.getvalue()
