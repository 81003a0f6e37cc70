"""Actions become entries: what is written, what is replaced, what is refused."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
import sqlalchemy as sa

from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.model import Assessment, Case, Contact, Person, Report, new_id
from asbdesk.model import journal as t
from asbdesk.store.journal import Work, action
from asbdesk.store.vault import Store
from tests import builders as b


def conflicts(store: Store) -> list[tuple[str, Any]]:
    with store.reader.connect() as conn:
        return [(c.field, [value for _, value in c.heads]) for c in conn.execute(sa.select(t.conflict))]


def officer(store: Store, case: str) -> str | None:
    return store.ask(lambda session: session.get(Case, case).officer).value


def test_an_entry_is_written_as_the_format_says(store: Store) -> None:
    done = store.do(b.open_case, "ASB-2026-A0001", happened="2026-11-20T09:00:00.000Z")
    (text,) = b.texts(store)
    body = json.loads(text)
    assert text == json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert body.pop("hlc") == f"{1795255200000 << 16:016x}"
    assert body == {
        "id": done.act,
        "file": f"case/{done.value}",
        "do": "case.opened",
        "by": "",
        "happened": "2026-11-20T09:00:00.000Z",
        "recorded": "2026-11-21T10:00:00.000Z",
        "set": {
            f"case/{done.value}": {"reference": ["ASB-2026-A0001"], "status": ["open"], "stream": ["asb"]},
        },
    }
    assert done.changed == {(f"case/{done.value}", "case")} and done.n == 1


def test_one_entry_for_each_file_touched_and_they_name_the_first(store: Store) -> None:
    done = store.do(b.open_whole_case)
    bodies = [json.loads(text) for text in b.texts(store)]
    assert len({body["file"] for body in bodies}) == len(bodies) == 3
    assert [body.get("with") for body in bodies] == [None, done.act, done.act]
    assert len({body["hlc"] for body in bodies}) == 1


def test_only_fields_that_differ_are_set_and_the_replaced_version_is_named(store: Store) -> None:
    opened = store.do(b.open_case)
    store.do(b.hand_over, opened.value, "khan")
    handed = store.do(b.hand_over, opened.value, "smith")
    again = store.do(b.hand_over, opened.value, "smith")
    second, third = (json.loads(text) for text in b.texts(store)[1:])
    assert second["set"] == {f"case/{opened.value}": {"officer": ["khan"]}}
    assert third["set"] == {f"case/{opened.value}": {"officer": ["smith", second["id"]]}}
    assert handed.act == third["id"] and again.act is None and not again.changed


def test_what_a_colleague_changed_unseen_is_kept_as_a_conflict(store: Store) -> None:
    case = store.do(b.open_case).value
    seen = store.ask(lambda session: session.get(Case, case).officer).as_of
    foreign = json.loads(b.texts(store)[0])
    theirs = {**foreign, "id": "c" * 16 + ".01a1fd8abf38e51b7a.1", "do": "case.handed"}
    theirs["set"] = {f"case/{case}": {"officer": ["smith"]}}
    theirs["hlc"] = f"{int(foreign['hlc'], 16) + (1 << 16):016x}"
    text = json.dumps(theirs, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert store.journal.take_in([text]).new == 1
    store.do(b.hand_over, case, "jones", as_of=seen)
    assert conflicts(store) == [("officer", ["jones", "smith"])] or conflicts(store) == [
        ("officer", ["smith", "jones"])
    ]
    # the same screen once more: no conflict with what this unlock wrote itself
    store.do(b.hand_over, case, "jonas", as_of=seen)
    ((field, values),) = conflicts(store)
    assert field == "officer" and set(values) == {"smith", "jonas"}

    @action("conflict.decided")
    def decide(work: Work, value: str) -> None:
        work.decide(work.get(Case, case), "officer", value)

    store.do(decide, officer(store, case))  # even the value that is shown
    assert conflicts(store) == [] and officer(store, case) == values[0]


def test_a_list_changed_in_place_is_noticed(store: Store) -> None:
    case = store.do(b.open_case).value
    report = store.do(b.report, case, "shouting", behaviours=["noise"]).value

    @action("report.corrected")
    def in_place(work: Work) -> None:
        found = work.get(Report, report)
        assert found.behaviours is not None
        found.behaviours.append("threats")
        found.behaviours = found.behaviours  # the same list assigned: SQLAlchemy alone sees no change

    store.do(in_place)
    assert store.ask(lambda s: s.get(Report, report).behaviours).value == ["noise", "threats"]


def test_no_session_is_ever_flushed(store: Store) -> None:
    @action("x")
    def flushes(work: Work) -> None:
        work.session.add(Case(id="x", file="case/x"))
        work.session.flush()

    @action("x")
    def adds_behind(work: Work) -> None:
        work.session.add(Case(id="x", file="case/x"))

    @action("x")
    def deletes(work: Work) -> None:
        work.session.delete(work.get(Case, case))

    case = store.do(b.open_case).value
    with pytest.raises(RuntimeError, match="apply alone"):
        store.do(flushes)
    with pytest.raises(TypeError, match=r"work\.add"):
        store.do(adds_behind)
    with pytest.raises(TypeError, match="strike"):
        store.do(deletes)
    assert len(b.texts(store)) == 1


@pytest.mark.parametrize("value", [1.5, 7, True, {"a": 1}, "\ud800"])
def test_a_value_of_the_wrong_type_is_refused_before_it_is_written(store: Store, value: object) -> None:
    case = store.do(b.open_case).value
    with pytest.raises(TypeError):
        store.do(b.hand_over, case, value)
    with pytest.raises(TypeError):
        store.do(b.report, case, "words", behaviours=[1.5])
    assert len(b.texts(store)) == 1


def test_a_failed_action_leaves_nothing_and_its_numbers_are_used_again(store: Store) -> None:
    @action("x")
    def fails(work: Work) -> None:
        work.add(Case(id=new_id(), file="case/x"))
        raise UserError("no")

    with pytest.raises(UserError):
        store.do(fails)
    case = store.do(b.open_case)
    assert case.act is not None and case.act.endswith(".1") and case.n == 1
    with pytest.raises(ValueError, match="stands already"):
        store.do(_again, case.value)
    with pytest.raises(UserError, match="not on this laptop"):
        store.do(b.hand_over, "nobody", "x")


@action("x")
def _again(work: Work, case: str) -> None:
    work.add(Case(id=case, file=f"case/{case}", title="another"))


def test_what_was_made_in_the_same_action_is_found(store: Store) -> None:
    @action("x")
    def makes(work: Work) -> str:
        person = work.add(Person(id=new_id(), file="person/p", name="A"))
        assert work.get(Person, person.id) is person and work.find(Person, "other") is None
        work.get(Person, person.id).name = "B"
        return person.id

    person = store.do(makes).value
    assert store.ask(lambda s: s.get(Person, person).name).value == "B"


def test_many_actions_in_one_transaction_are_announced_once_or_not_at_all(store: Store) -> None:
    heard: list[frozenset[tuple[str, str]]] = []
    store.journal.listeners.append(heard.append)
    with store.journal.batch():
        case = store.do(b.open_case).value
        store.do(b.note_contact, case, "one")
        assert heard == []
    assert heard == [{(f"case/{case}", "case"), (f"case/{case}", "contact")}]
    with pytest.raises(ZeroDivisionError), store.journal.batch():
        store.do(b.note_contact, case, "two")
        raise ZeroDivisionError
    assert len(b.texts(store)) == 2 and len(heard) == 1


def test_a_file_looked_at_is_noted_once_an_unlock(store: Store) -> None:
    case = store.do(b.open_case).value
    for _ in range(3):
        store.journal.viewed(f"case/{case}")
    body = json.loads(b.texts(store)[1])
    assert body["do"] == "viewed" and "set" not in body and len(b.texts(store)) == 2


def test_finishing_a_step_ends_its_drafts_in_the_same_transaction(store: Store) -> None:
    case = store.do(b.open_case).value
    run = store.drafts.start(case, "visit", "sha256:0")
    for question in ("q1", "q2", "q3"):
        store.drafts.save(run, question, "yes")
    store.do(b.note_contact, case, "first", ends_run=run, ends_questions=["q1", "q2"])
    assert store.drafts.values(run) == {"q3": "yes"}
    with pytest.raises(TypeError):
        store.do(b.note_contact, case, 5, ends_run=run)
    assert store.drafts.values(run) == {"q3": "yes"}
    store.do(b.note_contact, case, "last", ends_run=run)
    assert store.drafts.values(run) == {} and store.drafts.run(run) is None


def test_two_threads_write_one_after_the_other(store: Store) -> None:
    case = store.do(b.open_case).value
    threads = [threading.Thread(target=lambda: [store.do(b.note_contact, case, "x") for _ in range(20)]) for _ in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(b.texts(store)) == 61


def test_a_record_stays_the_latest_of_what_this_unlock_wrote(store: Store, desk_clock: SetClock) -> None:
    case = store.do(b.open_case).value
    for name in ("a", "b", "c"):
        desk_clock.pass_time(hours=-1)  # stamps never go back, whatever the clock does
        store.do(b.hand_over, case, name)
    assert officer(store, case) == "c" and conflicts(store) == []


# ---- undo
def test_undo_puts_back_what_stood_and_strikes_what_was_made(store: Store) -> None:
    case = store.do(b.open_case).value
    store.do(b.hand_over, case, "khan")
    handed = store.do(b.hand_over, case, "smith")
    noted = store.do(b.note_contact, case, "x")
    assert handed.act and noted.act
    store.journal.undo(handed.act)
    assert officer(store, case) == "khan"
    store.journal.undo(noted.act)
    assert store.ask(lambda s: s.get(Contact, noted.value).struck).value == "undone"
    for act in (handed.act, noted.act):
        with pytest.raises(UserError, match="no longer be undone"):
            store.journal.undo(act)


def test_undo_of_several_files_and_not_once_something_came_after(store: Store) -> None:
    opened = store.do(b.open_whole_case)
    case, person, _ = opened.value
    assert opened.act
    handed = store.do(b.hand_over, case, "khan")
    with store.reader.connect() as conn:
        assert not store.journal.can_undo(conn, opened.act)
        assert handed.act and store.journal.can_undo(conn, handed.act)
    other = store.do(b.open_whole_case)
    assert other.act
    store.journal.undo(other.act)
    assert store.ask(lambda s: s.get(Person, other.value[1]).struck).value == "undone"
    assert store.ask(lambda s: s.get(Person, person).struck).value is None


def test_undo_of_a_field_that_held_nothing_empties_it(store: Store) -> None:
    case = store.do(b.open_case).value
    done = store.do(b.hand_over, case, "khan")
    assert done.act
    store.journal.undo(done.act)
    assert officer(store, case) is None


def test_an_assessment_is_read_back_as_it_was_written(store: Store) -> None:
    case = store.do(b.open_case).value
    answers = {"q1": "yes", "q2": ["a", "b"], "q3": {"unanswered": "wont_say"}, "q4": 7}
    made = store.do(b.assess, case, "high", answers=answers, score=24, complete=True, floors=["a threat to life"])
    found = store.ask(
        lambda s: (lambda a: (a.answers, a.score, a.complete, a.floors, a.band))(s.get(Assessment, made.value))
    )
    assert found.value == (answers, 24, True, ["a threat to life"], "high")
