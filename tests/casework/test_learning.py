"""Looking back on a case: only a closed or a practice one; each day as it stood; nothing told that must not be."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from asbdesk.casework.closing import close
from asbdesk.casework.desk import Desk
from asbdesk.casework.learning import Learned, learning, learning_paper, split_source
from asbdesk.clock import instant
from asbdesk.documents.words import words
from asbdesk.duties import CODES, THEMES, owed, policy
from asbdesk.errors import UserError
from asbdesk.exchange.history import take_in
from asbdesk.exchange.history_read import parse
from asbdesk.exchange.replay import answer, lived, replaying
from tests.documents.learned import long_history

TODAY = "2026-11-23"
STORY: dict[str, Any] = {
    "format": "asbdesk-case-history/1",
    "reference": "told",
    "title": "Banging at night",
    "people": [
        {"key": "resident", "roles": ["reporter"], "name": "Ms Ada Quillon", "address": "4 Invented Row"},
        {"key": "other", "roles": ["alleged_perpetrator"], "name": "Mr Ned Brack"},
    ],
    "events": [
        {"on": "2026-10-05", "kind": "report", "by": "resident", "behaviours": ["noise"], "note": "Ada Quillon rang"},
        {"on": "2026-10-19", "kind": "contact", "with": "resident", "direction": "out", "made": True},
        {"on": "2026-10-30", "kind": "close", "reason": "It stopped", "told": True},
    ],
}


def told(desk: Desk, **changes: object) -> str:
    return take_in(desk, parse(json.dumps({**STORY, **changes}).encode(), "told.json"), "told.json", practice=True).case


def view(desk: Desk, case: str, today: str = TODAY) -> Learned:
    return desk.read(learning, case, today)


def test_an_open_case_is_not_looked_back_on_and_a_closed_one_is(desk: Desk, case: str) -> None:
    with pytest.raises(UserError, match="once it is closed"):
        view(desk, case)
    desk.do(close, case, "She moved away.", told=True)
    found = view(desk, case)
    assert found.reference == "ASB-2026-A0001" and found.end >= TODAY and "Case closed" in found.events[-1].title


def test_what_went_late_is_what_the_duties_say(desk: Desk) -> None:
    found = view(desk, told(desk))
    talk = next(o for o in found.owed if o.code == "first_contact")
    assert (talk.arose, talk.due, talk.late_from, talk.end, talk.how) == (
        *("2026-10-05", "2026-10-08", "2026-10-09", "2026-10-19", "met"),
    )
    assert talk.lesson and talk.why and talk.rule.startswith("Our timescale: ") and "(" not in talk.rule
    assert talk.days_late("2026-10-09") == 1
    assert talk.days_late("2026-11-01") == 11 and talk.days_late("2026-10-08") == 0


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        ("2026-10-04", "not_yet"),
        ("2026-10-05", "open"),
        ("2026-10-08", "due"),
        ("2026-10-09", "late"),
        ("2026-10-18", "late"),
        ("2026-10-19", "met_late"),
        ("2026-10-30", "met_late"),
    ],
)
def test_each_day_is_as_it_stood(desk: Desk, day: str, standing: str) -> None:
    found = view(desk, told(desk))
    talk = next(o for o in found.owed if o.code == "first_contact")
    assert talk.standing(day) == standing
    assert (talk in found.on(day).open) == (standing in ("open", "due", "late"))


def test_the_day_it_became_late_and_what_happened_that_day(desk: Desk) -> None:
    found = view(desk, told(desk))
    assert "first_contact" in {o.code for o in found.on("2026-10-09").became_late}
    first = found.on(found.start)
    assert first.number == 1 and any("Report" in e.title for e in first.events) and first.late == 0
    assert found.on("2026-10-18").open[0].late_from is not None
    assert {"2026-10-05", "2026-10-09", "2026-10-19", found.end} <= {*found.turns}


def test_it_says_what_the_replay_says(desk: Desk) -> None:
    data = json.dumps(STORY).encode()
    found = view(desk, told(desk))
    with replaying() as other:
        same = answer("told", owed(lived(other, parse(data, "told.json"), "told.json"), policy.default()), found.end)
    assert [(o.code, o.arose, o.due, o.late_from) for o in found.owed] == [
        (d.duty, d.arose, d.due, d.overdue_from) for d in same.duties
    ]


def test_an_old_history_ends_with_its_last_entry_and_a_fresh_one_goes_on(desk: Desk) -> None:
    fresh = told(desk, reference="fresh", events=STORY["events"][:2])
    old = [{**event, "on": event["on"].replace("2026", "2019")} for event in STORY["events"][:2]]
    assert view(desk, fresh).end == TODAY
    assert view(desk, told(desk, reference="old", events=old)).end == "2019-10-19"


def test_what_must_not_be_told_is_left_out_of_the_paper(desk: Desk) -> None:
    people = [dict(person) for person in STORY["people"]]
    people[0]["do_not_disclose_to"] = ["other"]
    case = told(desk, people=people)
    shown = repr(view(desk, case))
    paper = desk.read(learning_paper, case, desk.member, TODAY, instant(desk.clock.now()))
    assert "Quillon" in shown
    assert "Quillon" not in repr(paper.what) and "(left out)" in repr(paper.what) and paper.what.withheld > 0
    assert (paper.to, paper.purpose) == (desk.member, "learning") and paper.what.officer == "Dami Okafor"


def test_nothing_is_left_out_without_a_rule(desk: Desk) -> None:
    paper = desk.read(learning_paper, told(desk), desk.member, TODAY, instant(desk.clock.now()))
    assert paper.what.withheld == 0 and "Quillon" in repr(paper.what)


def test_every_duty_has_a_name_and_a_lesson() -> None:
    say = words("lessons")
    assert [code for code in CODES if f"names.{code}" not in say.plain] == []
    assert [theme for theme in THEMES if f"lessons.{theme}" not in say.plain] == []


def test_the_timescale_stands_apart_from_where_it_comes_from() -> None:
    source = "Our timescales (x.wd): 3 working days. Housing Ombudsman, November 2024 report."
    assert split_source(source) == ("Our timescale: 3 working days.", "Housing Ombudsman, November 2024 report.")
    assert split_source("UK GDPR, article 33.") == ("", "UK GDPR, article 33.")


def test_years_with_500_entries_are_read_and_walked_quickly(desk: Desk) -> None:
    history = parse(json.dumps(long_history(500)).encode(), "long.json")
    case = take_in(desk, history, "long.json", practice=True).case
    began = time.perf_counter()
    found = view(desk, case)
    assert time.perf_counter() - began < 2
    assert len(found.events) >= 500 and found.days > 1000
    began = time.perf_counter()
    for number in range(0, found.days, 10):
        found.on(found.day(number))
    assert (time.perf_counter() - began) / (found.days / 10) < 0.02
