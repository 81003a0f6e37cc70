"""What a piece of evidence is by its own bytes, whatever it is called, and what is wrong with it in words."""

from __future__ import annotations

from dataclasses import dataclass

TOO_LARGE = 300_000_000
"""Bytes above which nothing is shown here: it would not fit in memory beside the rest."""
TEXT_SHOWN = 400_000
"""Bytes of a text that are shown; the rest is in the copy."""
SAVE = "Save a copy to open it elsewhere, and delete that copy afterwards."
_MARKS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "pdf"),
    (0, b"\xff\xd8\xff", "picture"),
    (0, b"\x89PNG\r\n\x1a\n", "picture"),
    (0, b"GIF8", "picture"),
    (0, b"BM", "picture"),
    (8, b"WEBP", "picture"),
    (0, b"II*\x00", "picture"),
    (0, b"MM\x00*", "picture"),
    *((4, b"ftyp" + brand, "picture") for brand in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")),
    (8, b"WAVE", "sound"),
    (0, b"ID3", "sound"),
    *((0, b"\xff" + second, "sound") for second in (b"\xfb", b"\xfa", b"\xf3", b"\xf2", b"\xf1", b"\xf9")),
    (0, b"#!AMR", "sound"),
    (0, b"caff", "sound"),
    (0, b"OggS", "sound"),
    (0, b"fLaC", "sound"),
    *((4, b"ftyp" + brand, "sound") for brand in (b"M4A", b"M4B")),
    (4, b"ftyp", "film"),
    (8, b"AVI ", "film"),
    (0, b"\x1aE\xdf\xa3", "film"),
    (0, b"FLV\x01", "film"),
    *((0, b"\x00\x00\x01" + second, "film") for second in (b"\xba", b"\xb3")),
    (0, b"0&\xb2u\x8ef\xcf\x11", "film"),
    (0, b"MZ", "program"),
    (0, b"\x7fELF", "program"),
    (0, b"PK\x03\x04", "archive"),
)
_ENDINGS = {
    "pdf": ("pdf",),
    "picture": ("jpg", "jpeg", "png", "gif", "bmp", "webp", "tif", "tiff", "heic", "heif", "avif"),
    "sound": ("wav", "mp3", "m4a", "m4b", "ogg", "oga", "opus", "flac", "aac", "amr", "caf", "wma"),
    "film": ("mp4", "mov", "avi", "mkv", "webm", "3gp", "m4v", "wmv", "mpg", "mpeg", "flv"),
    "text": ("txt", "csv", "log", "eml", "md"),
}
_WORDS = {
    "pdf": "a PDF",
    "picture": "a picture",
    "sound": "a sound",
    "film": "a film",
    "text": "a text",
    "program": "a program",
    "archive": "a folder of files packed together, or a document",
    "other": "something that asbdesk does not know",
}


@dataclass(frozen=True)
class WhatItIs:
    """`kind`: `pdf`, `picture`, `sound`, `film`, `text`, `program`, `archive`, `other`. `warning`: said above it."""

    kind: str
    warning: str = ""
    shown: bool = True
    """False where it is not to be shown here: the warning says why and what to do."""


def what_it_is(name: str, data: bytes) -> WhatItIs:
    """By its bytes first; its name only tells whether it lies."""
    if not data:
        return WhatItIs("other", "This file is empty: 0 bytes. Ask for it again.", shown=False)
    called = _called(name)
    if len(data) > TOO_LARGE:
        return WhatItIs(called or "other", "This file is too large to be shown here. Save a copy.", shown=False)
    kind = _by_bytes(data)
    if kind == "program":
        return WhatItIs(kind, "This is a program. It is not opened here. Do not open a copy of it either.", shown=False)
    if called and called != kind and {called, kind} != {"sound", "film"}:
        warning = f"It is called {_WORDS[called]}, but its bytes are those of {_WORDS[kind]}."
        damaged = " It may be damaged: ask for it again." if kind == "other" else " It is shown as what it is."
        return WhatItIs(kind, warning + damaged)
    return WhatItIs(called if {called, kind} == {"sound", "film"} else kind)


def _called(name: str) -> str:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return next((kind for kind, endings in _ENDINGS.items() if ending in endings), "")


def _by_bytes(data: bytes) -> str:
    for at, mark, kind in _MARKS:
        if data[at : at + len(mark)] == mark:
            return kind
    start = data[:4096]
    if b"\x00" in start:
        return "other"
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as problem:
        if problem.start < len(start) - 4:
            return "other"
    return "text"


def text_of(data: bytes) -> tuple[str, bool]:
    """The words of a text, and whether that is all of it. Signs that turn the reading direction are left out."""
    shown = data[:TEXT_SHOWN].decode("utf-8", errors="replace").replace("\r\n", "\n")
    clean = "".join(c for c in shown if c in "\n\t" or (c.isprintable() and c not in _TURNING))
    return clean, len(data) <= TEXT_SHOWN


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
