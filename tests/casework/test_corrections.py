"""Putting right what was written: every kind that an officer writes, and what was written in the wrong case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from asbdesk.casework import promises
from asbdesk.casework.chronology import chronology
from asbdesk.casework.correcting import CAN_MOVE, KINDS, changes, to_put_right
from asbdesk.casework.corrections import correct, correctable, fitting, move
from asbdesk.casework.desk import Desk
from asbdesk.casework.people import NewPerson, involved
from asbdesk.casework.reports import Telling, open_case
from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.exchange.history import import_history
from asbdesk.model import kinds
from asbdesk.store.entries import fields
from tests.exchange.every_kind import EVERY_KIND


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_has_questions_for_fields_it_has(kind: str) -> None:
    known = KINDS[kind]
    assert known.pairs and known.columns <= set(fields(kind)) and known.needed <= known.columns


def test_whatever_was_written_is_put_right_and_the_old_words_stay(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "every.json").write_text(json.dumps(EVERY_KIND), encoding="utf-8")
    case = import_history(desk, tmp_path / "every.json").case
    written = desk.read(correctable, case, desk.today)
    met = {w.kind for w in written}
    assert len(met) > 25, sorted(set(KINDS) - met)
    for one in {w.kind: w for w in written}.values():
        form, before = desk.read(to_put_right, case, one.kind, one.id)
        words = next((q.id for q in form.questions if q.kind in ("text", "long_text")), None)
        if words is None:
            continue
        told = changes(KINDS[one.kind], before, {**before, words: "As she really said it"})
        desk.do(correct, one.kind, one.id, told, case=case)
        line = desk.read(chronology, case, limit=1, today=desk.today)[0]
        assert line.title.startswith("Put right") and "It said: " in line.text, one.kind
        assert before.get(words, "").partition("\n")[0] in line.text
        again = desk.read(to_put_right, case, one.kind, one.id)[1]
        assert again[words] == "As she really said it"


def test_nothing_at_all_is_no_correction(desk: Desk, case: str) -> None:
    report = next(w for w in desk.read(correctable, case, desk.today) if w.kind == "report")
    with pytest.raises(UserError, match="Write what it should say"):
        desk.do(correct, "report", report.id, {"words": "  "})
    with pytest.raises(UserError, match="make a new one"):
        desk.do(correct, "plan_version", report.id, {"note": "x"})


def test_a_report_of_another_case_goes_there_and_comes_back_by_undo(desk: Desk, case: str) -> None:
    other = str(desk.do(open_case, NewPerson(name="Mr Sam Invented"), Telling(words="A dog barks.")).value)
    report = next(w for w in desk.read(correctable, case, desk.today) if w.kind == "report")
    done = desk.do(move, "report", report.id, other)

    def words(of: str) -> list[str]:
        return [w.words for w in desk.read(correctable, of, desk.today) if w.kind == "report"]

    assert words(case) == [] and set(words(other)) == {"A dog barks.", "He hit me on the stairs."}
    assert len(desk.read(involved, other)) == 2, "who told us is in that case too"
    desk.undo(done.act or "")
    assert words(case) == ["He hit me on the stairs."] and words(other) == ["A dog barks."]
    with pytest.raises(UserError, match="in this case already"):
        desk.do(move, "report", report.id, case)


def test_a_word_finds_what_is_meant(desk: Desk, case: str) -> None:
    written = desk.read(correctable, case, desk.today)
    assert fitting(written, "STAIRS report") and not fitting(written, "moon")
    assert set(CAN_MOVE) <= set(KINDS) <= set(kinds())


def test_a_promise_has_another_day_before_its_own_and_not_after(desk: Desk, case: str, desk_clock: SetClock) -> None:
    made = str(desk.do(promises.promise, case, "Ring her", by="2026-11-27").value)
    desk.do(promises.move_promise, case, made, "2026-12-01", told=True, why="He is away")
    assert desk.read(chronology, case, limit=1, today=desk.today)[0].text == "By Tuesday 1 December"
    desk_clock.put("2026-12-02T09:00:00.000Z")
    with pytest.raises(UserError, match="late, and stays so"):
        desk.do(promises.move_promise, case, made, "2026-12-09", told=True, why="He is away still")
