"""Everything can leave: export, import and export again gives the same file; documents and evidence go with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from asbdesk.casework import evidence, evidence_told, intake, letters, needs, promises, repairs
from asbdesk.casework.desk import Desk
from asbdesk.casework.parts.reading import standing
from asbdesk.casework.people import NewPerson, add_to_case, reporter_of
from asbdesk.casework.reports import Telling, open_case
from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.exchange.demo import new_desk, practice_desk
from asbdesk.exchange.export import export_case
from asbdesk.exchange.history import import_history
from asbdesk.exchange.history_kinds import KINDS
from asbdesk.exchange.history_out import history_of
from asbdesk.exchange.practice import live_the_visit
from asbdesk.model import Share
from asbdesk.paths import StorePaths
from tests.exchange.every_kind import EVERY_KIND

HISTORIES = sorted((Path(__file__).parents[1] / "histories").glob("*.json"))


@pytest.fixture(scope="module")
def two_desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Desk]]:
    folder = tmp_path_factory.mktemp("desks")
    made = [new_desk(StorePaths(folder / name), SetClock("2026-11-23T09:00:00.000Z")) for name in "ab"]
    yield made[0], made[1]
    for desk in made:
        desk.close()


OTHERWISE = ("signed", "not_safe")
"""Said with another field: `signing`, `outcome`."""


def there_and_back(first: Desk, second: Desk, text: str, folder: Path) -> tuple[str, str]:
    """What the first desk exports of a history, and what the second does of that."""
    once, twice = folder / "once.json", folder / "twice.json"
    once.write_text(text, encoding="utf-8")
    out = first.read(history_of, import_history(first, once).case)
    twice.write_text(out, encoding="utf-8")
    return out, second.read(history_of, import_history(second, twice).case)


def told_the_same(given: dict[str, Any], out: dict[str, Any]) -> None:
    """Nothing that the history said is missing; what it left unsaid may be said."""
    order = sorted(enumerate(given["events"]), key=lambda one: (one[1]["on"], one[1].get("at", "09:00"), one[0]))
    lived = [e for _, e in order if e["on"] <= given.get("until", "9999")]
    assert [(e["on"], e.get("at"), e["kind"]) for e in out["events"]] == [
        (e["on"], e.get("at") if e.get("at") != "09:00" else None, e["kind"]) for e in lived
    ]
    usual: dict[str, Any] = {"made": True, "agreed": True, "copy_given": False, "actions": [], "to": "landlord"}
    for before, after in zip(lived, out["events"], strict=True):
        for name, value in before.items():
            if name == "at" or after.get(name) == value or usual.get(name, ()) == value or name in OTHERWISE:
                continue
            assert [after.get(name)] == value or value in ("", []), (before, after)


@pytest.mark.parametrize("file", HISTORIES, ids=lambda f: f.stem)
def test_a_published_case_exports_the_same_again(two_desks: tuple[Desk, Desk], file: Path, tmp_path: Path) -> None:
    text = file.read_text(encoding="utf-8")
    once, twice = there_and_back(*two_desks, text, tmp_path)
    assert once == twice
    given, out = json.loads(text), json.loads(once)
    told_the_same(given, out)
    for name in ("reference", "title", "landlord", "sources", "people"):
        assert out.get(name) == given.get(name)


def test_every_kind_of_event_with_every_field_comes_back(two_desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    assert {e["kind"] for e in EVERY_KIND["events"]} == set(KINDS), "every kind is in the example"
    for kind, fields in KINDS.items():
        said = {name for e in EVERY_KIND["events"] if e["kind"] == kind for name in e}
        assert set(fields) <= said, f"every field of {kind} is in the example"
    once, twice = there_and_back(*two_desks, json.dumps(EVERY_KIND), tmp_path)
    assert once == twice
    told_the_same(EVERY_KIND, json.loads(once))
    assert json.loads(once)["people"] == EVERY_KIND["people"]
    assert {n: v for n, v in json.loads(once).items() if n not in ("events", "people")} == {
        n: v for n, v in EVERY_KIND.items() if n not in ("events", "people")
    }


def test_half_past_midnight_in_summer_is_the_london_day(two_desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    at = {"on": "2021-07-02", "at": "00:30"}
    told = {
        "format": "asbdesk-case-history/1",
        "reference": "SUMMER",
        "people": [{"key": "resident", "roles": ["reporter"], "vulnerabilities": ["asthma"]}],
        "events": [
            {**at, "kind": "report", "by": "resident", "logged": "2021-07-03"},
            {**at, "kind": "plan", "actions": [{"id": "a1", "who": "landlord", "what": "Mend"}], "copy_given": True},
            {**at, "kind": "vulnerability_recorded", "who": "resident", "what": ["anxiety"]},
            {**at, "kind": "complaint", "about": "handling"},
            {**at, "kind": "action_done", "action": "a1"},
        ],
    }
    once, twice = there_and_back(*two_desks, json.dumps(told), tmp_path)
    assert once == twice and json.loads(once)["events"] == told["events"]
    assert json.loads(once)["people"] == told["people"]


def test_a_case_that_began_here_exports_and_comes_back(
    desk: Desk, two_desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    who = NewPerson(name="Ms Rahima Begum", phone="01632 960111", address="12 Harrow Court", children=2)
    case = desk.do(open_case, who, Telling(words="He hit me.", behaviours=("violence",), serious=("assault",))).value
    other = desk.do(add_to_case, case, NewPerson(name="Mr Other"), "alleged_perpetrator").value
    person = desk.read(_reporter, case)
    desk.do(needs.record_need, person, "mental_health")
    kept = desk.do(promises.promise, case, "Ring on Friday", by="2026-11-27").value
    desk.do(promises.keep, case, kept)
    fixed = desk.do(repairs.ask_repair, case, "Front door", "security").value
    desk.do(repairs.repair_done, case, fixed, happened="2026-11-20T10:00:00.000Z")
    evidence.take_in(desk, case, b"a film", name="../film of him?.mp4", from_=person)
    desk.do(evidence_told.reviewed, case, decision="We will use it")
    back = Telling(words="She shouts", behaviours=("noise",))
    counter = desk.do(intake.open_from, intake.Intake(NewPerson(id=other), back)).value
    done = export_case(desk, case, tmp_path / "out", "Ours to keep")
    assert (done.folder / "evidence" / "001-film-of-him-.mp4").read_bytes() == b"a film" and done.files == 1
    told = json.loads((done.folder / "records.json").read_text(encoding="utf-8"))
    assert told["records"]["person"][0]["name"] == "Ms Rahima Begum" and len(told["entries"]) == done.entries
    assert all(e["file"].split("/")[0] in ("case", "person", "home") for e in told["entries"])
    history = (done.folder / "history.json").read_text(encoding="utf-8")
    events = json.loads(history)["events"]
    assert [e["kind"] for e in events] == [
        *("report", "promise", "promise_kept", "repair", "repair_done", "evidence_received", "evidence_reviewed"),
    ]
    assert events[4]["repair"] == events[3]["id"] == "repair-1", "a thing done stands after the thing"
    again = two_desks[0]
    imported = import_history(again, done.folder / "history.json")
    assert again.read(history_of, imported.case) == history
    assert desk.read(history_of, counter) != history
    with pytest.raises(UserError, match="here already, as ASB-2026-A0001"):
        import_history(desk, done.folder / "history.json")


def _reporter(session: Any, case: str) -> str:
    found = reporter_of(session, case)
    assert found is not None
    return found.id


def test_a_case_visited_and_sealed_exports_whole(tmp_path: Path) -> None:
    desk = practice_desk(StorePaths(tmp_path / "desk"), SetClock("2026-11-23T11:00:00.000Z"))
    live_the_visit(desk)
    case = desk.case("ASB-2026-A0001")
    answers = {"speak_by": "2026-11-27", "how": "ring", "times": "after 6"}
    letters.send(desk, letters.LetterDraft(case, "acknowledgement", desk.read(_reporter, case), answers))
    done = export_case(desk, case, tmp_path / "out")
    assert sorted(p.relative_to(done.folder).as_posix() for p in done.folder.rglob("*.*"))[:4] == [
        *("documents/letter-We-have-your-report.pdf", "documents/plan-1.pdf"),
        *("evidence/001-footage-from-her-phone.mp4", "evidence/002-kitchen-window.png"),
    ]
    assert all(paper.read_bytes().startswith(b"%PDF") for paper in (done.folder / "documents").iterdir())
    (kept,) = desk.read(lambda session: [share.way for share in standing(session, Share, case)])
    assert kept == "export", "that a case left whole is kept in it"
    text = (done.folder / "history.json").read_text(encoding="utf-8")
    desk.close()
    other = new_desk(StorePaths(tmp_path / "other"), SetClock("2026-11-24T11:00:00.000Z"))
    imported = import_history(other, done.folder / "history.json")
    assert other.read(history_of, imported.case) == text
    other.close()


def test_nothing_is_left_of_an_export_that_failed(desk: Desk, tmp_path: Path) -> None:
    case = desk.do(open_case, NewPerson(name="A"), Telling(words="x")).value
    evidence.take_in(desk, case, b"a film", name="film.mp4", from_=desk.read(_reporter, case))
    kept = next(desk.files.folder.iterdir())
    kept.rename(tmp_path / "taken away")
    with pytest.raises(UserError, match="missing"):
        export_case(desk, case, tmp_path / "out" / "case")
    (tmp_path / "taken away").rename(kept)
    assert not [*(tmp_path / "out").iterdir()] and desk.read(lambda session: standing(session, Share, case)) == []


@pytest.mark.parametrize("make", [lambda p: p.write_text("x"), lambda p: (p.mkdir(), (p / "x").write_text("x"))])
def test_nothing_is_written_over(desk: Desk, tmp_path: Path, make: Callable[[Path], Any]) -> None:
    case = desk.do(open_case, NewPerson(name="A"), Telling(words="x")).value
    make(tmp_path / "out")
    with pytest.raises(UserError, match="something here already"):
        export_case(desk, case, tmp_path / "out")
