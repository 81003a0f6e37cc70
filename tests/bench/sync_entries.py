"""What is synced in the bench: reports in open cases, ten to a case in no order, and a change to each; and the same
records as documents of eight fields for the peers."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asbdesk.clock import instant
from asbdesk.store.entries import dumps
from tests.bench.invented import BEHAVIOURS, NOW, WORDS

PER_CASE = 10
OUTCOMES = ("told_what_happens", "visited", "passed_on")


@dataclass
class Writing:
    """Entries of one unlock of one laptop, numbered and timed as its own would be; the same for the same seed."""

    session: str
    member: str
    seed: int = 2026
    k: int = 0
    cases: list[str] = field(default_factory=list)
    reports: list[tuple[str, str, str, list[str]]] = field(default_factory=list)
    """`(case, report, id of its entry, its eight values as text)`."""

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def _id(self) -> str:
        self._at = NOW + dt.timedelta(seconds=self.k)
        ms = int(self._at.timestamp() * 1000)
        return f"{ms:012x}7{self.random.getrandbits(12):03x}8{self.random.getrandbits(60):015x}"

    def _entry(self, case: str, do: str, sets: dict[str, Any]) -> tuple[str, str]:
        """`(entry id, text)`."""
        self.k += 1
        at = NOW + dt.timedelta(seconds=self.k)
        me = f"{self.session}.{self.k}"
        body = {"id": me, "file": f"case/{case}", "do": do, "by": self.member, "set": sets}
        body |= {"happened": instant(at), "recorded": instant(at), "hlc": f"{int(at.timestamp() * 1000) << 16:016x}"}
        return me, dumps(body)

    def open(self, count: int) -> Iterator[str]:
        """Entries that open so many cases."""
        for number in range(count):
            case = self._id()
            self.cases.append(case)
            told = {"reference": f"ASB-2026-A{number:05d}", "title": "Noise", "status": "open", "officer": self.member}
            yield self._entry(case, "case.opened", {f"case/{case}": {n: [v] for n, v in told.items()}})[1]

    def new(self, count: int) -> Iterator[str]:
        """Entries of so many reports: what was said, eight fields, in cases as it comes."""
        for _ in range(count):
            case, report = self.random.choice(self.cases), self._id()
            fields = self._fields()
            me, text = self._entry(case, "report.recorded", {f"report/{report}": {n: [v] for n, v in fields.items()}})
            self.reports.append((case, report, me, [report, *(json.dumps(v) for v in list(fields.values())[1:])]))
            yield text

    def _fields(self) -> dict[str, Any]:
        pick, at = self.random, instant(NOW + dt.timedelta(seconds=self.k))
        return {
            "received": at, "logged": at, "by": self._id(), "about": [self._id()], "channel": "telephone",
            "to": pick.choice(OUTCOMES), "behaviours": pick.sample(BEHAVIOURS, 2),
            "words": f"{pick.choice(WORDS)} {pick.randrange(10**6)}",
        }  # fmt: skip

    def changed(self, count: int) -> Iterator[str]:
        """Entries that each change one field of a report, the earliest first."""
        for place in range(count):
            case, report, before, values = self.reports[place]
            sets = {f"report/{report}": {"to": ["landlord", before]}}
            values[5] = "landlord"
            yield self._entry(case, "report.corrected", sets)[1]

    def documents(self, path: Path, first: int, count: int) -> Path:
        """The same reports for the peers, as they stand now: a line of JSON each."""
        some = self.reports[first : first + count]
        lines = (json.dumps({"id": report, "fields": values}) for _, report, _, values in some)
        path.write_text("\n".join(lines), "utf-8")
        return path
