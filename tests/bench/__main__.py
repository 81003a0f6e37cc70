"""The bench: `python -m tests.bench [--json] [--cases N] [--rounds N] [--no-window]`."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.bench.measure import Measured


def measure(cases: int, rounds: int, *, window: bool = True) -> list[Measured]:
    """All figures on a store of so many cases; `rounds` times each, many times for those that are quick."""
    from tests.bench import desk, desks, make_store, many, plan_pdf, replayed
    from tests.bench import window as windows

    kept, few = make_store.store_of(cases), make_store.store_of(max(cases // 10, many.PART))
    with tempfile.TemporaryDirectory(prefix="asbdesk-bench-") as folder:
        scratch = Path(folder)
        figures = []
        if window:  # first: nothing else is in memory then
            shown = make_store.copy_of(kept, scratch / "shown").folder
            figures += [windows.start(shown, rounds), *windows.memory(shown, make_store.PASSPHRASE)]
        figures += desk.desk_figures(kept, scratch, rounds)
        figures += many.many_figures(kept, few, scratch, rounds)
        figures += plan_pdf.sealed_plans(rounds)
        figures.append(replayed.replay(rounds))
        figures += desks.one_page()
    return figures


def table(figures: list[Measured]) -> str:
    """For a person to read."""
    rows = [("what", "took", "floor", "ratio", "goal", "")]
    for f in figures:
        floor = f"{f.floor:.2f} {f.unit}" if f.floor is not None else "-"
        ratio = f"{f.ratio:.2f}" if f.ratio is not None else "-"
        rows.append((f.name, f"{f.value:.2f} {f.unit}", floor, ratio, f.goal, "" if f.met else "MISSED"))
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    told.add_argument("--json", action="store_true", help="a list of {name, value, unit, floor, ratio, goal, met}")
    told.add_argument("--cases", type=int, default=10_000, help="how many cases the store holds (10000)")
    told.add_argument("--rounds", type=int, default=9, help="how often each is done (9)")
    told.add_argument("--no-window", action="store_true", help="without the figures that need Qt")
    given = told.parse_args()
    figures = measure(given.cases, given.rounds, window=not given.no_window)
    if given.json:
        sys.stdout.write(json.dumps([figure.as_dict() for figure in figures], indent=1) + "\n")
    else:
        sys.stdout.write(table(figures) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
