"""Decisions about the other person and about what is not needed: by whom, with what reason, and until when."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from asbdesk.casework import counter, enforcement, intake, now, other_person, people, waivers
from asbdesk.casework.cases import case_page
from asbdesk.casework.desk import Desk
from asbdesk.casework.intake import Intake
from asbdesk.casework.other_person import FourAnswers
from asbdesk.casework.people import NewPerson
from asbdesk.casework.reports import Telling, move_to_welfare, open_case
from asbdesk.casework.told import Said
from asbdesk.casework.visit import VisitPath
from asbdesk.errors import UserError
from asbdesk.model import DisclosureRule, OtherPersonDecision, Person, Report
from tests.casework.test_before_closing import owe_a_decision
from tests.casework.walk import alone, tell

HIM = NewPerson(name="Kester Stroud", address="14 Harrow Court")


@pytest.fixture
def other(desk: Desk, case: str) -> str:
    return str(desk.do(people.add_to_case, case, HIM, "alleged_perpetrator").value)


def reporter(desk: Desk, case: str) -> str:
    found = desk.read(people.reporter_of, case)
    assert found is not None
    return str(found.id)


def test_an_agencys_wait_is_looked_at_within_five_working_days(desk: Desk, case: str) -> None:
    made = desk.do(other_person.decide, case, "agency_asked_wait", FourAnswers()).value
    assert desk.read(lambda s: s.get_one(OtherPersonDecision, made).look_again) == "2026-11-30"
    with pytest.raises(UserError, match="by Monday 30 November at the latest"):
        desk.do(other_person.decide, case, "agency_asked_wait", FourAnswers(), look_again="2026-12-01")


def test_going_against_an_answer_has_a_name_and_a_reason(desk: Desk, case: str) -> None:
    asked_not = FourAnswers("not_yet", "no", "my name", "a call")
    with pytest.raises(UserError, match="why we go against it"):
        desk.do(other_person.decide, case, "spoken", asked_not, manager="Rosalind Hughes")
    said = Said(note="He had a knife. Told her by telephone first.")
    desk.do(other_person.decide, case, "spoken", asked_not, manager="Rosalind Hughes", said=said)


def test_nobody_is_spoken_to_as_agreed_whom_nobody_asked(desk: Desk, case: str) -> None:
    with pytest.raises(UserError, match="Ask the four questions first"):
        desk.do(other_person.decide, case, "agreed", FourAnswers())
    desk.do(other_person.decide, case, "agreed", FourAnswers(), manager="Rosalind Hughes")


def test_a_tool_in_a_welfare_case_is_decided_with_a_manager(desk: Desk, case: str, other: str) -> None:
    desk.do(move_to_welfare, case)
    with pytest.raises(UserError, match="with a manager"):
        desk.do(enforcement.use, case, "none_yet", "Not safe", used=False, person=other)
    desk.do(enforcement.use, case, "none_yet", "Not safe", used=False, person=other, manager="Rosalind Hughes")


def test_each_notice_is_weighed_and_one_found_disproportionate_is_not_used(desk: Desk, case: str, other: str) -> None:
    desk.do(enforcement.weigh, case, other, "A notice", {"decision": "otherwise"}, "Support instead")
    with pytest.raises(UserError, match="Is it proportionate"):
        desk.do(enforcement.use, case, "injunction", "", used=True, person=other)
    desk.do(enforcement.weigh, case, other, "An injunction", {"decision": "go_on"}, "Nothing less keeps her safe")
    desk.do(enforcement.use, case, "injunction", "", used=True, person=other)
    with pytest.raises(UserError, match="Is it proportionate"):
        desk.do(enforcement.use, case, "possession", "", used=True, person=other)


def test_no_tool_of_enforcement_is_used_on_a_child_under_ten(desk: Desk, case: str, other: str) -> None:
    desk.do(people.change_person, other, born="2017-03-01")
    with pytest.raises(UserError, match="under 10"):
        desk.do(enforcement.use, case, "warning_letter", "", used=True, person=other)
    desk.do(enforcement.use, case, "advice", "", used=True, person=other)


def test_now_is_never_not_needed_and_safeguarding_takes_another_person(desk: Desk, case: str) -> None:
    desk.do(owe_a_decision, case)
    keys = {d.title: d.key for d in desk.read(case_page, case, desk.today).due if d.code == "plan_action"}
    with pytest.raises(UserError, match="never not needed"):
        desk.do(waivers.not_needed, case, keys[now.ASKED], "It is fine", second="Rosalind Hughes")
    decide = keys["Decide about safeguarding"]
    for second in ("", "Dami Okafor"):
        with pytest.raises(UserError, match="second person"):
            desk.do(waivers.not_needed, case, decide, "It is fine", second=second)
    desk.do(waivers.not_needed, case, decide, "Made in another case", second="Rosalind Hughes")


def test_a_counter_report_in_a_case_that_is_there_ties_both_and_keeps_them_apart(desk: Desk, case: str) -> None:
    begum = reporter(desk, case)
    hill = str(desk.do(open_case, NewPerson(name="Mr Hill"), Telling(words="Music", behaviours=("noise",))).value)
    him = reporter(desk, hill)
    shouts = Intake(NewPerson(id=him), Telling(words="She shouts", behaviours=("noise",)), about=NewPerson(id=begum))
    for _ in range(2):
        desk.do(intake.add_to, hill, shouts)
    assert [t.case for t in desk.read(counter.tied, case)] == [hill]
    rules = desk.read(lambda s: [(r.file, r.about, r.not_to) for r in s.scalars(sa.select(DisclosureRule))])
    sides = [(begum, him), (him, begum)]
    assert sorted(rules) == sorted((f"case/{c}", a, b) for c in (case, hill) for a, b in sides), "once, both ways"


def test_where_nobody_can_be_spoken_to_a_decision_is_owed(desk: Desk) -> None:
    told = Telling(words="A man with a gun on the stair", behaviours=("weapon",))
    case = str(desk.do(intake.open_from, Intake(NewPerson(), told, teller="anonymous")).value)
    due = {d.title: d.due_on for d in desk.read(case_page, case, desk.today).due}
    assert due[intake.DECIDE] == "2026-11-24"


def test_somebody_named_on_a_visit_who_is_known_is_not_written_twice_nor_renamed(
    desk: Desk, case: str, other: str
) -> None:
    path = VisitPath.start(desk, case)
    alone(path)
    tell(path)
    for name in ("Mr Stroud", "the man in the red van"):
        path.answer("happened", "other_known", name)
        path.finish("happened")
    names = desk.read(lambda s: [p.name for p in s.scalars(sa.select(Person).order_by(Person.id))])
    assert names == ["Ms Rahima Begum", "Kester Stroud", "the man in the red van"]
    about = desk.read(lambda s: s.scalars(sa.select(Report.about).where(Report.visit == path.visit)).one())
    assert about != [other] and len(about) == 1


def test_not_yet_on_a_visit_says_what_we_do_meanwhile(desk: Desk, case: str, other: str) -> None:
    path = VisitPath.start(desk, case)
    alone(path)
    answers = {"may_speak": "not_yet", "may_know": "no", "must_not_say": "My name", "feel_safe": "A call first"}
    assert "meanwhile" not in {asked.question.id for asked in path.step("wants").questions}
    for question, value in answers.items():
        path.answer("wants", question, value)
    path.answer("wants", "meanwhile", "We ring her every evening at six.")
    path.finish("wants")
    decided = desk.read(other_person.latest, case)
    assert decided is not None
    assert (decided.outcome, decided.meanwhile) == ("reporter_asked_not", "We ring her every evening at six.")
