"""Which letters a language is written in: its fonts, its direction, and the room between its lines."""

from __future__ import annotations

from dataclasses import dataclass

PAPER = "NotoSans"
FACES = (
    PAPER,
    "NotoNaskhArabic",
    "NotoNastaliqUrdu",
    "NotoSansBengali",
    "NotoSansGurmukhi",
    "NotoSansGujarati",
)
"""The shipped families (OFL), each as `-Regular.ttf` and `-Bold.ttf`. What one does not have is sought in the next."""


@dataclass(frozen=True)
class Script:
    """How a language is set. `leading` is at least so many times the size; `scale` makes its letters as easy to read
    as Latin ones of the same size."""

    face: str = PAPER
    right_to_left: bool = False
    leading: float = 1.0
    scale: float = 1.0
    stop: str = "."
    """What ends a sentence."""
    inset: float = 0.0
    """How far letters reach beyond their own place at the line's beginning, as a share of the size."""
    climbs: float = 0.0
    """How far letters reach above their own line, as a share of the size."""
    most_joined: int = 0
    """Letters that may stand in one word: joined letters climb. 0: as many as there are."""


LATIN = Script()
_NASKH = Script("NotoNaskhArabic", True, leading=1.62, scale=1.12)
_SCRIPTS = {
    "ar": _NASKH,
    "ur": Script("NotoNastaliqUrdu", True, leading=1.98, scale=1.02, stop="۔", inset=0.24, climbs=0.3, most_joined=18),
    "bn": Script("NotoSansBengali", leading=1.42, scale=1.04, stop="।"),
    "pa": Script("NotoSansGurmukhi", leading=1.4, scale=1.04, stop="।"),
    "gu": Script("NotoSansGujarati", leading=1.4, scale=1.04),
}


def script_of(language: str) -> Script:
    """How `language` (a code such as `ur`) is set; Latin where nothing else is known."""
    return _SCRIPTS.get(language.partition("-")[0], LATIN)
