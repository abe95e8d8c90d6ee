"""A camera for Chromium: a short film of one picture, as its fake video device wants it."""

from io import BytesIO
from pathlib import Path

from PIL import Image

WIDTH, HEIGHT, FRAMES = 640, 480, 20


def film(picture: Image.Image, target: Path) -> Path:
    """Write an MJPEG in which the picture is held before a grey wall, a little tilted, and return its path."""
    shown = picture.convert("RGB")
    shown.thumbnail((int(WIDTH * 0.8), int(HEIGHT * 0.9)))
    frame = Image.new("RGB", (WIDTH, HEIGHT), (150, 150, 150))
    turned = shown.rotate(3, expand=True, fillcolor=(150, 150, 150))
    frame.paste(turned, ((WIDTH - turned.width) // 2, (HEIGHT - turned.height) // 2))
    jpeg = BytesIO()
    frame.save(jpeg, "JPEG", quality=90)
    target.write_bytes(jpeg.getvalue() * FRAMES)
    return target


def arguments(film_path: Path) -> list[str]:
    """Return what Chromium must be started with to see the film."""
    return [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film_path}",
    ]
