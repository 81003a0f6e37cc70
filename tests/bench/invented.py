"""Invented case files as journal entries: the same seed gives the same bytes, on any machine, on any day."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from typing import Any

from asbdesk.clock import instant

NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
"""The morning at which the invented desk stands."""
OFFICERS = 40
"""Members who share the cases: 10,000 cases are 250 an officer."""
SESSION = "bench2bench2benc." + "0" * 12 + "0" * 5 + "1"

Entry = tuple[str, dict[str, Any]]

FIRST = ("Rahima", "Asha", "Grace", "Noor", "Piotr", "Leila", "Marcus", "Bilal", "Tomasz", "Ingrid", "Callum", "Yusuf")
LAST = ("Begum", "Kaur", "Okoro", "Novak", "Hughes", "Rahman", "Walker", "Silva", "Mensah", "Evans", "Lis", "Ahmed")
STREETS = ("Harrow Court", "Mill Lane", "Beck Street", "Canal Walk", "Orchard Rise", "Station Road", "Chapel Fold")
BEHAVIOURS = ("noise", "shouting", "threats", "harassment", "damage", "rubbish", "drug_use", "dogs", "verbal_abuse")
STREAMS = ("asb",) * 7 + ("hate", "good_neighbourhood", "repairs_noise")
WORDS = (
    "Banging and shouting from the flat above until about two in the morning, most nights this week.",
    "He stood at the door and said he would make sorry anybody who complained about him again.",
    "Rubbish bags left on the landing; the smell comes in under the door and the children will not walk past.",
    "The front window was hit by a stone at about nine in the evening while we sat in the room.",
)
ACTIONS = ("Fit a new door lock", "Ring every Friday", "Ask the police for their reports", "Check the lighting")


class Writer:
    """Writes entries one after another, as one session of one desk."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.k = 0
        self.ids = 0

    def new_id(self) -> str:
        """A UUIDv7 in form; its time is a counter, so ids sort by when they were made."""
        self.ids += 1
        return f"{self.ids:012x}7{self.random.getrandbits(12):03x}8{self.random.getrandbits(60):015x}"

    def entry(self, file: str, do: str, by: str, at: dt.datetime, **records: dict[str, Any]) -> Entry:
        """One entry; `records` are `kind__id` to fields."""
        self.k += 1
        ms = int(at.timestamp() * 1000)
        sets = {what.replace("__", "/"): {n: [v] for n, v in fields.items()} for what, fields in records.items()}
        body = {"id": f"{SESSION}.{self.k}", "file": file, "do": do, "by": by, "set": sets}
        body |= {"happened": instant(at), "recorded": instant(at), "hlc": f"{(ms << 16) | (self.k & 0xFFFF):016x}"}
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True), body


def officers(first: str) -> list[str]:
    """Ids of the members: the desk's own first."""
    return [first, *(f"{n:032x}" for n in range(1, OFFICERS))]


def invented(cases: int, member: str, seed: int = 2026) -> Iterator[list[Entry]]:
    """The entries of each case in turn, about eleven a case."""
    write = Writer(seed)
    members = officers(member)
    for number in range(cases):
        yield list(_case(write, number, members[number % OFFICERS]))


def _case(write: Writer, number: int, by: str) -> Iterator[Entry]:
    pick = write.random
    opened = NOW - dt.timedelta(days=pick.randrange(2, 240), minutes=pick.randrange(600))
    home, reporter, other, case = (write.new_id() for _ in range(4))
    yield _home(write, home, number, reporter, by, opened)
    yield _person(write, reporter, home, by, opened)
    yield _person(write, other, "", by, opened)
    yield _opened(write, number, case, home, reporter, other, by, opened)
    at = opened
    for _ in range(pick.randrange(1, 4)):
        at += dt.timedelta(days=pick.randrange(1, 9))
        yield _report(write, case, reporter, other, by, min(at, NOW))
    for _ in range(pick.randrange(1, 5)):
        at += dt.timedelta(days=pick.randrange(1, 9))
        yield _contact(write, case, reporter, by, min(at, NOW))
    if pick.random() < 0.9:
        yield _assessment(write, case, reporter, by, opened + dt.timedelta(days=1))
    if pick.random() < 0.85:
        yield _plan(write, case, reporter, by, opened + dt.timedelta(days=2))


def _home(write: Writer, home: str, number: int, person: str, by: str, at: dt.datetime) -> Entry:
    address = f"{number % 140 + 1} {STREETS[number % len(STREETS)]}"
    household = {"home": home, "person": person, "children": number % 3, "since": at.date().isoformat()}
    return write.entry(
        f"home/{home}", "home.added", by, at,
        **{f"home__{home}": {"address": address, "postcode": f"LS{number % 20} {number % 10}AB"}},
        **{f"household__{write.new_id()}": household},
    )  # fmt: skip


def _person(write: Writer, person: str, home: str, by: str, at: dt.datetime) -> Entry:
    name = f"{write.random.choice(FIRST)} {write.random.choice(LAST)}"
    fields = {"name": name, "phone": f"0113 496 {write.random.randrange(10000):04d}", "home": home or None}
    told = {field: value for field, value in fields.items() if value}
    return write.entry(f"person/{person}", "person.added", by, at, **{f"person__{person}": told})


def _opened(
    write: Writer, number: int, case: str, home: str, reporter: str, other: str, by: str, at: dt.datetime
) -> Entry:
    fields: dict[str, Any] = {
        "reference": f"ASB-2026-A{number:05d}", "title": "Noise and threats", "home": home, "officer": by,
        "stream": write.random.choice(STREAMS), "category": write.random.choice(("medium", "low", "serious")),
        "status": "closed" if write.random.random() < 0.25 else "open", "opened": instant(at),
    }  # fmt: skip
    return write.entry(
        f"case/{case}", "case.opened", by, at,
        **{f"case__{case}": fields},
        **{f"involvement__{write.new_id()}": {"person": reporter, "role": "reporter"}},
        **{f"involvement__{write.new_id()}": {"person": other, "role": "alleged_perpetrator"}},
    )  # fmt: skip


def _report(write: Writer, case: str, reporter: str, other: str, by: str, at: dt.datetime) -> Entry:
    fields = {
        "received": instant(at), "by": reporter, "channel": "telephone", "to": "landlord", "about": [other],
        "words": write.random.choice(WORDS), "behaviours": write.random.sample(BEHAVIOURS, 2), "logged": instant(at),
    }  # fmt: skip
    return write.entry(f"case/{case}", "report.recorded", by, at, **{f"report__{write.new_id()}": fields})


def _contact(write: Writer, case: str, reporter: str, by: str, at: dt.datetime) -> Entry:
    made = write.random.random() < 0.8
    fields: dict[str, Any] = {
        "with_": reporter, "at": instant(at), "direction": "out", "made": made, "answered": made,
        "method": "telephone", "note": "Told her where we are.",
    }  # fmt: skip
    if write.random.random() < 0.5:
        fields["next_by"] = (at + dt.timedelta(days=7)).date().isoformat()
    return write.entry(f"case/{case}", "contact.recorded", by, at, **{f"contact__{write.new_id()}": fields})


def _assessment(write: Writer, case: str, reporter: str, by: str, at: dt.datetime) -> Entry:
    score = write.random.randrange(4, 38)
    band = "high" if score >= 28 else "medium" if score >= 16 else "standard"
    fields: dict[str, Any] = {
        "of": reporter, "at": instant(at), "by": "resident", "method": "visit", "form": "sha256:" + "0" * 64,
        "form_title": "Risk matrix", "answers": {f"q{n}": write.random.choice(("yes", "no")) for n in range(1, 15)},
        "score": score, "out_of": 42, "complete": True, "computed": band, "band": band, "trigger": "first",
    }  # fmt: skip
    return write.entry(f"case/{case}", "risk.assessed", by, at, **{f"assessment__{write.new_id()}": fields})


def _plan(write: Writer, case: str, reporter: str, by: str, at: dt.datetime) -> Entry:
    plan = write.new_id()
    records: dict[str, dict[str, Any]] = {
        f"plan_version__{plan}": {
            "number": "1", "at": instant(at), "person": reporter, "content": {"wants": ["to sleep"]},
            "review_on": (at + dt.timedelta(days=28)).date().isoformat(), "signing": "signed", "agreed": True,
            "copy_given": at.date().isoformat(), "copy_how": "left",
        }
    }  # fmt: skip
    for what in write.random.sample(ACTIONS, 3):
        by_day = (at + dt.timedelta(days=write.random.randrange(3, 30))).date().isoformat()
        action = {"plan": plan, "owner": "landlord", "who": "Dami Okafor", "what": what, "by": by_day}
        if write.random.random() < 0.7:
            action["done_on"] = by_day
        records[f"action__{write.new_id()}"] = action
    return write.entry(f"case/{case}", "plan.agreed", by, at, **records)
