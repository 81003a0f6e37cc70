"""What a case file says before it is paper: chapters of rows, exhibits, and what was left out for this reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Copy = Literal["investigator", "resident", "court"]
Kind = Literal["plan", "letter", "evidence"]


@dataclass(frozen=True)
class Line:
    """One row of a table, its cells in plain text; a line break in a cell is kept."""

    cells: tuple[str, ...]
    about: tuple[str, ...] = ()
    """Ids of the records it tells of; they are not printed."""
    private: bool = False
    """Not for the resident."""
    exhibit: int = 0
    """The exhibit whose page stands in the last column; 0 is none."""


@dataclass(frozen=True)
class Table:
    """Rows under a head. `shares` of the width for each column; with `pages` the last column says on which page."""

    head: tuple[str, ...]
    shares: tuple[float, ...]
    lines: tuple[Line, ...]
    heading: str = ""
    pages: bool = False


@dataclass(frozen=True)
class Chapter:
    """One part of the file. `empty` is said where no table has a row."""

    id: str
    heading: str
    says: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    empty: str = ""

    @property
    def lines(self) -> int:
        return sum(len(table.lines) for table in self.tables)


@dataclass(frozen=True)
class Exhibit:
    """A document or a piece of evidence that goes with the file. `size` in bytes, `sha256` as it was taken in."""

    number: int
    id: str
    """Of its record."""
    kind: Kind
    title: str
    name: str
    media: str = ""
    size: int = 0
    sha256: str = ""
    came: str = ""
    told: tuple[str, ...] = ()
    """What is known of it: from whom, what was decided, through whose hands it went."""
    private: bool = False

    @property
    def sealed(self) -> bool:
        """A paper of ours, kept byte for byte: its pages are shown as they are."""
        return self.kind != "evidence"

    @property
    def picture(self) -> bool:
        return self.media in ("image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp", "image/tiff")


@dataclass(frozen=True)
class Front:
    """The case on one page: what an investigator sees first."""

    stands: tuple[str, ...] = ()
    """Where it stands: open or closed, the level, who looks after it, what is late, what the file lacks."""
    home: tuple[str, ...] = ()
    household: tuple[str, ...] = ()
    """Who lives there, needs and circumstances with the day we knew and from whom, adjustments."""
    reported: tuple[str, ...] = ()
    months: tuple[tuple[str, int], ...] = ()
    """Reports by month: ("Mar 2020", 4)."""
    marks: tuple[tuple[str, str], ...] = ()
    """What was first done, and when: ("First plan", "12 Mar 2020, 3 working days later")."""
    handled: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseFile:
    """A whole case for one reader: already checked, and without what is not for them."""

    copy: Copy
    reference: str
    title: str
    landlord: str
    officer: str
    number: str
    to: str
    made_on: str
    front: Front
    chapters: tuple[Chapter, ...]
    exhibits: tuple[Exhibit, ...]
    left_out: tuple[tuple[str, int], ...] = ()
    """Why, and how many: for the officer, before it leaves. The paper says only that something was left out."""

    @property
    def entries(self) -> int:
        """Rows of all chapters."""
        return sum(chapter.lines for chapter in self.chapters)

    def texts(self) -> tuple[str, ...]:
        """Every word of it, to be looked through before it leaves."""
        front = self.front
        said = [*front.stands, *front.home, *front.household, *front.reported, *front.handled, self.title]
        said += [words for pair in front.marks for words in pair]
        for chapter in self.chapters:
            said += [chapter.heading, *chapter.says]
            said += [cell for table in chapter.tables for line in table.lines for cell in line.cells]
        for exhibit in self.exhibits:
            said += [exhibit.title, exhibit.name, *exhibit.told]
        return tuple(said)
