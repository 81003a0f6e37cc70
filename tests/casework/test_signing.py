"""The plan: why it cannot be agreed yet, what may not be on it, the six ways of signing, the copy."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from asbdesk.casework import contacts, people, plan_papers, plans, visit_plan
from asbdesk.casework.cases import case_page
from asbdesk.casework.desk import Desk
from asbdesk.casework.parts.reading import standing
from asbdesk.casework.people import NewPerson
from asbdesk.casework.release import Refused
from asbdesk.casework.visit import VisitPath
from asbdesk.casework.visit_views import PlanDraft, PlanStep
from asbdesk.clock import SetClock
from asbdesk.documents.paper import Signing
from asbdesk.documents.verify import verify
from asbdesk.duties import overdue_from, owed, policy
from asbdesk.errors import UserError
from asbdesk.model import Action, PlanVersion, Share, Signature, Waiver
from asbdesk.model.journal import due
from asbdesk.store import case_facts
from asbdesk.store import facts as store_facts
from tests.casework.walk import alone, ink, ready, signed, take, walk_to_plan


@pytest.fixture
def path(desk: Desk, case: str) -> VisitPath:
    """A visit at high risk, at the plan."""
    path = VisitPath.start(desk, case)
    walk_to_plan(path)
    return path


def test_what_is_missing_is_said_in_words(path: VisitPath) -> None:
    path.set_plan(PlanDraft())
    assert path.problems() == (
        "Add at least one step of ours.",
        "Say on which day we next speak.",
        "Say by when we look at the plan again.",
        "The risk is high: add a step of ours that keeps them safe.",
        "The risk is high: offer help.",
    )


def test_high_risk_needs_safety_support_and_an_early_review(path: VisitPath) -> None:
    take(path, "repair")
    assert [p.split(":")[0] for p in path.problems()] == ["The risk is high", "The risk is high"]
    take(path, "safety_visit", "support_offer")
    assert path.problems() == ()
    path.set_plan(dataclasses.replace(path.plan, review_by="2026-12-21"))
    assert path.problems() == ("The risk is high: look at the plan again by Monday 7 December.",)


def test_a_plan_begins_with_what_was_said(path: VisitPath) -> None:
    plan = path.plan
    assert plan.told_us == ("Last night the kitchen window was smashed.",)
    assert plan.wants == ("I want to feel safe.",)
    assert plan.may_talk == (("The police", "yes"),)
    assert (plan.contact_who, plan.contact_day, plan.review_by) == ("Dami Okafor", "2026-11-24", "2026-12-07")


@pytest.mark.parametrize(
    ("told_us", "place"),
    [
        ("Kester Stroud smashed it.", "Stroud"),
        ("It was mr stroud's boy.", "stroud"),
        ("You are at high risk.", "high risk"),
        ("There is a witness.", "witness"),
    ],
)
def test_the_other_person_and_the_level_are_refused_by_place(path: VisitPath, told_us: str, place: str) -> None:
    ready(path)
    path.set_plan(dataclasses.replace(path.plan, told_us=(told_us,)))
    with pytest.raises(Refused) as refused:
        path.paper()
    assert "What you told us" in str(refused.value) and place in str(refused.value)
    assert path.resident in str(refused.value)
    with pytest.raises(UserError):
        path.sign(signed(path))
    assert path.sealed is None


def test_a_step_about_the_other_person_has_three_forms_only(path: VisitPath) -> None:
    ready(path)
    warn = PlanStep("Warn the other household", by="2026-12-01", about_other=True)
    path.set_plan(dataclasses.replace(path.plan, ours=(*path.plan.ours, warn)))
    assert any("Warn the other household" in p for p in path.problems())


def ways(session: Session, case: str) -> list[str | None]:
    """How things left this case."""
    return [share.way for share in standing(session, Share, case)]


def test_a_plan_that_names_whom_a_rule_protects_now_leaves_with_a_reason_alone(path: VisitPath, desk: Desk) -> None:
    ready(path)
    path.set_plan(dataclasses.replace(path.plan, told_us=("My sister Anna is with me.",)))
    made = path.sign(signed(path))
    anna = desk.do(people.add_to_case, path.case, NewPerson(name="Anna Begum"), "witness").value
    desk.do(contacts.do_not_disclose, path.case, anna, path.state.person)
    out: list[bytes] = []
    with pytest.raises(Refused, match="must not be told"):
        plan_papers.hand_out(desk, path.case, out.append)
    assert out == [] and desk.read(ways, path.case) == []
    plan_papers.hand_out(desk, path.case, out.append, reason="She says so")
    (kept,) = desk.read(lambda session: [s.override for s in standing(session, Share, path.case)])
    assert out == [made.pdf] and kept == "She says so"


def test_signed_and_sealed(path: VisitPath, desk: Desk) -> None:
    ready(path)
    made = path.sign(signed(path))
    assert made.number == "1" and not made.held
    verdict = verify(made.pdf, desk.store.paths.authority.read_bytes())
    assert verdict.whole and verdict.known_authority and verdict.signer == "Dami Okafor"
    assert path.sealed == made and VisitPath.resume(desk, path.run).sealed == made
    roles = desk.read(lambda s: sorted(r.role or "" for r in s.scalars(sa.select(Signature))))
    assert roles == ["officer", "resident"]
    kept = plan_papers.current_plan(desk, path.case)
    assert kept.sealed and kept.pdf == made.pdf
    large = plan_papers.current_plan(desk, path.case, layout="large")
    assert not large.sealed and large.pdf.startswith(b"%PDF")
    out: list[bytes] = []
    plan_papers.hand_out(desk, path.case, out.append)
    assert out == [made.pdf] and desk.read(ways, path.case) == ["copy"]
    path.copy_given("left", form="large")
    page = desk.read(case_page, path.case, desk.today)
    assert page.plans[0].copy_text == "Copy given Mon 23 Nov (plan in large print, left with them)"
    assert "Stroud" not in str(page.plans)


OUTCOMES = [
    (Signing("agreed_aloud", note="Rosalind Hughes heard it"), True, ""),
    (Signing("agrees_unsigned"), True, ""),
    (Signing("wants_time", ask_on="2026-11-30"), False, "Ask if they want to sign the plan"),
    (Signing("does_not_agree", note="I want a transfer first"), False, "A manager reads what they want instead"),
    (Signing("not_asked", note="Not well enough today"), False, ""),
]


@pytest.mark.parametrize(("signing", "agreed", "owed"), OUTCOMES, ids=[s.outcome for s, _, _ in OUTCOMES])
def test_our_steps_start_however_signing_went(
    path: VisitPath, desk: Desk, signing: Signing, agreed: bool, owed: str
) -> None:
    ready(path)
    made = path.sign(signing)
    assert verify(made.pdf).whole
    page = desk.read(case_page, path.case, desk.today)
    assert page.plans[0].agreed is agreed
    assert {a.what for a in page.plans[0].actions if a.owner == "landlord"} >= {"Check your locks, doors and windows"}
    titles = [d.title for d in page.due]
    assert "Check your locks, doors and windows" in titles
    assert not owed or owed in titles
    assert not any("refus" in c.title.lower() + c.text.lower() for c in page.chronology)


REFUSED = [
    (Signing("signed"), "Both sign"),
    (Signing("wants_time"), "on which day we ask again"),
    (Signing("wants_time", ask_on="2026-11-23"), "a day after Monday 23 November"),
    (Signing("agreed_aloud"), "who heard it"),
    (Signing("does_not_agree"), "what they want instead"),
    (Signing("not_asked"), "why it was not asked"),
    (Signing("declined"), "how signing went"),
    (Signing("agrees_unsigned", inks=(ink("resident", "Ms Rahima Begum"),)), "has signed"),
]


@pytest.mark.parametrize(("signing", "words"), REFUSED)
def test_a_signing_that_cannot_be_is_refused(path: VisitPath, signing: Signing, words: str) -> None:
    ready(path)
    with pytest.raises(UserError, match=words):
        path.sign(signing)
    assert path.sealed is None


def test_by_telephone_nothing_is_signed_on_the_screen(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case, by_phone=True)
    walk_to_plan(path)
    ready(path)
    with pytest.raises(UserError, match="By telephone nothing is signed"):
        path.sign(signed(path))
    assert path.sign(Signing("agreed_aloud", note="Rosalind heard it")).number == "1"


def test_signing_needs_a_professional_interpreter(path: VisitPath) -> None:
    ready(path)
    path.answer("who", "present", ["interpreter"])
    path.answer("who", "interpreter_kind", "other")
    with pytest.raises(UserError, match="professional interpreter"):
        path.sign(signed(path))


def test_a_second_version_follows_the_first_and_its_steps_live_on(
    path: VisitPath, desk: Desk, desk_clock: SetClock
) -> None:
    ready(path)
    first = path.sign(signed(path))
    path.out_safe()
    desk_clock.pass_time(days=2)
    again = VisitPath.start(desk, path.case)
    alone(again)
    plan = again.plan
    assert [s.code for s in plan.ours if s.code == "repair"] == ["repair"] and all(s.action for s in plan.ours)
    kept = tuple(s for s in plan.ours if s.code != "other_agree")
    again.set_plan(dataclasses.replace(plan, told_us=("You told us that the window is boarded.",), ours=kept))
    assert again.problems() == ()
    second = again.sign(signed(again))
    assert second.number == "2"
    steps = desk.read(
        lambda s: [(a.code, a.plan, a.struck) for a in s.scalars(sa.select(Action).where(Action.plan.is_not(None)))]
    )
    assert ("repair", second.version, None) in steps
    assert ("other_agree", first.version, None) in steps, "the risk is high: what we owed is owed on"
    page = desk.read(case_page, path.case, desk.today)
    assert [(p.number, p.current) for p in page.plans] == [("2", True), ("1", False)]
    follows = desk.read(lambda s: s.get_one(PlanVersion, second.version).follows)
    assert follows == [first.version]


def version_of(desk: Desk, case: str, path: VisitPath, **changed: Any) -> None:
    """The next version of the plan, with its steps changed."""
    draft = dataclasses.replace(path.plan, **changed)
    number, follows = desk.read(plans.next_version, case, path.state.person)
    paper = visit_plan.paper_of(path.state, draft, None)
    signing = Signing("signed", "Ms Rahima Begum")
    desk.do(plans.agree, case, path.state.person, plans.NewVersion(number, follows, paper, draft, signing))


def test_a_new_version_neither_hides_a_late_step_nor_forgets_its_first_day(
    desk: Desk, case: str, desk_clock: SetClock
) -> None:
    path = VisitPath.start(desk, case)
    step = PlanStep("Fit a new lock", by="2026-11-25")
    version_of(desk, case, path, ours=(step, PlanStep("Write to the council", by="2026-11-26")))
    desk_clock.put("2026-12-02T09:00:00.000Z")
    lock, letter = path.plan.ours
    version_of(desk, case, path, ours=(dataclasses.replace(lock, by="2026-12-09"),))
    which = sa.select(due).where(due.c.code == "plan_action", due.c.about_id.in_([lock.action, letter.action]))
    rows = {row.about_id: row for row in desk.read(lambda s: s.execute(which).all())}
    assert (rows[lock.action].due_on, rows[lock.action].state) == ("2026-12-09", "open")
    facts = desk.read(lambda s: case_facts.facts(store_facts.read(s.connection(), [case]), case))
    owed_ = {d.about_id: d for d in owed(facts, policy.default()) if d.code == "plan_action"}
    assert owed_[lock.action].late_from == "2026-11-26", "it was late before it had another day"
    assert overdue_from(owed_[letter.action], "2026-12-02") == "2026-11-27", "it stays late in every count"
    assert rows[letter.action].state == "waived" and "Write to the council" not in {s.what for s in path.plan.ours}
    reasons = desk.read(lambda s: list(s.scalars(sa.select(Waiver.reason))))
    assert reasons == ["Taken out of the plan, with them, in version 2."]


def test_two_versions_that_follow_the_same_both_show(desk: Desk, case: str) -> None:
    from asbdesk.casework.plan_outcome import PlanTold, record_version
    from asbdesk.casework.records import new
    from asbdesk.store.work import Work, action

    person = desk.read(case_page, case, desk.today).people[0].id
    first = desk.do(record_version, case, person, PlanTold(review_on="2026-12-07")).value

    @action("plan.agreed")
    def apart(work: Work, number: str) -> None:
        told = {"person": person, "follows": [first], "at": work.happened, "signing": "signed", "agreed": True}
        new(work, PlanVersion, f"case/{case}", number=number, **told)

    desk.do(apart, "2")
    desk.do(apart, "2")
    page = desk.read(case_page, case, desk.today)
    assert [(p.number, p.current) for p in page.plans] == [("2B", True), ("2", True), ("1", False)]
    assert desk.read(plans.next_version, case, person)[0] == "3"
    assert len(desk.read(plans.next_version, case, person)[1]) == 2


def test_in_a_welfare_case_the_copy_is_kept_until_a_safe_way_is_known(path: VisitPath) -> None:
    path.answer("safe", "abuse", "yes")
    path.finish("safe")
    take(path, "safety_visit", "support_offer")
    assert path.problems() == ()
    made = path.sign(signed(path))
    assert made.held
    with pytest.raises(UserError, match="safe way"):
        path.copy_given("posted")
    with pytest.raises(UserError, match="how they can see"):
        path.copy_given("kept")
    path.copy_given("kept", note="At the office, ask for Dami")
    path.set_safe_way("Ring on weekday mornings")
    path.copy_given("left")


def test_doubt_that_they_understand_goes_to_the_manager(path: VisitPath, desk: Desk) -> None:
    ready(path)
    path.answer("sign", "doubts", "yes")
    path.sign(signed(path))
    titles = [d.title for d in desk.read(case_page, path.case, desk.today).due]
    assert "A manager looks at whether the plan was understood" in titles
