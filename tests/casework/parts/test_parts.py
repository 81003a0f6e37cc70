"""Every add of every part, carried out with made-up answers: an entry is written, and what was added is to be seen."""

from __future__ import annotations

from contextlib import suppress
from itertools import count
from typing import Any

import pytest

from asbdesk.casework import intake, now
from asbdesk.casework.chronology import chronology
from asbdesk.casework.desk import Desk
from asbdesk.casework.parts import Add, Part, Taking, parts
from asbdesk.casework.parts import part as part_called
from asbdesk.casework.parts.crossing_out import cross_out
from asbdesk.casework.people import NewPerson, add_to_case
from asbdesk.casework.reports import Telling
from asbdesk.errors import UserError
from asbdesk.forms.definition import Form, Question
from asbdesk.forms.filling import finished_answers, missing, open_questions, with_choices
from asbdesk.forms.load import one_form
from tests import builders as b
from tests.casework.parts.test_other_person import named

PARTS = tuple(sorted((each for each in parts() if each.adds), key=lambda each: each.name == "people"))
"""People last: what is done there takes them out of the case."""
OTHER = "ASB-2026-A0777"
DOORS = count(1)
"""No two made-up addresses, names and counts are the same: what says nothing new is not written down."""


@pytest.fixture(autouse=True)
def neighbour(desk: Desk, case: str) -> None:
    """Somebody it is about, and another case to tie it to."""
    desk.do(
        add_to_case, case, NewPerson(name="Mr Invented Neighbour", address="14 Harrow Court"), "alleged_perpetrator"
    )
    desk.do(b.open_case, OTHER)


def any_answer(question: Question, which: int) -> Any:
    """An answer of the question's kind: the first (0) or the last (-1) of its options."""
    if question.id in ("about_whom", "not_to", "to_whom"):  # two different people
        return question.options[0 if question.id == "about_whom" else -1].value
    if question.option("diary"):
        return "diary"
    if question.id == "reference":
        return OTHER
    if question.id in ("address", "name"):
        return f"{next(DOORS)} Made-up Row"
    if question.id == "children" and question.kind == "number":
        return next(DOORS) % 29
    if question.kind == "time":
        return "1{}:{:02}".format(*divmod(next(DOORS) % 600, 60))
    if question.id in ("spoken", "pounds"):
        return {"spoken": "yes", "pounds": "64.50"}[question.id]
    if question.id == "object_by":
        return "2026-12-07"
    if question.id == "open_left":
        return [option.value for option in question.options if not option.exclusive]
    if question.options:
        value = question.options[which].value
        return [value] if question.kind == "multi" else value
    if question.id in ("day", "by"):
        return "2026-11-30"
    return {"date": "2026-11-20", "time": "10:00", "number": question.min or 1}.get(question.kind, "something said")


def filled(form: Form, facts: dict[str, Any], which: int) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    while more := [q for q in open_questions(form, answers, facts) if q.id not in answers]:
        answers[more[0].id] = any_answer(more[0], which)
    assert not missing(form, answers, facts)
    return finished_answers(form, answers, facts)


def take(desk: Desk, case: str, add: Add, about: str = "", which: int = -1) -> Any:
    if add.id == "closing":  # nobody may be in danger then
        with suppress(UserError):
            desk.do(now.answer, case, danger="No", told="Rosalind Hughes", tonight="The door is boarded up")
    form = with_choices(one_form(add.id), desk.read(add.choices, case, about))
    facts = dict(desk.read(add.facts, case, about))
    answers = {k: v for k, v in filled(form, facts, which).items() if not isinstance(v, dict)}
    return add.carry_out(Taking(desk, case, about, answers, why="They asked for it"))


@pytest.mark.parametrize("part", PARTS, ids=[part.name for part in PARTS])
def test_what_is_added_stands_in_its_part_and_can_be_gone_on_with(part: Part, desk: Desk, case: str) -> None:
    seen = 0
    for add in part.adds:
        assert take(desk, case, add).act, add.id
        seen += 1
    cards = desk.read(part.cards, case, desk.today)
    assert cards and len(cards) <= seen + len(part.adds) * 2
    for card in cards:
        assert card.title and (card.about or not card.acts)
        for act in card.acts:
            if act != "person_merged":  # afterwards there is one person less: tests/casework/test_merging.py
                assert take(desk, case, part.add(act), card.about).act, act
    after = desk.read(part.cards, case, desk.today)
    assert {card.about for card in cards} - {""} <= {card.about for card in after}


def test_every_part_says_what_to_do_where_nothing_stands(desk: Desk) -> None:
    case = desk.do(b.open_case, "ASB-2026-A0778").value
    for part in PARTS:
        assert desk.read(part.cards, case, desk.today) == () and part.empty.endswith((".", "?")), part.name


def test_every_follow_up_can_be_reached_from_a_card(desk: Desk, case: str) -> None:
    back = Telling(words="She bangs.", behaviours=("noise",))
    desk.do(intake.open_from, intake.Intake(NewPerson(id=named(desk, case)), back))
    for part in PARTS:
        reached: set[str] = set()
        for which in (-1, 0, -1, 0):
            for add in part.adds:
                take(desk, case, add, which=which)
                reached |= {act for card in desk.read(part.cards, case, desk.today) for act in card.acts}
            for card in desk.read(part.cards, case, desk.today):
                for act in card.acts:
                    if act == "person_merged":  # afterwards there is one person less
                        continue
                    take(desk, case, part.add(act), card.about, which)
        assert reached >= {add.id for add in part.follows}, part.name


def test_a_mistake_is_crossed_out_with_why_and_stays_in_the_chronology(desk: Desk, case: str) -> None:
    repairs, crossing = part_called("repairs"), part_called("crossing_out")
    take(desk, case, repairs.add("repair"))
    (card,) = desk.read(repairs.cards, case, desk.today)
    done = take(desk, case, crossing.add("cross_out"), card.about)
    assert desk.read(repairs.cards, case, desk.today) == ()
    assert desk.read(chronology, case)[0].title == "Crossed out as a mistake"
    desk.undo(done.act)
    assert len(desk.read(repairs.cards, case, desk.today)) == 1


def test_what_is_of_another_case_or_signed_is_not_crossed_out(desk: Desk, case: str) -> None:
    other = desk.case(OTHER)
    take(desk, other, part_called("repairs").add("repair"))
    (card,) = desk.read(part_called("repairs").cards, other, desk.today)
    with pytest.raises(UserError, match="this case alone"):
        desk.do(cross_out, case, card.about, "wrong")
    with pytest.raises(UserError, match="takes its place"):
        desk.do(cross_out, case, case, "wrong")
