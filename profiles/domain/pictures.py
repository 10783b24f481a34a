"""Pictures of people: what is uploaded is read once and made anew, so that nothing but pixels comes through."""

import struct
import warnings
from collections.abc import Mapping
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 5_000_000
MOST_PIXELS = 40_000_000
SHORTEST_SIDE = 120
SIZES = (128, 384)
FORMATS = ("JPEG", "PNG", "WEBP")

_BROKEN = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    EOFError,
    IndexError,
    KeyError,
    OverflowError,
    ZeroDivisionError,
    struct.error,
    UserWarning,
)
# What would only be warned of is refused, in every thread.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


class InvalidPicture(ValueError):
    """A file that no picture is made of: "bytes", "pixels", "small" or "broken"."""


def pictures_of(content: bytes) -> Mapping[int, bytes]:
    """WebP squares by side length, without what cameras and tools add. Raises InvalidPicture.

    The size that the file states is looked at before a single pixel is unpacked.
    """
    if len(content) > MOST_BYTES:
        raise InvalidPicture("bytes")
    try:
        return _made(content)
    except _BROKEN as error:
        if isinstance(error, InvalidPicture):
            raise
        raise InvalidPicture("broken") from None


def _made(content: bytes) -> Mapping[int, bytes]:
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise InvalidPicture("pixels")
        if min(opened.size) < SHORTEST_SIDE:
            raise InvalidPicture("small")
        opened.draft("RGB", (SIZES[-1] * 2, SIZES[-1] * 2))
        upright = ImageOps.exif_transpose(opened)
        flat = _flattened(upright)
    return {side: _webp(ImageOps.fit(flat, (side, side), Image.Resampling.LANCZOS)) for side in SIZES}


def _flattened(image: Image.Image) -> Image.Image:
    """Only pixels, on white where they were transparent; profiles, comments and positions stay behind."""
    if image.mode not in ("RGBA", "LA", "PA", "P"):
        return image.convert("RGB")
    seen = image.convert("RGBA")
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground


def _webp(image: Image.Image) -> bytes:
    clean = Image.frombytes("RGB", image.size, image.tobytes())
    written = BytesIO()
    clean.save(written, "WEBP", quality=82, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return written.getvalue()
