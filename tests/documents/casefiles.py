"""Invented case files for the tests that look at the paper."""

from __future__ import annotations

from asbdesk.documents.casefile import CaseFile, Chapter, Exhibit, Front, Line, Table
from asbdesk.documents.released import Released

AT = "2026-11-23T09:12:00.000Z"
FRONT = Front(
    stands=("Open since 3 March 2026.", "High risk.", "2 things are late."),
    home=("1 Invented Row, ZZ1 1ZZ", "Secure tenant since 4 May 2009"),
    household=("2 children", "Asthma: told on 3 March 2026 by them"),
    reported=("Noise, threats: 14 reports",),
    months=(("Mar 26", 4), ("Apr 26", 9), ("May 26", 1)),
    marks=(("First report", "3 March 2026"), ("First risk assessment", "12 March 2026, 7 working days later")),
    handled=("Dami Okafor: from 3 March 2026",),
)


def chapters(rows: int = 12, words: str = "Banging and shouting from the flat above.") -> tuple[Chapter, ...]:
    """A chapter with a table of that many rows, and an empty one."""
    lines = tuple(
        Line((f"{n % 28 + 1} Mar 2026, 14:05", f"Report {n}\n{words}", "Dami Okafor"), private=n % 7 == 3)
        for n in range(rows)
    )
    contact = Table(("When", "What", "By"), (0.22, 0.56, 0.22), lines, "Each step")
    evidence = Table(("When", "What"), (0.3, 0.7), (Line(("3 Mar 2026", "door.jpg"), exhibit=1),), pages=True)
    return (
        Chapter("contact", "Contact with the resident", ("What was said.",), (contact,)),
        Chapter("evidence", "Evidence", (), (evidence,)),
        Chapter("redress", "Redress and learning", empty="No redress is on file."),
    )


def case_file(**changes: object) -> Released[CaseFile]:
    """A case file as released."""
    told: dict[str, object] = {
        "copy": "investigator",
        "reference": "ASB-2026-A0007",
        "title": "Noise and threats",
        "landlord": "Wharram Homes",
        "officer": "Dami Okafor",
        "number": "0113 496 0127",
        "to": "the Housing Ombudsman",
        "made_on": "2026-11-23",
        "front": FRONT,
        "chapters": chapters(),
        "exhibits": (),
    }
    return Released(CaseFile(**(told | changes)), "the Housing Ombudsman", "casefile", AT)  # type: ignore[arg-type]


def exhibit(number: int, kind: str, **changes: object) -> Exhibit:
    """One exhibit."""
    told: dict[str, object] = {"id": f"{number:032x}", "title": "Plan 1", "name": "plan-1.pdf", "sha256": "ab" * 32}
    return Exhibit(number, kind=kind, **(told | changes))  # type: ignore[arg-type]


def every_case_file() -> dict[str, Released[CaseFile]]:
    """Without files: nothing known, words that fill pages and in many scripts, more than a first page can hold."""
    long = "A" * 400 + " " + "It went on and on. " * 300 + "\n" + "কেউ দরজায় ধাক্কা দিয়েছে। الجار يصرخ كل ليلة"
    many = tuple(f"Need {n}: known since Tue 3 Mar 2026, from them, and told again and again since" for n in range(60))
    return {
        "empty": case_file(copy="resident", chapters=(), front=Front(), title="Noise " * 60),
        "long": case_file(chapters=chapters(3, long)),
        "full": case_file(front=Front(many, many, many, many, FRONT.months * 4, FRONT.marks, many)),
    }
