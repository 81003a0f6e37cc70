"""The papers for managers and the governing body, full and empty."""

from __future__ import annotations

from typing import Any

from asbdesk.documents import governing_report, weekly_pack
from asbdesk.documents.governing_report import GoverningReport, KeptTo
from asbdesk.documents.released import Released
from asbdesk.documents.weekly_pack import PackLine, PackList, WeeklyPack
from tests.documents.builders import AT

STRANGE = '<b>Tom & "Jerry"</b> ঢাকা **x** {name}'


def for_managers() -> dict[str, bytes]:
    """Each paper with many lines, and with nothing to say."""
    lines = tuple(PackLine("", f"ASB-2026-A{n:04}", STRANGE, "5 days late · " * (n % 9)) for n in range(30))
    lists = (PackList("Complaints about us", "What is late.", lines), PackList("Hate incidents", STRANGE, lines[:1]))
    packs = {"pack": WeeklyPack("Wharram Homes", "2026-12-01", lists), "pack-empty": WeeklyPack("", "2026-12-01", ())}
    made = {name: weekly_pack.make(Released(pack, "x", "pack", AT)) for name, pack in packs.items()}
    reports = {"report": report(), "report-empty": report(full=False)}
    return made | {n: governing_report.make(Released(r, "everybody", "report", AT)) for n, r in reports.items()}


def report(*, full: bool = True) -> GoverningReport:
    """A year of a landlord that has everything, or nothing."""
    some: Any = (lambda *each: each) if full else (lambda *each: ())
    kept = KeptTo("communication", 120, 90, 20, 6, 4)
    return GoverningReport(
        landlord="Wharram Homes" if full else "",
        since="2025-12-01",
        until="2026-11-30",
        practice=not full,
        opened=40,
        closed=30,
        now=61,
        levels=(("high risk", 3), ("medium risk", 20), ("standard", 38)),
        unassessed=0,
        themes=some(kept, KeptTo("hate", 8, 8, 0, 0, 0)),
        worst=some(KeptTo(STRANGE, 12, 6, 4, 2, 0)),
        levels_set=(3, 1) if full else (0, 0),
        longer=some("First contact: 4 working days; usual 1"),
        gaps=some(STRANGE, "No policy is written down here on repairs."),
        hate=8,
        hate_spoken=(7, 8),
        strands=some(("race", 5), ("disability", 3)),
        hate_review=("2026-09-01", STRANGE) if full else ("", ""),
        complaints=9 if full else 0,
        about=some(("how we handled it", 8), ("how one of us behaved", 1)),
        answered=8 if full else 0,
        upheld=5 if full else 0,
        inquiries=(1, 1) if full else (0, 0),
        orders=(1, 0, 2),
        learned=some(("", STRANGE)),
        well=some(("", "We fitted a camera the same day")),
        trained=some((STRANGE, 2)),
        edi="2026-05-05" if full else "",
    )
