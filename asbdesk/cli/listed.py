"""Taking on a list of cases from the command line: what the columns say, what would be made, what is wrong."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from asbdesk.cli.options import Options, show_json
from asbdesk.errors import UserError

if TYPE_CHECKING:
    from asbdesk.exchange.spreadsheet import CaseList, DryRun

MOST_FAULTS = 200
"""Faults that are printed; --json has them all."""


def take_list(
    options: Options, file: Path, *, mapping: str | None, dry_run: bool, good_rows: bool, ask: str | None
) -> int:
    """Take on the list in `file`, or only look (1 where a row is wrong). Raises UserError for what is refused whole."""
    from asbdesk.exchange import spreadsheet as lists
    from asbdesk.exchange.columns import read_mapping

    found = lists.open_list(file)
    if mapping:
        found = dataclasses.replace(found, mapping=read_mapping(Path(mapping).expanduser(), found.heads))
    if ask:
        _ask(found, Path(ask).expanduser())
        return 0
    with options.desk() as desk:
        dry = lists.dry_run(desk, found)
        if not options.as_json:
            print("\n".join(_told(found, dry, each_case=dry_run)))
        if dry_run:
            if options.as_json:
                show_json({"mapping": _columns(found), "dry_run": dry})
            return 1 if dry.faults else 0
        taken = lists.take_all(desk, dry, good_rows=good_rows, told=_progress)
    if options.as_json:
        show_json({"mapping": _columns(found), "faults": dry.faults, "taken": taken})
    else:
        print(taken.words)
    return 0


def _ask(found: CaseList, out: Path) -> None:
    from asbdesk.exchange.spreadsheet import write_asking

    try:
        write_asking(found, out)
    except FileExistsError:
        raise UserError(f"{out}: there is a file of this name already. Name another with --ask.") from None
    print(f"{out}: fill in the columns at the end, then take that file on. It is not encrypted: delete it afterwards.")


def _columns(found: CaseList) -> dict[str, str]:
    return {field: found.heads.names[at] for field, at in found.mapping.items()}


def _told(found: CaseList, dry: DryRun, *, each_case: bool) -> Iterator[str]:
    from asbdesk.exchange.columns import TITLES

    for field, head in _columns(found).items():
        yield f"{TITLES[field]}: “{head}”"
    yield from dry.notes
    for row, case in dry.good if each_case else ():
        address = f", {case.address}" if case.address else ""
        yield f"Row {row}: {case.name}{address}: {case.level}"
    yield from (fault.line for fault in dry.faults[:MOST_FAULTS])
    if len(dry.faults) > MOST_FAULTS:
        yield f"{len(dry.faults) - MOST_FAULTS} more are wrong: --json has them all."
    yield dry.words


def _progress(done: int, of: int) -> None:
    if of > 1000:
        print(f"{done:,} of {of:,}", file=sys.stderr)
