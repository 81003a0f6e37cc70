"""Photographs for paper: how large they are, and a copy of one that fits a page; one at a time, from where it lies."""

from __future__ import annotations

import io
import warnings
from typing import BinaryIO

LONGEST = 1600
"""Dots of the longer side on paper: 200 to an inch."""
MOST_DOTS = 60_000_000
"""Larger ones are not unpacked: memory stays small. They go along as files."""
TURNED = (5, 6, 7, 8)
"""Values of the orientation tag that lay a picture on its side."""
ORIENTATION = 0x0112


def size_of(stream: BinaryIO) -> tuple[int, int] | None:
    """Width and height as it is shown; None for what is no picture, or is damaged, or too large."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(stream) as picture:
                wide, high = picture.size
                turned = picture.getexif().get(ORIENTATION) in TURNED
    except Exception:  # noqa: BLE001 - a damaged or a hostile picture makes its reader raise anything
        return None
    if wide * high > MOST_DOTS or not wide or not high:
        return None
    return (high, wide) if turned else (wide, high)


def for_paper(stream: BinaryIO) -> tuple[bytes, int, int]:
    """A JPEG of three colours, its width and its height; what the camera wrote beside the picture is not in it. One
    that cannot be unpacked after all is a white dot."""
    from PIL import Image, ImageOps

    try:
        with Image.open(stream) as picture:
            picture.draft("RGB", (LONGEST, LONGEST))
            picture.thumbnail((LONGEST, LONGEST))
            shown = ImageOps.exif_transpose(picture)
            if shown.mode in ("RGBA", "LA", "P"):
                clear = shown.convert("RGBA")
                shown = Image.new("RGB", clear.size, "white")
                shown.paste(clear, mask=clear.getchannel("A"))
            shown = shown.convert("RGB")
    except Exception:  # noqa: BLE001 - its head was whole, and what follows may raise anything
        shown = Image.new("RGB", (1, 1), "white")
    out = io.BytesIO()
    shown.save(out, "JPEG", quality=82)
    return out.getvalue(), *shown.size
