"""A visit walked without a window, on a real encrypted store."""

from __future__ import annotations

import dataclasses

import pytest
import sqlalchemy as sa

from asbdesk.casework import closing, contacts, enforcement, now, other_person, people, person_details, risk
from asbdesk.casework.cases import case_page
from asbdesk.casework.desk import Desk
from asbdesk.casework.people import NewPerson
from asbdesk.casework.today import today
from asbdesk.casework.visit import VisitPath
from asbdesk.casework.visit_views import PlanStep
from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.model import (
    Assessment,
    Contact,
    DisclosureRule,
    Now,
    PoliceReport,
    Referral,
    Report,
    SafeguardingDecision,
    Visit,
    new_id,
)
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.store.work import Work, action
from tests.casework.conftest import PASSPHRASE
from tests.casework.walk import alone, fill_risk, tell, walk_to_plan

STEPS = ["before", "who", "happened", "affects", "safe", "wants", "plan", "sign", "out"]


def test_nine_steps_in_any_order(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    assert [s.id for s in path.steps] == STEPS
    assert {s.state for s in path.steps} == {"todo"}
    path.answer("wants", "want", "I want it to stop.")
    assert path.finish("wants") == "plan"
    assert path.later("affects") == "safe"
    states = {s.id: s.state for s in path.steps}
    assert states["wants"] == "done" and states["affects"] == "later" and states["before"] == "todo"


def test_words_to_say_are_those_of_the_practice_page(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    aloud = " ".join(path.step("who").aloud)
    assert aloud.startswith("I will write down what you tell me, so you do not have to say it twice.")
    assert aloud.endswith("You can stop, or have a break, at any time.")
    abuse = next(q for q in path.state.form.section("safe").questions if q.id == "abuse")
    assert abuse.text == (
        "Is there anyone at home, or close to you, who frightens you, hurts you, or stops you living how you want? "
        "You do not have to answer. I can give you a number to ring instead."
    )


def test_every_answer_is_there_when_the_visit_is_resumed(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    tell(path)
    path.go("happened", "happened_where")
    again = VisitPath.resume(desk, path.run)
    assert again.where == ("happened", "happened_where")
    values = {a.question.id: a.value for a in again.step("happened").questions}
    assert values["words"] == "Last night the kitchen window was smashed."
    assert values["behaviours"] == ["violence", "vandalism"]
    assert VisitPath.start(desk, case).run == path.run, "a visit begun is gone on with, not begun again"


def test_resumed_after_the_process_was_gone(desk: Desk, case: str, desk_clock: SetClock) -> None:
    paths: StorePaths = desk.store.paths
    path = VisitPath.start(desk, case, by_phone=True)
    tell(path)
    path.finish("happened")
    path.answer("wants", "want", "Quiet nights.")
    path.go("wants", "want")
    desk.close()
    opened = vault.unlock(paths, desk_clock, passphrase=PASSPHRASE)
    try:
        again = VisitPath.resume(Desk(opened), path.run)
        assert again.by_phone and again.where == ("wants", "want")
        assert {s.id: s.state for s in again.steps}["happened"] == "done"
        assert next(a.value for a in again.step("wants").questions if a.question.id == "want") == "Quiet nights."
    finally:
        opened.close()
        desk.store = vault.unlock(paths, desk_clock, passphrase=PASSPHRASE)


def test_private_questions_follow_the_room(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)

    def asked() -> set[str]:
        return {a.question.id for a in path.step("safe").questions}

    assert "abuse" not in asked() and path.step("safe").put_away > 0, "nothing said about the room is not private"
    alone(path)
    assert path.room.private and {"abuse", "self_harm", "hate_fits"} <= asked()
    path.answer("safe", "self_harm", "no")
    path.someone_came_in()
    assert not path.room.alone and "abuse" not in asked()
    alone(path)
    assert "abuse" in asked(), "asked again once they are alone again"
    path.answer("who", "present", ["child"])
    path.answer("who", "child_understands", "yes")
    assert "abuse" not in asked()
    path.answer("who", "child_understands", "no")
    assert "abuse" in asked()
    path.answer("who", "present", ["interpreter"])
    path.answer("who", "interpreter_kind", "other")
    assert "abuse" not in asked() and "hate_reason" not in asked(), "hate needs a professional too"
    path.answer("who", "interpreter_kind", "professional")
    assert {"abuse", "hate_reason"} <= asked()


def test_not_alone_is_kept_as_not_asked_and_a_safe_time_is_owed(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    path.answer("who", "present", ["partner"])
    path.answer("who", "can_hear", "yes")
    path.finish("who")
    path.finish("safe")
    kept = desk.read(lambda s: s.get_one(Visit, path.visit).answers)["safe"]
    assert kept["abuse"] == {"unanswered": "not_alone"}
    assert kept["abuse_concern"] == {"unanswered": "not_asked"}
    assert [d.title for d in desk.read(case_page, case, desk.today).due].count("Find a safe time to talk") == 1
    alone(path)
    path.answer("safe", "abuse", "no")
    path.finish("safe")
    assert "Find a safe time to talk" not in [d.title for d in desk.read(case_page, case, desk.today).due]


def test_four_answers_that_are_not_yes_stay_apart(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    for question, value in (("safe_tonight", "no"), ("hate_officer", {"unanswered": "dont_know"})):
        path.answer("safe", question, value)
    path.answer("safe", "hate_reason", {"unanswered": "wont_say"})
    path.finish("safe")
    kept = desk.read(lambda s: s.get_one(Visit, path.visit).answers)["safe"]
    assert kept["safe_tonight"] == "no"
    assert kept["hate_officer"] == {"unanswered": "dont_know"}
    assert kept["hate_reason"] == {"unanswered": "wont_say"}
    assert kept["safer_words"] == {"unanswered": "not_asked"}


def test_a_question_no_longer_asked_is_left_out_and_its_draft_stays_until_then(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    path.answer("happened", "police_told", "yes")
    path.answer("happened", "crime_number", "EX/1")
    path.answer("happened", "police_told", "unsure")
    assert desk.drafts.values(path.run)["crime_number"] == "EX/1"
    path.answer("happened", "words", "It happened again.")
    path.finish("happened")
    kept = desk.read(lambda s: s.get_one(Visit, path.visit).answers)["happened"]
    assert "crime_number" not in kept
    assert "crime_number" not in desk.drafts.values(path.run)


def test_a_step_finished_twice_puts_right_and_does_not_report_twice(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    tell(path)
    path.finish("happened")
    path.answer("happened", "words", "Last night two windows were smashed.")
    path.finish("happened")
    reports = desk.read(lambda s: [r.words for r in s.scalars(sa.select(Report).where(Report.visit == path.visit))])
    assert reports == ["Last night two windows were smashed."]


def test_an_answer_that_does_not_fit_is_refused_in_words(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    with pytest.raises(UserError, match="Choose one of the answers shown"):
        path.answer("safe", "safe_tonight", "perhaps")
    with pytest.raises(UserError, match="not on the screen now"):
        path.answer("safe", "abuse", "no")


def test_risk_is_asked_once_and_filled_in_next_time(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    walk_to_plan(path)
    first = desk.read(lambda s: [(a.id, a.band) for a in s.scalars(sa.select(Assessment))])
    assert [band for _, band in first] == ["high"]
    path.out_safe()
    again = VisitPath.start(desk, case)
    risk = {a.question.id: a for a in again.step("safe").questions if a.question.id.startswith("risk.")}
    assert risk["risk.q1"].value == "most_days" and risk["risk.q1"].earlier.startswith("Told us on Monday 23 November")
    again.answer("safe", "risk.q1", "most_weeks")
    again.finish("safe")
    follows = desk.read(lambda s: [a.follows for a in s.scalars(sa.select(Assessment).order_by(Assessment.id))])
    assert follows == [None, [first[0][0]]] or follows == [[], [first[0][0]]]


def test_incomplete_is_never_low(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    path.answer("safe", "risk.q1", "first_time")
    path.finish("safe")
    bands = desk.read(lambda s: [(a.band, a.complete) for a in s.scalars(sa.select(Assessment))])
    assert bands == [("medium", False)], "violence was reported: at least medium, and not complete"


def test_a_lower_level_needs_a_reason_and_who_agreed(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    alone(path)
    tell(path)
    fill_risk(path)
    with pytest.raises(UserError, match="why you chose"):
        path.set_level("medium", "")
    with pytest.raises(UserError, match="someone who agrees"):
        path.set_level("medium", "Her brother has moved in")
    path.set_level("medium", "Her brother has moved in", "Rosalind Hughes")
    path.finish("safe")
    page = desk.read(case_page, case, desk.today)
    assert page.assessments[0].band == "medium" and page.assessments[0].approver == "Rosalind Hughes"
    assert page.assessments[0].computed == "High risk"


def test_abuse_at_home_moves_the_case_to_welfare(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    alone(path)
    neighbour = desk.do(people.add_to_case, case, NewPerson(name="Mr Other"), "witness").value
    desk.do(contacts.do_not_disclose, case, path.state.person, neighbour, what="my telephone number")
    path.answer("safe", "abuse", "yes")
    path.finish("safe")
    page = desk.read(case_page, case, desk.today)
    assert page.line.title == "Welfare" and page.line.stream == "domestic_abuse"
    feared = desk.read(lambda s: [r.what for r in s.scalars(sa.select(DisclosureRule)) if r.not_to_name])
    assert feared == ["everything"], "a rule about somebody else says nothing of the person they fear"
    assert any("safe way" in a.text for a in page.alerts)
    assert not any(s.about_other for s in path.suggestions())
    assert {"noise_app", "sound_check", "diary"}.isdisjoint(s.code for s in path.suggestions())


def test_the_children_of_a_visit_are_those_of_the_home_they_live_in_now(desk: Desk, case: str) -> None:
    person = VisitPath.start(desk, case).state.person
    desk.do(people.set_children, person, 3)
    desk.do(person_details.change_address, case, person, "1 New Street", "ZZ1 2BB", moved=True)
    desk.do(people.set_children, person, 1)
    assert VisitPath.start(desk, case).state.values()["children"] == 1


def test_leaving_now_and_why(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    path.left_now()
    assert path.left_early and VisitPath.resume(desk, path.run).left_early
    with pytest.raises(UserError, match="why you left"):
        path.out_safe()
    path.why_left("He shouted at me from the landing", threat_to_staff=True)
    assert not path.left_early
    page = desk.read(case_page, case, desk.today)
    assert any("Two officers: He shouted at me" in a.text for a in page.alerts)
    path.out_safe()
    with pytest.raises(UserError, match="has ended"):
        VisitPath.resume(desk, path.run)


def test_the_other_person_came_in(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    alone(path)
    path.other_person_came()
    assert path.room.other_person and not path.room.private
    assert "Find a safe time to talk" in [d.title for d in desk.read(case_page, case, desk.today).due]
    path.why_left("Her neighbour came in", reach_safely="At her sister's on Thursdays")
    assert path.state.known.agreement is not None
    assert path.state.known.agreement.safe == "At her sister's on Thursdays"


def test_going_in_and_are_you_out(desk: Desk, case: str, desk_clock: SetClock) -> None:
    path = VisitPath.start(desk, case)
    assert path.back_by is None
    path.going_in(told="Rosalind", how="telephone", back_by="10:00")
    assert path.back_by == "2026-11-23T10:00:00.000Z"
    desk_clock.pass_time(minutes=61)
    path.still_here("10:45")
    assert path.back_by == "2026-11-23T10:45:00.000Z"


def test_how_the_officer_is_goes_to_nobody(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    path.answer("out", "how_are_you", "shaken")
    path.finish("out")
    path.out_safe()
    answers = desk.read(lambda s: s.get_one(Visit, path.visit).answers)
    assert "how_are_you" not in answers["out"] and "talk_to" not in answers["out"]
    with desk.store.reader.connect() as conn:
        bodies = conn.scalars(sa.text("SELECT text FROM body")).all()
    assert not any("shaken" in text for text in bodies if "form_text/" not in text)


def test_nothing_about_the_other_person_before_the_four_questions(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    tell(path)
    path.answer("happened", "other_known", "Mr Kester Stroud")
    path.finish("happened")
    assert not any(s.about_other for s in path.suggestions())
    path.set_plan(path.plan)
    step = PlanStep(
        "Agree with you if, when and how we speak to the other household", by="2026-12-01", about_other=True
    )
    path.set_plan(dataclasses.replace(path.plan, ours=(step,)))
    assert any("four questions" in p for p in path.problems())
    for question, value in (("may_speak", "yes"), ("may_know", "no"), ("feel_safe", {"unanswered": "wont_say"})):
        path.answer("wants", question, value)
    assert not any(s.about_other for s in path.suggestions()), "three of four are not enough"
    path.answer("wants", "must_not_say", "That I rang")
    offered = {s.what for s in path.suggestions() if s.about_other}
    assert "Speak to the other household in the way we agreed" in offered
    assert not any("four questions" in p for p in path.problems())


def test_going_back_changes_what_is_suggested(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    path.answer("happened", "behaviours", ["noise"])
    path.answer("happened", "words", "Banging at night.")
    assert "noise_app" in {s.code for s in path.suggestions()}
    path.finish("happened")
    path.answer("happened", "behaviours", ["graffiti"])
    codes = {s.code for s in path.suggestions()}
    assert "noise_app" not in codes and "remove_graffiti" in codes


def test_could_someone_be_getting_hurt_opens_a_decision_and_holds_letters(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    path.answer("happened", "words", "Shouting and crying through the wall.")
    path.answer("happened", "behaviours", ["noise"])
    path.answer("happened", "someone_hurt", {"unanswered": "dont_know"})
    path.finish("happened")
    page = desk.read(case_page, case, desk.today)
    assert any("no letter and no visit about noise" in a.text for a in page.alerts)


def test_a_visit_where_nobody_was_spoken_to_is_a_try(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    path.finish("before")
    path.out_safe()
    page = desk.read(case_page, case, desk.today)
    assert page.chronology[0].title == "Visit ended: out and safe (nobody was spoken to)"
    again = VisitPath.start(desk, case)
    alone(again)
    again.finish("who")
    again.out_safe()
    made = desk.read(lambda s: [c.made for c in s.scalars(sa.select(Contact).order_by(Contact.id))])
    assert made == [False, True]


def test_what_they_say_of_the_police_settles_the_question_once(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    tell(path)
    path.answer("happened", "police_told", "want_help")
    path.finish("happened")
    path.answer("happened", "police_told", "yes")
    path.answer("happened", "crime_number", "13260/20")
    path.finish("happened")
    settled = desk.read(lambda s: [(r.outcome, r.reference) for r in s.scalars(sa.select(PoliceReport))])
    assert settled == [("reported", "13260/20")]


def asked_in(path: VisitPath, step: str) -> set[str]:
    return {a.question.id for a in path.step(step).questions}


def decisions(desk: Desk) -> list[tuple[bool | None, str | None]]:
    which = sa.select(SafeguardingDecision).order_by(SafeguardingDecision.id)
    return desk.read(lambda s: [(d.referred, d.reason) for d in s.scalars(which)])


def owed_codes(desk: Desk, case: str) -> list[str]:
    return [d.code for d in desk.read(case_page, case, desk.today).due]


def child_in_danger(path: VisitPath) -> None:
    tell(path)
    path.answer("happened", "serious", ["child_at_risk"])
    path.finish("happened")


def test_the_safeguarding_decision_of_a_visit_settles_what_is_owed(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    assert "safeguarding" not in asked_in(path, "safe"), "nobody at risk was told of"
    child_in_danger(path)
    assert "safeguarding" in owed_codes(desk, case) and "safeguarding" in asked_in(path, "safe")
    path.answer("safe", "safeguarding", "referred")
    path.answer("safe", "safeguarding_to", "childrens_social_care")
    path.answer("safe", "safeguarding_told", "Duty desk, telephone, 10:40")
    path.finish("safe")
    assert decisions(desk) == [(True, None)]
    sent = desk.read(lambda s: [r.agency for r in s.scalars(sa.select(Referral))])
    assert sent == ["Children's social care"]
    page = desk.read(case_page, case, desk.today)
    assert "safeguarding" not in [d.code for d in page.due]
    assert not any("safeguarding" in a.text for a in page.alerts)


def test_a_decision_said_again_is_put_right_and_asked_anew_after_new_danger(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    child_in_danger(path)
    path.answer("safe", "safeguarding", "not_referred")
    with pytest.raises(UserError, match="why it is not referred"):
        path.finish("safe")
    path.answer("safe", "safeguarding_why", "The child lives elsewhere.")
    path.finish("safe")
    path.answer("safe", "safeguarding_why", "The child moved to her father in May.")
    path.finish("safe")
    assert decisions(desk) == [(False, "The child moved to her father in May.")]
    path.finish("happened")
    assert not asks_to_decide(desk, case), "nothing new was said"
    path.answer("happened", "serious", ["child_at_risk", "adult_at_risk"])
    path.finish("happened")
    assert asks_to_decide(desk, case)


def asks_to_decide(desk: Desk, case: str) -> bool:
    return any(a.text.startswith("Decide about safeguarding") for a in desk.read(case_page, case, desk.today).alerts)


def test_not_decided_yet_stays_owed(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    child_in_danger(path)
    path.answer("safe", "safeguarding", "not_yet")
    path.finish("safe")
    assert decisions(desk) == [] and "safeguarding" in owed_codes(desk, case)


def test_abuse_told_and_decided_in_one_step_leaves_nothing_open(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    alone(path)
    path.answer("safe", "abuse", "yes")
    path.answer("safe", "safeguarding", "referred")
    path.answer("safe", "safeguarding_to", "idva")
    path.finish("safe")
    assert not asks_to_decide(desk, case) and [d[0] for d in decisions(desk)] == [True]


def test_what_cannot_wait_is_answered_in_the_step_that_told_it(desk: Desk, case: str) -> None:
    desk.do(now.answer, case, danger="No", told="Rosalind Hughes", tonight="with her sister")
    path = VisitPath.start(desk, case)
    alone(path)
    tell(path)
    for question, value in (("now_danger", "no"), ("now_told", "Rosalind, 10:20"), ("now_tonight", "boarded up")):
        path.answer("happened", question, value)
    path.finish("happened")
    assert not desk.read(today, desk.member, desk.today).now
    assert "danger_here" not in asked_in(path, "safe")
    path.answer("safe", "self_harm", "yes")
    assert "danger_here" in asked_in(path, "safe"), "the screen that recorded it asks"
    path.answer("safe", "danger_here", "yes")
    path.finish("safe")
    assert desk.read(today, desk.member, desk.today).now, "a suicidal statement does not wait"
    path.answer("safe", "danger_told", "Crisis team, 10:50")
    path.answer("safe", "danger_tonight", "Her sister stays")
    path.finish("safe")
    assert not desk.read(today, desk.member, desk.today).now
    cards = desk.read(lambda s: [(n.danger, bool(n.answered)) for n in s.scalars(sa.select(Now).order_by(Now.id))])
    assert cards == [("No", True), ("No", True), ("Yes", True)]


def test_a_newer_assessment_that_came_to_no_level_lowers_nothing(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    walk_to_plan(path)
    path.out_safe()
    person = path.state.person

    @action("risk.assessed")
    def came_to_none(work: Work, case: str) -> None:
        before = [a.id for a in work.select(sa.select(Assessment))]
        told = {"of": person, "at": work.happened, "follows": before}
        work.add(Assessment(id=new_id(), file=f"case/{case}", **told))

    desk.do(came_to_none, case)
    line = desk.read(case_page, case, desk.today).line
    assert line.band == desk.read(risk.level_of, case) == desk.read(risk.level_of, case, person) == "high"
    with pytest.raises(UserError, match="manager agrees to this close"):
        desk.do(closing.close, case, "resolved", form=closing.ClosingForm(second="Rosalind Hughes"))


def test_nothing_goes_to_the_home_until_somebody_decided_who_could_be_getting_hurt(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    path.answer("happened", "words", "Shouting and crying through the wall.")
    path.answer("happened", "behaviours", ["noise"])
    path.answer("happened", "other_known", "Mr Kester Stroud")
    path.answer("happened", "someone_hurt", "yes")
    path.finish("happened")
    for question, value in (("may_speak", "yes"), ("may_know", "no"), ("must_not_say", "x"), ("feel_safe", "y")):
        path.answer("wants", question, value)
    speak = "Speak to the other household in the way we agreed"
    assert speak not in {s.what for s in path.suggestions()}
    step = PlanStep(speak, by="2026-12-01", about_other=True)
    path.set_plan(dataclasses.replace(path.plan, ours=(step,)))
    assert any("safeguarding decision first" in p for p in path.problems())
    with pytest.raises(UserError, match="safeguarding decision first"):
        desk.do(other_person.decide, case, "agreed", other_person.FourAnswers("yes", "no", "x", "y"))
    with pytest.raises(UserError, match="safeguarding decision first"):
        desk.do(enforcement.use, case, "warning_letter", "It is loud.", used=True)
    desk.do(enforcement.use, case, "none_yet", "Not before we know.", used=False)
    path.answer("safe", "safeguarding", "not_referred")
    path.answer("safe", "safeguarding_why", "A talk with the school: the child is safe.")
    path.finish("safe")
    assert speak in {s.what for s in path.suggestions()} and not any("safeguarding" in p for p in path.problems())
    desk.do(enforcement.use, case, "warning_letter", "It is loud.", used=True)
