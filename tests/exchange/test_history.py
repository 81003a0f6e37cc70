"""Case histories: strict reading, whole refusal, each event by the officer's own action, one transaction a file."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from asbdesk.casework.cases import case_page, list_cases
from asbdesk.casework.desk import Desk
from asbdesk.errors import UserError
from asbdesk.exchange.history import import_history, take_in
from asbdesk.exchange.history_read import BadHistory, Event, parse, read
from asbdesk.model import Case
from asbdesk.model.journal import entry
from asbdesk.paths import resources

HISTORIES = Path(__file__).parents[1] / "histories"
EXPECT: dict[str, str | None] = json.loads((HISTORIES / "malformed" / "EXPECT.json").read_text(encoding="utf-8"))
PRACTICE = sorted((resources() / "practice").glob("*.json"))


def good() -> dict[str, Any]:
    return {
        "format": "asbdesk-case-history/1",
        "reference": "T-1",
        "title": "Loud music",
        "people": [
            {"key": "resident", "roles": ["reporter"], "name": "Mr Invented Person", "children": 1},
            {"key": "neighbour", "roles": ["alleged_perpetrator"]},
        ],
        "events": [
            {"on": "2021-03-02", "kind": "report", "id": "r1", "by": "resident", "behaviours": ["noise"]},
            {"on": "2021-03-03", "kind": "contact", "with": "resident", "direction": "out", "made": True},
            {"on": "2021-03-04", "kind": "risk_assessment", "band": "medium"},
            {"on": "2021-03-05", "kind": "plan", "actions": [{"id": "a1", "who": "landlord", "what": "Listen"}]},
            {"on": "2021-03-08", "kind": "action_done", "action": "a1"},
            {"on": "2021-03-09", "kind": "evidence_received", "from": "resident", "count": 3},
        ],
        "until": "2021-06-30",
    }


def written(tmp_path: Path, told: Any) -> Path:
    file = tmp_path / "history.json"
    file.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    return file


Change = Callable[[dict[str, Any]], Any]


def at(place: str, value: Any) -> Change:
    """Put `value` at a place such as `events.1.on`; the word DROP takes it out."""

    def change(told: dict[str, Any]) -> None:
        *way, last = place.split(".")
        where: Any = told
        for step in way:
            where = where[int(step)] if isinstance(where, list) else where[step]
        if value == "DROP":
            del where[last]
        elif isinstance(where, list):
            where[int(last)] = value
        else:
            where[last] = value

    return change


WRONG: list[tuple[str, Change, str]] = [
    ("unknown top key", at("colour", "red"), "colour: this field is not known"),
    ("unknown field", at("events.1.mood", "low"), "events[1].mood: this field is not known"),
    ("no reference", at("reference", "DROP"), "reference: it is missing"),
    ("no events", at("events", []), "events: there is none"),
    ("event not an object", at("events.1", "a call"), "events[1]: an event is written as an object"),
    ("no kind", at("events.1.kind", "DROP"), "events[1].kind: it is missing"),
    ("no such day", at("events.1.on", "2021-02-30"), 'events[1].on: "2021-02-30" is not a date; write YYYY-MM-DD'),
    ("before 1900", at("events.1.on", "1899-12-31"), "events[1].on"),
    ("time", at("events.1.at", "25:00"), 'events[1].at: "25:00" is not a time'),
    ("behaviour", at("events.0.behaviours", ["loud"]), 'events[0].behaviours[0]: "loud" is not known here'),
    ("not a list", at("events.0.behaviours", "noise"), 'events[0].behaviours: "noise" is not a list'),
    ("band", at("events.2.band", "low"), "events[2].band"),
    ("direction", at("events.1.direction", "up"), "events[1].direction"),
    ("one for true", at("events.1.made", 1), "events[1].made"),
    ("float count", at("events.5.count", 2.5), "events[5].count"),
    ("true for a count", at("events.5.count", True), "events[5].count"),
    ("role", at("people.0.roles", ["friend"]), "people[0].roles[0]"),
    ("person key twice", at("people.1.key", "resident"), "people[1].key"),
    ("long key", at("people.1.key", "k" * 201), "people[1].key"),
    ("unknown action", at("events.4.action", "a2"), 'events[4].action: "a2" names no event before'),
    ("id of another kind", at("events.4.action", "r1"), 'events[4].action: "r1" is the id of a report'),
    ("id twice", at("events.1.id", "r1"), "events[1].id"),
    ("id that comes later", at("events.4.on", "2021-03-02"), "events[4].action"),
    ("first no report", at("events.0.on", "2021-03-20"), "events[1].kind: the first event lived is not a report"),
    ("until too early", at("until", "2020-01-01"), "until"),
    ("long text", at("events.1.note", "x" * 100_001), "events[1].note: it is longer than 100,000"),
    ("control character", at("events.1.note", "a\u0007b"), "events[1].note: it has control characters"),
    ("policy", at("policy", {"first_contact": 1}), "policy"),
    (
        "empty words",
        at("events.3", {"on": "2021-03-05", "kind": "promise", "what": " "}),
        "events[3].what: it is empty",
    ),
    ("hate word", at("events.0.hate", {"strands": ["height"]}), "events[0].hate.strands[0]"),
]


@pytest.mark.parametrize(("change", "words"), [(c, w) for _, c, w in WRONG], ids=[name for name, _, _ in WRONG])
def test_a_bad_file_is_refused_with_place_and_mend(tmp_path: Path, change: Change, words: str) -> None:
    told = good()
    change(told)
    with pytest.raises(BadHistory) as refused:
        read(written(tmp_path, told))
    assert str(refused.value).startswith("history.json: ") and words in str(refused.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "line 1, column 1"),
        (b"{", "not JSON"),
        (b"[]", "not one object"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"[" * 100_000, "nested 100000 deep"),
        (b'{"format": NaN}', "NaN"),
        (b'{"format": "asbdesk-case-history/1", "format": "x"}', "format: this key stands twice"),
        (b'{"a": "' + b"\\u0000" + b'"}', "control characters"),
        (b" " * (16 * 1024 * 1024 + 1), "larger than 16 MB"),
    ],
)
def test_what_is_no_history_at_all(data: bytes, words: str) -> None:
    with pytest.raises(BadHistory, match=r"odd\.json"):
        parse(data, "odd.json")
    with pytest.raises(BadHistory) as refused:
        parse(data, "odd.json")
    assert words in str(refused.value)


def test_events_are_lived_in_order_and_none_after_until() -> None:
    told = good()
    told["events"].reverse()
    told["until"] = "2021-03-05"
    lived = parse(json.dumps(told).encode(), "x.json").events
    assert [e.kind for e in lived] == ["report", "contact", "risk_assessment", "plan"]
    assert lived[0].at == "2021-03-02T09:00:00.000Z"


@pytest.mark.parametrize("name", sorted(EXPECT))
def test_every_malformed_file_is_refused_whole_with_its_place(desk: Desk, name: str) -> None:
    with pytest.raises(UserError) as refused:
        import_history(desk, HISTORIES / "malformed" / name)
    place = EXPECT[name]
    assert name in str(refused.value) and (place is None or place in str(refused.value))
    assert desk.read(list_cases).total == 0


@pytest.mark.parametrize("file", sorted(HISTORIES.glob("*.json")), ids=lambda f: f.stem)
def test_every_published_case_is_taken_in_whole(desk: Desk, file: Path) -> None:
    told = json.loads(file.read_text(encoding="utf-8"))
    result = import_history(desk, file)
    assert sum(result.taken.values()) == len([e for e in told["events"] if e["on"] <= told.get("until", "9999")])


@pytest.mark.parametrize("file", PRACTICE, ids=[f.stem for f in PRACTICE])
def test_shipped_practice_histories_are_good_and_plainly_invented(file: Path) -> None:
    history = read(file)
    assert all(person["name"].endswith("(practice)") and "Exampleton" in person["address"] for person in history.people)


def test_protected_publications_are_not_shipped() -> None:
    assert {"202308865", "202206589", "202221694"}.isdisjoint(f.stem for f in PRACTICE)


def test_taken_through_the_officers_own_actions(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path, good())
    result = import_history(desk, file)
    once = ("report", "contact", "risk_assessment", "plan", "action_done", "evidence_received")
    assert result.taken == dict.fromkeys(once, 1)
    assert result.words == "taken in as ASB-2026-A0001 (6 events)."
    page = desk.read(case_page, result.case, desk.today)
    assert page.line.title == "Loud music" and page.line.band == "medium" and page.resident == "Mr Invented Person"
    assert page.chronology[1].title == "A step of the plan is done" and page.chronology[1].at[:10] == "2021-03-08"
    assert all(line.recorded == "Written down Mon 23 Nov, 09:00" for line in page.chronology), "no date is forged"
    assert [a.done for p in page.plans for a in p.actions] == [True]
    kept = desk.read(lambda s: s.get_one(Case, result.case).history)
    assert kept == file.read_text(encoding="utf-8"), "nothing is lost: the history stays, word for word"


def test_the_same_history_is_not_taken_twice(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path, good())
    import_history(desk, file)
    with pytest.raises(UserError, match="here already, as ASB-2026-A0001"):
        import_history(desk, file)
    assert desk.read(list_cases).total == 1


def test_a_failure_in_the_middle_leaves_nothing(desk: Desk) -> None:
    whole = parse(json.dumps(good()).encode(), "history.json")
    told = {"on": "2021-03-02", "kind": "promise", "what": " "}  # what reading the file would have found
    wrong = Event("events[1]", "promise", whole.events[0].at, told)
    history = dataclasses.replace(whole, events=(whole.events[0], wrong, *whole.events[1:]))

    def count() -> int:
        return int(desk.read(lambda s: s.scalar(sa.select(sa.func.count()).select_from(entry))))

    before = count()
    with pytest.raises(UserError, match=r"history.json: events\[1\]: Write what was promised. Nothing was taken"):
        take_in(desk, history, "history.json")
    assert count() == before and desk.read(list_cases).total == 0


def test_a_file_that_is_not_there(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        import_history(desk, tmp_path / "gone.json")
