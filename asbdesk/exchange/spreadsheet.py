"""A list of existing cases: looked through row by row first, then taken on, all of it or the good rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from asbdesk.casework.taking_on import Homes, check_days, known_homes, known_references, officers, take_on
from asbdesk.casework.words import number
from asbdesk.clock import long_day
from asbdesk.errors import UserError
from asbdesk.exchange.columns import TITLES, Heads, below, guess, heads_of
from asbdesk.exchange.old_rows import Fault, Known, read_row
from asbdesk.exchange.safe_csv import write_csv
from asbdesk.exchange.sheet import Sheet, read_sheet

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk
    from asbdesk.casework.taking_on import OldCase

AT_ONCE, TOGETHER = 12, 192
"""Cases in one action (few enough that it can be undone), and in one transaction (that works out what is due)."""
FACTS = ("children", "harm", "spoke")
ASK = "This list has no risk level. Say three facts of each case: children? violence, threat or hate? last spoken to?"
UNDO = "take_on"
"""The local setting that holds the acts of the newest list."""
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class CaseList:
    """A file that was read, with its heads and a first guess at what its columns say."""

    sheet: Sheet
    heads: Heads
    mapping: dict[str, int]

    @property
    def notes(self) -> tuple[str, ...]:
        return (*self.sheet.notes, *self.heads.notes)

    def samples(self, at: int, most: int = 3) -> tuple[str, ...]:
        """What the first rows say in a column."""
        rows = below(self.sheet, self.heads)[:most]
        return tuple(cells[at] if at < len(cells) else "" for _, cells in rows)


@dataclass(frozen=True)
class DryRun:
    """What taking on would make, and what is wrong. Nothing is written yet."""

    good: tuple[tuple[int, OldCase], ...]
    """(row, case)."""
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    rows: int

    @property
    def words(self) -> str:
        """One sentence."""
        wrong = len({fault.row for fault in self.faults})
        told = f"{number(self.rows, 'row')}: {number(len(self.good), 'case')} can be taken on"
        levels = Counter(case.level for _, case in self.good)
        told += "".join(f", {count} {level}" for level, count in sorted(levels.items())) if self.good else ""
        return f"{told}. {number(wrong, 'row')} cannot yet." if wrong else f"{told}."


@dataclass(frozen=True)
class TakenOn:
    """What became of a list."""

    cases: int
    of: int
    acts: tuple[str, ...]
    first: str = ""
    last: str = ""
    """The first and the last day of their checks."""

    @property
    def words(self) -> str:
        """In a sentence or two."""
        if self.cases < self.of:
            return f"{self.cases} of {number(self.of, 'case')} were taken on. Choose the list again for the rest."
        days = f"on {long_day(self.first)}" if self.first == self.last else ""
        days = days or f"from {long_day(self.first)} to {long_day(self.last)}"
        return f"{number(self.cases, 'case')} taken on. Each owes one check, {days}." if self.cases else "No case."


def open_list(path: Path) -> CaseList:
    """Read a file and guess its columns. Raises UserError naming the file and the mend."""
    sheet = read_sheet(path)
    heads = heads_of(sheet)
    return CaseList(sheet, heads, guess(heads))


def dry_run(desk: Desk, found: CaseList, told: Told | None = None) -> DryRun:
    """Look through every row. Raises UserError where the mapping cannot do: no name, or nothing that says the risk."""
    rows, mapping = below(found.sheet, found.heads), found.mapping
    if not rows:
        raise UserError(f"{found.sheet.name} has heads and no cases under them. There is nothing to take on.")
    if "name" not in mapping:
        raise UserError(f"Say which column holds “{TITLES['name']}”.")
    if "level" not in mapping and not all(field in mapping for field in FACTS):
        raise UserError(ASK)
    known = Known(desk.today, desk.read(known_references), desk.read(officers))
    good, faults, notes = [], list[Fault](), list(found.notes)
    for at, (row, cells) in enumerate(rows):
        case, wrong = read_row(known, found.heads.names, mapping, f"{found.sheet.name}, row {row}", row, cells)
        faults += wrong
        if case is not None:
            good.append((row, case))
        if told and at % 500 == 0:
            told(at, len(rows))
    if known.strangers:
        names = ", ".join(sorted(known.strangers)[:5])
        notes.append(f"Nobody of this name works with this desk: {names}. Those cases will be yours.")
    return DryRun(tuple(good), tuple(faults), tuple(notes), len(rows))


def take_all(
    desk: Desk,
    dry: DryRun,
    *,
    good_rows: bool = False,
    told: Told | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> TakenOn:
    """Take the cases on. Raises UserError while a row is wrong, unless `good_rows` are asked for.

    Up to 192 cases are one transaction; `stop` is asked between them, and what was taken on by then stands.
    """
    if dry.faults and not good_rows:
        raise UserError(f"{dry.words} Nothing was taken on. Mend the list, or take the good rows only.")
    cases = [case for _, case in dry.good]
    days = desk.read(check_days, desk.clock, cases, desk.member)
    homes, acts, done = desk.read(known_homes), list[str](), 0
    while done < len(cases) and not stop():
        acts += _together(desk, cases[done : done + TOGETHER], days[done : done + TOGETHER], homes)
        done = min(done + TOGETHER, len(cases))
        desk.drafts.remember(UNDO, " ".join(acts))
        if told:
            told(done, len(cases))
    given = sorted(days[:done])
    return TakenOn(done, len(cases), tuple(acts), *((given[0], given[-1]) if given else ()))


def _together(desk: Desk, cases: Sequence[OldCase], days: Sequence[str], homes: Homes) -> list[str]:
    acts = []
    with desk.store.journal.batch():
        for at in range(0, len(cases), AT_ONCE):
            part = list(zip(cases[at : at + AT_ONCE], days[at : at + AT_ONCE], strict=True))
            acts.append(desk.do(take_on, part, homes).act or "")
    return acts


def newest_acts(desk: Desk) -> tuple[str, ...]:
    """The acts of the newest list taken on at this desk; empty where there is none, or it was undone."""
    return tuple((desk.drafts.remembered(UNDO) or "").split())


def undo_list(desk: Desk, acts: Sequence[str]) -> None:
    """Put back a whole list, while nothing came after. Raises UserError, and undoes nothing, where something did."""
    try:
        with desk.store.journal.batch():
            for act in reversed(acts):
                desk.undo(act)
    except UserError:
        raise UserError(
            "This list can no longer be undone as a whole: somebody has worked on one of its cases since."
        ) from None
    desk.store.journal.catch_up()
    desk.drafts.remember(UNDO, "")


def write_asking(found: CaseList, out: Path) -> None:
    """The list again as CSV, with three empty columns for what decides how soon each case is looked at."""
    rows = below(found.sheet, found.heads)
    width = len(found.heads.names)
    with out.open("x", encoding="utf-8-sig", newline="") as file:
        asked = [TITLES[field] for field in FACTS if field not in found.mapping]
        lines = ([*cells, *[""] * (width - len(cells) + len(asked))] for _, cells in rows)
        write_csv(file, [[*found.heads.names, *asked], *lines])
