"""Shapes text: which font, in which direction, which glyphs at which place; HarfBuzz shapes, python-bidi orders.

ReportLab's own right-to-left paragraph puts words in the wrong order and knows one font; these few functions do what
it does not, and know nothing of pages. Lengths are in thousandths of the type size.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from asbdesk.documents.scripts import FACES, PAPER, Script
from asbdesk.paths import resources

Face = tuple[str, bool]
"""Family and bold."""


class Glyph(NamedTuple):
    """One glyph. `says` is what its cluster stands for, on the first glyph of a cluster; on the rest it is empty."""

    id: int
    says: str
    advance: float
    right: float
    up: float
    natural: float
    """The advance that the font itself gives it."""


class Run(NamedTuple):
    """Glyphs of one font, left to right as they stand on the paper."""

    face: Face
    glyphs: tuple[Glyph, ...]
    width: float
    level: int
    """Of the bidirectional algorithm; odd is right to left."""
    text: str
    """What it says, in logical order."""

    @property
    def plain(self) -> bool:
        """Is each glyph one letter, on the line and in its order?"""
        return all(len(glyph.says) == 1 and not glyph.up and glyph.advance > 0 for glyph in self.glyphs)


class Word(NamedTuple):
    """What no line break parts (but where it is longer than a line), in logical order."""

    text: str
    runs: tuple[Run, ...]
    width: float
    space: Run
    """What follows it unless it ends a line."""


@cache
def _font(face: Face) -> Any:
    import uharfbuzz as hb

    path = resources() / "fonts" / f"{face[0]}-{'Bold' if face[1] else 'Regular'}.ttf"
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))


def face_data(face: Face) -> Any:
    """HarfBuzz's view of a font file, for embedding."""
    return _font(face).face


@cache
def covered(family: str) -> frozenset[int]:
    """The signs that a family has, regular and bold."""
    return frozenset(_font((family, False)).face.unicodes) & frozenset(_font((family, True)).face.unicodes)


_INVISIBLE = frozenset("\u200c\u200d\u202a\u202b\u202c\u200e\u200f")


@lru_cache(maxsize=4096)
def _family(sign: str, preferred: str) -> str:
    for family in (preferred, *FACES):
        if ord(sign) in covered(family):
            return family
    return FACES[0]


def levels(text: str, right_to_left: bool) -> list[int]:
    """The embedding level of each sign (UAX 9)."""
    if not right_to_left and text.isascii():
        return [0] * len(text)
    from bidi import algorithm

    state = algorithm.get_empty_storage()
    state["base_level"], state["base_dir"] = int(right_to_left), "LR"[right_to_left]
    algorithm.get_embedding_levels(text, state)
    for place, char in enumerate(state["chars"]):
        char["at"] = place
    algorithm.explicit_embed_and_overrides(state)
    algorithm.resolve_weak_types(state)
    algorithm.resolve_neutral_types(state, False)
    algorithm.resolve_implicit_levels(state, False)
    found = [-1] * len(text)
    for char in state["chars"]:
        found[char["at"]] = char["level"]
    before = int(right_to_left)
    for place, level in enumerate(found):  # signs that steer direction have no level: they stay with what precedes
        before = found[place] = level if level >= 0 else before
    return found


def _first_asked(script: Script, level: int) -> str:
    """The script's own family; for what goes from left to right within text from the right (names, numbers), ours."""
    return script.face if not script.right_to_left or level % 2 else PAPER


def _itemised(text: str, bold: Sequence[bool], level: Sequence[int], script: Script) -> Iterator[tuple[Face, int, str]]:
    """Parts of one font and one level. Signs that any font has stay with the part before them."""
    start, face = 0, ("", False)
    for place, sign in enumerate(text):
        family = face[0] if place and level[place] == level[place - 1] else ""
        common = sign in _INVISIBLE or unicodedata.category(sign) in ("Mn", "Mc", "Cf")
        if not family or not (common or (not sign.isalnum() and ord(sign) in covered(family))):
            family = _family(sign, _first_asked(script, level[place]))
        now = (family, bold[place])
        if place > start and (now != face or level[place] != level[place - 1]):
            yield face, level[start], text[start:place]
            start = place
        face = now
    if text:
        yield face, level[start], text[start:]


@lru_cache(maxsize=16384)
def shape(text: str, face: Face, level: int) -> Run:
    """`text`, of one font and one level, as glyphs."""
    import uharfbuzz as hb

    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if level % 2 else "ltr"
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    font = _font(face)
    hb.shape(font, buffer)
    infos, places = buffer.glyph_infos, buffer.glyph_positions
    ends = dict(zip(starts := sorted({info.cluster for info in infos}), [*starts[1:], len(text)], strict=True))
    said: set[int] = set()
    glyphs = []
    for info, place in zip(infos, places, strict=True):
        first = info.cluster not in said
        said.add(info.cluster)
        says = _said(text[info.cluster : ends[info.cluster]]) if first else ""
        natural = font.get_glyph_h_advance(info.codepoint)
        glyphs.append(Glyph(info.codepoint, says, place.x_advance, place.x_offset, place.y_offset, natural))
    return Run(face, tuple(glyphs), sum(glyph.advance for glyph in glyphs), level, _said(text))


@cache
def space_of(face: Face) -> Glyph:
    """A font's empty glyph."""
    return shape(" ", face, 0).glyphs[0]


def _said(text: str) -> str:
    """What a reader copies: without the signs that steer direction, held spaces as plain ones."""
    return text.translate(_COPIED)


_COPIED = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u200e\u200f")) | {ord("\N{NO-BREAK SPACE}"): " "}
_SPACES = re.compile(r" +")


@lru_cache(maxsize=2048)
def words(text: str, bold: tuple[bool, ...], script: Script) -> tuple[Word, ...]:
    """One line of markup-free text (`bold` for each sign) as words to be set on lines."""
    level = levels(text, script.right_to_left)
    made, at = [], 0
    while at < len(text):
        gap = _SPACES.search(text, at)
        end, after = (gap.start(), gap.end()) if gap else (len(text), len(text))
        for start, stop in _parts(at, end, script.most_joined):
            word = _word(text[start:stop], bold[start:stop], level[start:stop], script, level[end] if gap else None)
            made.append(word if stop == end else _with_nothing_after(word))
        at = max(after, at + 1)
    return tuple(made)


def _parts(start: int, end: int, most: int) -> Iterator[tuple[int, int]]:
    """A word, or its parts where it is so long that it would climb off its line."""
    step = most if most and end - start > 2 * most else max(end - start, 1)
    for at in range(start, end, step):
        yield at, min(at + step, end)


def _word(text: str, bold: Sequence[bool], level: Sequence[int], script: Script, gap: int | None) -> Word:
    shaped = (shape(part, face, at) for face, at, part in _itemised(text, bold, level, script))
    runs = tuple(run for run in shaped if run.text)
    # Nastaliq's own space is so narrow that numbers touch the words beside them
    family = PAPER if script.right_to_left else script.face
    space = shape(" ", (family, False), int(script.right_to_left) if gap is None else gap)
    return Word(text, runs, sum(run.width for run in runs), space)


def in_pieces(word: Word, width: float) -> Iterator[Word]:
    """A word longer than a line in pieces that fit, parted between clusters. `width` in thousandths of the size."""
    runs: list[Run] = []
    used = 0.0
    for run in word.runs:
        for cluster in _clusters(run):
            wide = sum(glyph.advance for glyph in cluster)
            if runs and used + wide > width:
                yield _piece(word, runs, used)
                runs, used = [], 0.0
            runs.append(Run(run.face, cluster, wide, run.level, "".join(glyph.says for glyph in cluster)))
            used += wide
    if runs:
        yield _piece(word, runs, used)


def _piece(word: Word, runs: list[Run], used: float) -> Word:
    return _with_nothing_after(Word("", tuple(runs), used, word.space))


def _with_nothing_after(word: Word) -> Word:
    return word._replace(space=word.space._replace(glyphs=(), width=0.0, text=""))


def _clusters(run: Run) -> list[tuple[Glyph, ...]]:
    """The clusters of a run in logical order; in each one its glyphs left to right."""
    found: list[list[Glyph]] = []
    for glyph in run.glyphs:
        if glyph.says or not found:
            found.append([])
        found[-1].append(glyph)
    return [tuple(cluster) for cluster in (reversed(found) if run.level % 2 else found)]


def places(runs: Sequence[Run]) -> list[float]:
    """Where each run of one line begins, from its left edge; the runs in logical order (rule L2)."""
    order = list(range(len(runs)))
    for level in _turned(runs):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and runs[order[end]].level >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = max(end, start + 1)
    found, at = [0.0] * len(runs), 0.0
    for number in order:
        found[number] = at
        at += runs[number].width
    return found


def _turned(runs: Sequence[Run]) -> range:
    odd = [run.level for run in runs if run.level % 2]
    return range(max(run.level for run in runs), min(odd) - 1, -1) if odd else range(0)
