"""Shaped glyphs in a file: how they are shown on a page, and the fonts they need, each embedded as a subset.

Each pair of a glyph and what it says becomes a character of its own, so that text comes out as it went in. Where
glyphs are not letters (a ligature, a vowel drawn before its consonant, Nastaliq's slope) they are drawn as decoration,
and empty letters lie over them: unlike `ActualText`, which few readers know, every reader copies those.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from asbdesk.documents.shaping import Face, Glyph, Run, face_data, space_of

HIDDEN = "\N{ZERO WIDTH SPACE}"
"""What glyphs say that are only drawn."""


MOST_SHOWN = 20_000
"""Runs remembered while one file is drawn: a plan has a thousand, a long case file may have any number."""


class Used:
    """The glyphs that one file uses, by font; `name` is a font's name in the file."""

    def __init__(self) -> None:
        self._of: dict[Face, dict[tuple[int, str], int]] = {}
        self._names: dict[Face, str] = {}
        self._widths: dict[Face, list[float]] = {}
        """By the number of the character, from 1."""
        self.shown: dict[tuple[int, float], tuple[Run, str, str]] = {}
        """Of each run shown so far in a size: the run, what draws it saying nothing, and what is read (`_shown`)."""

    def __iter__(self) -> Iterator[tuple[str, Face, dict[tuple[int, str], int], list[float]]]:
        for face in self._of:
            yield self.name(face), face, self._of[face], self._widths[face]

    def name(self, face: Face) -> str:
        """As page resources call it."""
        if face not in self._of:
            self._of[face], self._widths[face], self._names[face] = {}, [], f"S{len(self._of)}"
        return self._names[face]

    def character(self, face: Face, glyph: Glyph, says: str) -> int:
        """The number of a glyph that says `says`; new ones are noted."""
        known = self._of[face]
        number = known.get((glyph.id, says))
        if number is None:
            number = known[glyph.id, says] = len(known) + 1
            self._widths[face].append(glyph.natural)
        return number


Placed = tuple[float, Run]
"""Where a run begins on its line, in points, and the run."""


def drawn_only(used: Used, placed: Iterable[Placed], size: float, y: float) -> str:
    """Operators that draw the runs whose glyphs do not stand for one letter each, saying nothing; empty: there are
    none. It belongs outside of any element: `read` lets their letters be read."""
    shown = ((x, _shown(used, run, size)[1]) for x, run in placed)
    code = [f"1 0 0 1 {x:.2f} {y:.2f} Tm {drawn}" for x, drawn in shown if drawn]
    return " ".join(("/Span <</ActualText <FEFF>>> BDC BT", *code, "ET EMC")) if code else ""


def read(used: Used, placed: Iterable[Placed], size: float, y: float) -> str:
    """Operators that show the plain runs, and lay empty letters over the others that say what those stand for.

    Each run stands at its place, in the order they are read; within it letters go from left to right, as all readers
    expect them, of text from the right too."""
    code = (f"1 0 0 1 {x:.2f} {y:.2f} Tm {_shown(used, run, size)[2]}" for x, run in placed)
    return " ".join(("BT", *code, "ET"))


def _shown(used: Used, run: Run, size: float) -> tuple[Run, str, str]:
    """The operators for a run wherever it stands: the same words, and the space between words, come again and again.
    Runs are kept while they are shaped alike (`shaping.shape`), so that one is known again by which one it is."""
    made = used.shown.get((id(run), size))
    if made is None:
        if len(used.shown) >= MOST_SHOWN:
            used.shown.clear()
        font = f"/{used.name(run.face)} {size:g} Tf "
        if run.plain:
            drawn, said = "", f"[{''.join(_placed(used, run.face, glyph, glyph.says) for glyph in run.glyphs)}] TJ"
        else:
            drawn, said = " ".join(_risen(used, run, size)), " ".join(_letters(used, run))
        made = used.shown[id(run), size] = (run, drawn and font + drawn, font + said)
    return made


def _letters(used: Used, run: Run) -> Iterator[str]:
    """What a run says, its width shared out evenly: a mark has no width of its own, and a ligature but one."""
    text = run.text[::-1] if run.level % 2 else run.text
    space = space_of(run.face)
    yield f"{100 * run.width / (len(text) * space.natural):.2f} Tz"
    yield f"<{''.join(f'{used.character(run.face, space, sign):04X}' for sign in text)}> Tj 100 Tz"


def _risen(used: Used, run: Run, size: float) -> Iterator[str]:
    """Glyphs that may stand above or below the line."""
    rise, level = 0.0, list[str]()
    for glyph in run.glyphs:
        if glyph.up != rise:
            if level:
                yield f"[{''.join(level)}] TJ"
            rise, level = glyph.up, []
            yield f"{rise * size / 1000:.2f} Ts"
        level.append(_placed(used, run.face, glyph, HIDDEN))
    yield f"[{''.join(level)}] TJ" + (" 0 Ts" if rise else "")


def _placed(used: Used, face: Face, glyph: Glyph, says: str) -> str:
    """One glyph of a TJ array, with the moves before and after it."""
    before = f" {-glyph.right:g}" if glyph.right else ""
    after = glyph.natural + glyph.right - glyph.advance
    return f"{before}<{used.character(face, glyph, says):04X}>" + (f"{after:g}" if after else "")


# ---- embedding
def embed(pdf: Any, used: Used) -> None:
    """Put the fonts into the file, and their names into each page's resources."""
    from pikepdf import Name

    made = {name: _font(pdf, face, characters, widths) for name, face, characters, widths in used}
    for page in pdf.pages:
        fonts = page.Resources.Font
        for name, font in made.items():
            fonts[Name("/" + name)] = font


def _font(pdf: Any, face: Face, characters: dict[tuple[int, str], int], widths: list[float]) -> Any:
    from pikepdf import Array, Dictionary, Name, String

    data, places = _subset(face, tuple(sorted({glyph for glyph, _ in characters})))
    tag = "".join(chr(65 + (zlib.crc32(data) >> shift) % 26) for shift in (0, 4, 8, 12, 16, 20))
    base = Name(f"/{tag}+{face[0]}{'-Bold' if face[1] else ''}")
    to_glyph = b"\0\0" + b"".join(places[glyph].to_bytes(2, "big") for glyph, _ in characters)
    file = pdf.make_stream(data, Length1=len(data))
    inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=base, DW=0)
    inner.CIDSystemInfo = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
    inner.FontDescriptor = pdf.make_indirect(Dictionary(**_described(face), FontName=base, FontFile2=file))
    inner.W = Array([1, Array([round(width) for width in widths])])
    inner.CIDToGIDMap = pdf.make_stream(to_glyph)
    outer = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=base, Encoding=Name("/Identity-H"))
    outer.DescendantFonts = Array([pdf.make_indirect(inner)])
    outer.ToUnicode = pdf.make_stream(_to_unicode(characters))
    return pdf.make_indirect(outer)


@cache
def _described(face: Face) -> dict[str, Any]:
    """The font descriptor, but for names and data."""
    import uharfbuzz as hb
    from pikepdf import Array, Name

    font = hb.Font(face_data(face))
    room = font.get_font_extents("ltr")
    up, down = int(room.ascender), int(room.descender)
    return {
        "Type": Name.FontDescriptor,
        "Flags": 4,  # symbolic: characters are this file's own
        "FontBBox": Array([-1000, down, 3000, up]),
        "ItalicAngle": 0,
        "Ascent": up,
        "Descent": down,
        "CapHeight": 714,
        "StemV": 140 if face[1] else 80,
    }


@cache
def _subset(face: Face, glyphs: tuple[int, ...]) -> tuple[bytes, dict[int, int]]:
    """The font with these glyphs alone (and the parts they are made of); where each one is now."""
    import uharfbuzz as hb

    wanted = hb.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_HINTING
    wanted.drop_table_tag_set.update(int.from_bytes(table, "big") for table in _NOT_IN_A_PDF)
    plan = hb.SubsetPlan(face_data(face), wanted)
    places = dict(plan.old_to_new_glyph_mapping)
    return bytes(plan.execute().blob.data), places


_NOT_IN_A_PDF = (b"GSUB", b"GPOS", b"GDEF", b"name", b"post", b"OS/2", b"STAT")
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{parts}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def _to_unicode(characters: dict[tuple[int, str], int]) -> bytes:
    lines = [f"<{number:04X}> <{says.encode('utf-16-be').hex().upper()}>" for (_, says), number in characters.items()]
    blocks = (lines[n : n + 100] for n in range(0, len(lines), 100))
    parts = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return _CMAP.format(parts=parts).encode()
