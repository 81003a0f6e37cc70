"""The rest of the case file: each action leaves its record, keeps its rule, and says no in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa

import asbdesk
from asbdesk import model as m
from asbdesk.casework import (
    acknowledging,
    agencies,
    closing,
    complaints,
    conduct,
    data_incident,
    enforcement,
    evidence_told,
    handover,
    hate,
    links,
    lists,
    moves,
    needs_told,
    now,
    orders,
    other_person,
    people,
    plans,
    police,
    promises,
    repairs,
    reports,
    reviews,
    risk,
    safeguarding,
    triage,
    waivers,
)
from asbdesk.casework.agencies import Sharing
from asbdesk.casework.chronology import chronology
from asbdesk.casework.chronology_words import EVENTS, SIMPLE, WORDS
from asbdesk.casework.closing import ClosingForm
from asbdesk.casework.desk import Desk
from asbdesk.casework.evidence_told import DiaryLine
from asbdesk.casework.hate import HateTold
from asbdesk.casework.people import NewPerson
from asbdesk.casework.plan_outcome import PlanTold, StepTold, record_version
from asbdesk.casework.reports import Telling
from asbdesk.casework.today import today
from asbdesk.casework.told import Said
from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.store.work import Work, action

T = TypeVar("T", bound=m.Record)


def the(desk: Desk, cls: type[T]) -> T:
    """The newest record of a kind."""

    def newest(session: Any) -> Any:
        found = session.scalars(sa.select(cls).order_by(cls.id.desc()).limit(1)).one()
        session.expunge(found)
        return found

    return desk.read(newest)  # type: ignore[no-any-return]


def resident(desk: Desk, case: str) -> str:
    found = desk.read(lambda s: (people.reporter_of(s, case) or m.Person(id="")).id)
    return str(found)


@pytest.fixture
def other(desk: Desk, case: str) -> str:
    return str(desk.do(people.add_to_case, case, NewPerson(name="Mr Other"), "alleged_perpetrator").value)


@pytest.fixture
def report(desk: Desk, case: str) -> str:
    return the(desk, m.Report).id


# ---- every action has words
def test_everything_that_is_done_in_a_case_has_words_in_its_chronology() -> None:
    silent = {  # of the landlord, of a person's own file, or read and not written
        *(
            "agency.added",
            "agency.changed",
            "landlord.changed",
            "landlord.number_set",
            "landlord.set_up",
            "landlord.time_authority_named",
            "list.changed",
        ),
        *("member.added", "member.changed", "policy.adopted", "person.changed", "household.changed", "seen"),
        *("adjustment.asked", "step.done", "warning.reviewed", "words.approved", "form.kept", "agency.kept"),
        *("register.written", "register.struck"),
    }
    root = Path(asbdesk.__file__).parent
    done = {
        name
        for folder in ("casework", "casework/parts", "exchange")
        for file in (root / folder).glob("*.py")
        for name in re.findall(r'@action\("([^"]+)"\)', file.read_text(encoding="utf-8"))
    }
    assert done - silent - {*WORDS, *SIMPLE, *EVENTS} == set()
    assert set(EVENTS) <= done


# ---- told, as every event carries it
def test_every_event_keeps_its_moment_its_note_and_its_name(desk: Desk, case: str) -> None:
    said = Said("by letter", assumed=True, history_id="x1")
    desk.do(acknowledging.acknowledge, case, said=said, happened="2026-11-20T10:00:00.000Z")
    kept = the(desk, m.Acknowledgement)
    assert (kept.at, kept.note, kept.assumed, kept.history_id) == ("2026-11-20T10:00:00.000Z", "by letter", True, "x1")
    line = desk.read(chronology, case)[-1]
    assert line.title == "Report acknowledged" and line.text == "by letter" and line.recorded


def test_what_belongs_to_another_case_is_refused(desk: Desk, case: str) -> None:
    elsewhere = desk.do(reports.open_case, NewPerson(name="Ms B"), Telling(words="x")).value
    repair = desk.do(repairs.ask_repair, elsewhere, "Door", "security").value
    with pytest.raises(UserError, match="another case"):
        desk.do(repairs.repair_done, case, repair)


# ---- refusals, each a sentence with a mend
REFUSED: list[tuple[str, Callable[[Desk, str], Any], str]] = [
    ("agency", lambda d, c: d.do(agencies.refer, c, " "), "which agency"),
    ("sharing", lambda d, c: d.do(agencies.refer, c, "GP", sharing=Sharing("no")), "They said no"),
    ("police", lambda d, c: d.do(police.settle, c, "maybe"), "Choose"),
    ("strand", lambda d, c: d.do(hate.record_hate, c, HateTold(("height",))), "Choose the strand"),
    ("not hate", lambda d, c: d.do(hate.not_hate, c, "no", officer_thinks=True), "that is enough"),
    ("step", lambda d, c: d.do(safeguarding.take_step, c, "tea"), "Choose the step"),
    ("repair", lambda d, c: d.do(repairs.ask_repair, c, "Door", "old"), "how it is tied"),
    ("handler", lambda d, c: d.do(complaints.accept, c, "staff_conduct", staff="Al", handler="al "), "cannot handle"),
    ("declined", lambda d, c: d.do(complaints.decline, c, ""), "Code's reason"),
    ("redress", lambda d, c: d.do(complaints.offer_redress, c, "money"), "how much"),
    ("bar", lambda d, c: d.do(conduct.no_bar, c, ""), "why none is needed"),
    ("waiver", lambda d, c: d.do(waivers.waive, c, "promise", " "), "why it is not needed"),
    ("close", lambda d, c: d.do(closing.close, c, ""), "why the case is closed"),
    ("second", lambda d, c: d.do(closing.close, c, "moved", form=ClosingForm()), "do not agree"),
    ("promise", lambda d, c: d.do(promises.promise, c, ""), "what was promised"),
    ("elsewhere", lambda d, c: d.do(evidence_told.elsewhere, c, ""), "who holds it"),
    ("need", lambda d, c: d.do(needs_told.told_of, c, resident(d, c), []), "what they told you"),
    ("time", lambda d, c: d.do(data_incident.note_time, "x", "tea"), "which of the five"),
    ("link", lambda d, c: d.do(links.link, c, c, "same_place"), "tied to itself"),
    ("updates", lambda d, c: d.do(links.agree_updates, c, resident(d, c), "nobody"), "one of the people"),
    ("code", lambda d, c: d.do(lists.set_word, "tool", "a b", "Words"), "letters, figures"),
    ("other person", lambda d, c: d.do(other_person.written_down, c, outcome="fled"), "what was decided"),
]


@pytest.mark.parametrize(("act", "words"), [(a, w) for _, a, w in REFUSED], ids=[n for n, _, _ in REFUSED])
def test_refused_in_words(desk: Desk, case: str, act: Callable[[Desk, str], Any], words: str) -> None:
    with pytest.raises(UserError, match=words):
        act(desk, case)


# ---- hate, safeguarding, Now
def test_hate_is_a_record_of_its_own_and_makes_the_case_one(desk: Desk, case: str, report: str) -> None:
    told = HateTold(("disability",), "staff", report=report, who_knows="her sister", must_not_know="her employer")
    desk.do(hate.record_hate, case, told)
    kept = the(desk, m.HateRecord)
    assert kept.hidden and kept.strands == ["disability"] and kept.report == report
    assert (the(desk, m.Case).stream, the(desk, m.Case).category) == ("hate", "serious")
    assert "disability" not in str(desk.read(chronology, case)), "the strand stays out of the chronology"


def test_a_welfare_case_stays_one_when_hate_is_recorded(desk: Desk, case: str) -> None:
    desk.do(reports.move_to_welfare, case)
    desk.do(hate.record_hate, case, HateTold())
    assert the(desk, m.Case).stream == "domestic_abuse"


def test_a_safeguarding_referral_is_opened_so_that_somebody_chases_it(desk: Desk, case: str) -> None:
    desk.do(safeguarding.decide, case, True, "a child", to="Children's social care")
    sent = the(desk, m.Referral)
    assert sent.agency == "Children's social care" and sent.came_from == the(desk, m.SafeguardingDecision).id
    desk.do(agencies.chase, case, sent.id)
    desk.do(agencies.replied, case, sent.id, "allocated")
    assert (the(desk, m.Progress).what, the(desk, m.Progress).about) == ("agency_reply", sent.id)


def test_a_no_may_be_overridden_only_by_a_power_named(desk: Desk, case: str) -> None:
    power = Sharing("no", "Care Act, section 42: serious harm", "Rosalind Hughes", "told first")
    desk.do(agencies.refer, case, "Adult social care", sharing=power)
    assert the(desk, m.Referral).basis == power.basis


def test_now_stands_until_all_three_are_answered(desk: Desk, case: str, report: str) -> None:
    raised = the(desk, m.Now)
    assert raised.raised_by and desk.read(now.answered_so_far, case) == now.Answers(), "violence does not wait"
    assert desk.do(now.raise_now, case, report, ["weapon"]).value == raised.id, "one card, not two"
    assert "weapon" in the(desk, m.Now).raised_by
    with pytest.raises(UserError, match="when you try next"):
        desk.do(now.answer, case, danger="No", told="")
    desk.do(now.answer, case, danger="No", next_try="2026-11-23T11:00:00.000Z")
    assert the(desk, m.Now).answered is None and the(desk, m.Now).next_try
    assert desk.read(today, desk.member, desk.today).now, "it stands first until all three are answered"
    desk.do(now.answer, case, told="Rosalind Hughes, 11:05", tonight="with her sister")
    assert the(desk, m.Now).answered and not desk.read(today, desk.member, desk.today).now
    with pytest.raises(UserError, match="answered already"):
        desk.do(now.answer, case, danger="No", told="x", tonight="y")


def test_what_was_said_already_raises_no_second_card_and_new_danger_does(desk: Desk, case: str, report: str) -> None:
    desk.do(now.answer, case, danger="No", told="Rosalind Hughes", tonight="with her sister")
    told = {"words": "He hit me.", "behaviours": ("violence",)}
    desk.do(reports.correct_report, report, Telling(**told, serious=("assault",)))
    assert not desk.read(today, desk.member, desk.today).now
    desk.do(reports.correct_report, report, Telling(**told, serious=("assault", "weapon")))
    assert desk.read(today, desk.member, desk.today).now


def test_now_unanswered_for_two_hours_is_on_the_managers_today(desk: Desk, case: str, desk_clock: SetClock) -> None:
    assert desk.read(now.for_manager, desk.member, desk.clock.now()) == ()

    @action("member.changed")
    def others(work: Work, member: str, case: str) -> None:
        work.get(m.Member, member).role = "manager"
        work.get(m.Case, case).officer = "somebody"

    desk.do(others, desk.member, case)
    desk_clock.pass_time(minutes=119)
    assert desk.read(now.for_manager, desk.member, desk.clock.now()) == ()
    desk_clock.pass_time(minutes=1)
    cards = desk.read(now.for_manager, desk.member, desk.clock.now())
    assert [(c.case, c.do) for c in cards] == [(case, "now")] and "2 hours" in cards[0].title
    desk.do(now.answer, case, danger="No", told="Rosalind Hughes", tonight="with her sister")
    assert desk.read(now.for_manager, desk.member, desk.clock.now()) == ()


# ---- needs
def test_what_was_told_is_put_on_the_household_record(desk: Desk, case: str) -> None:
    person = resident(desk, case)
    desk.do(needs_told.told_of, case, person, ["asthma"], by="doctor")
    assert desk.read(lambda s: s.scalar(sa.select(sa.func.count()).select_from(m.Vulnerability))) == 0
    desk.do(needs_told.put_on_record, case, person)
    assert (the(desk, m.Vulnerability).what, the(desk, m.Vulnerability).said_by) == ("asthma", "professional")
    desk.do(needs_told.request, case, person, "large print")
    desk.do(needs_told.make, case, person, "large print", refused_why="not ours")
    assert (the(desk, m.Adjustment).made_on, the(desk, m.Adjustment).refused_why) == (None, "not ours")
    assert the(desk, m.NeedTold).refused


# ---- evidence
def test_evidence_reviewed_at_once_and_kept_in_custody(desk: Desk, case: str) -> None:
    person = resident(desk, case)
    shop = desk.do(evidence_told.elsewhere, case, "The shop", type_="cctv", keep_until="2026-11-30").value
    first = desk.do(evidence_told.received, case, person, type_="diary", count=4).value
    desk.do(evidence_told.received, case, person, type_="cctv", fetches=shop)
    desk.do(evidence_told.reviewed, case, decision="used")
    assert len(the(desk, m.Progress).items or ()) == 2 and the(desk, m.Evidence).decision == "used"
    desk.do(evidence_told.custody, case, first, "copied", to="the police")
    assert the(desk, m.Custody).by == desk.member
    desk.do(evidence_told.diary, case, first, person, DiaryLine("Tue 17 Nov, 23:10", "He shouted “get out”"))
    assert the(desk, m.DiaryEntry).seen == "He shouted “get out”"
    with pytest.raises(UserError, match="word for word"):
        desk.do(evidence_told.diary, case, first, person, DiaryLine("Tue", ""))


# ---- the plan
def test_the_history_of_a_steps_day_is_kept(desk: Desk, case: str) -> None:
    told = PlanTold([StepTold("Mend the door", by="2026-11-27")])
    desk.do(record_version, case, resident(desk, case), told)
    step = the(desk, m.Action).id
    desk.do(plans.move_action, step, "2026-12-04", told=True)
    desk.do(plans.move_action, step, "2026-12-11", told=False, why="no joiner")
    moved = the(desk, m.Progress)
    assert (moved.was, moved.day, moved.told, moved.reason) == ("2026-12-04", "2026-12-11", False, "no joiner")
    desk.do(plans.action_done, step)
    assert the(desk, m.Progress).what == "action_done" and the(desk, m.Action).done_on == desk.today
    desk.do(reviews.review_plan, case, "still right", again="2026-12-21")
    assert the(desk, m.PlanReview).plan == the(desk, m.PlanVersion).id
    assert the(desk, m.PlanVersion).review_on is None, "a version is frozen"


# ---- the other person
def test_a_finding_other_than_shown_says_why(desk: Desk, case: str, other: str, report: str) -> None:
    with pytest.raises(UserError, match="why it was found"):
        desk.do(enforcement.find, case, report, other, "not_enough", "")
    desk.do(enforcement.find, case, report, other, "not_enough", "one word against another")
    desk.do(enforcement.hear, case, other, "I was at work", health="asthma", hears_by="2026-12-01")
    desk.do(enforcement.offer_support, the(desk, m.OtherAccount).id, "a support worker: yes")
    form = desk.do(enforcement.weigh, case, other, "injunction", {"aim": "stop it"}, "proportionate").value
    desk.do(enforcement.decide, case, "injunction", used=True, reason="threats", person=other, proportion=form)
    assert (the(desk, m.Finding).finding, the(desk, m.Enforcement).proportion) == ("not_enough", form)


def test_nothing_reaches_the_other_person_in_a_welfare_case_from_the_minute_it_is_told(desk: Desk, case: str) -> None:
    first = desk.do(people.add_to_case, case, NewPerson(name="Mr Other"), "alleged_perpetrator").value
    desk.do(reports.move_to_welfare, case)
    later = desk.do(people.add_to_case, case, NewPerson(name="Mr Later"), "alleged_perpetrator").value
    person = resident(desk, case)
    told = Telling(words="He hits me", behaviours=("domestic_abuse",), about=(first,))
    opened = desk.do(reports.open_case, NewPerson(id=person), told).value
    desk.do(reports.record_report, opened, person, Telling(words="Again", about=(first, later)))
    rules = desk.read(lambda s: sorted((r.file, r.about, r.not_to) for r in s.scalars(sa.select(m.DisclosureRule))))
    assert rules == sorted((f"case/{c}", person, it) for c in (case, opened) for it in (first, later))


def test_tools_follow_the_kind_of_case_the_tenure_and_the_age() -> None:
    assert {"mediation", "possession", "warning_letter"} <= set(enforcement.tools())
    assert not {"mediation", "warning_letter"} & set(enforcement.tools("domestic_abuse"))
    assert "mediation" not in enforcement.tools("hate") and "mediation" in enforcement.tools("hate", victim_asks=True)
    assert "possession" not in enforcement.tools(tenure="freeholder")
    assert "forfeiture_notice" in enforcement.tools(tenure="leaseholder")
    assert "injunction" not in enforcement.tools(age=9) and "injunction" in enforcement.tools(age=10)


def test_tools_not_in_force_are_not_offered() -> None:
    assert "respect_order" not in enforcement.tools() and next(iter(enforcement.tools())) == "none_yet"


# ---- complaints, conduct, moves, orders
def test_a_complaints_clock_runs_from_the_day_it_was_said(desk: Desk, case: str) -> None:
    made = desk.do(complaints.accept, case, "handling", received="2026-11-16", points=["no call back"]).value
    desk.do(complaints.acknowledge, case, made)
    desk.do(complaints.extend, case, made, "2026-12-20", reason="staff away")
    desk.do(complaints.answer, case, made, 1, upheld="yes", cause="no cover")
    desk.do(complaints.escalate, case, made)
    kept = the(desk, m.Complaint)
    assert (kept.received, kept.cause, the(desk, m.Progress).what) == ("2026-11-16", "no cover", "complaint_escalated")
    paid = desk.do(
        complaints.offer_redress, case, "money", pence=25_000, aggravating=["children"], complaint=made
    ).value
    desk.do(complaints.follow_redress, paid, accepted=True, paid="2026-11-30")
    assert (the(desk, m.Redress).pence, the(desk, m.Redress).accepted) == (25_000, True)


def test_a_staff_bar_ends_only_with_the_residents_words(desk: Desk, case: str) -> None:
    bar = desk.do(conduct.bar, case, "Mr Operative", resident(desk, case), contractor="Mend Ltd").value
    with pytest.raises(UserError, match="resident says they are content"):
        desk.do(conduct.end_bar, bar, "")
    desk.do(conduct.end_bar, bar, "I am content now")
    assert the(desk, m.StaffBar).ended == desk.today


def test_the_oldest_open_one_is_answered(desk: Desk, case: str) -> None:
    first = desk.do(moves.ask_move, case).value
    second = desk.do(moves.ask_move, case, sort="temporary").value
    answered = []
    for _ in range(3):
        desk.do(moves.answer_move, case, True)
        answered.append(the(desk, m.Progress).about)
    assert answered == [first, second, None]
    desk.do(moves.move_step, case, told=True)
    assert the(desk, m.Progress).about == second
    hearing = desk.do(orders.court_order, case, "Hearing", "2026-12-20").value
    desk.do(orders.court_order_met, case)
    assert the(desk, m.Progress).about == hearing


# ---- handover, closing, incident
def test_handing_over_and_nobody_named(desk: Desk, case: str) -> None:
    desk.do(handover.hand_over, case, "", from_="Dami Okafor")
    assert the(desk, m.Case).officer == "" and the(desk, m.Handover).to is None
    desk.do(handover.hand_over, case, desk.landlord.officer.upper())
    assert the(desk, m.Case).officer == desk.member == the(desk, m.Handover).member


def test_closing_high_risk_needs_a_manager_and_reopening_clears_the_day(desk: Desk, case: str) -> None:
    desk.do(risk.record_outcome, case, resident(desk, case), "high")
    desk.do(now.answer, case, danger="No", told="Ann Lead", tonight="Boarded up")
    form = ClosingForm({"spoken": "yes"}, second="Rosalind Hughes")
    with pytest.raises(UserError, match="manager agrees"):
        desk.do(closing.close, case, "resolved_early", form=form)
    agreed = ClosingForm({"spoken": "yes"}, second="Rosalind Hughes", manager="Ann Lead", object_by="2026-11-30")
    desk.do(closing.close, case, "resolved_early", told=True, form=agreed)
    assert (the(desk, m.Case).status, the(desk, m.Closing).answers) == ("closed", [["spoken", "yes"]])
    desk.do(reports.record_report, case, resident(desk, case), Telling(words="Again", behaviours=("noise",)))
    desk.do(closing.reopen, case, reason="it began again")
    assert (the(desk, m.Case).status, the(desk, m.Case).closed) == ("open", None)


def test_a_data_incident_keeps_its_five_times(desk: Desk, case: str, other: str) -> None:
    made = desk.do(data_incident.disclosed, case, other, resident(desk, case), what="who spoke").value
    for step in data_incident.TIMES:
        desk.do(data_incident.note_time, made, step, words_="said")
    assert the(desk, m.Progress).about == made, "telling the lead is what the 72 hours wait for"
    kept = the(desk, m.Disclosure)
    assert all(getattr(kept, step) for step in data_incident.TIMES) and kept.decision == kept.safe_how == "said"
    again = desk.do(data_incident.disclosed, case, other, resident(desk, case)).value
    desk.do(data_incident.report_incident, case)
    assert the(desk, m.Progress).about == again


# ---- triage, places, lists
def test_a_first_look_moves_the_case_or_passes_it_on(desk: Desk, case: str, report: str) -> None:
    desk.do(triage.look, case, report, "repairs_noise", reason="it comes through the floor")
    assert the(desk, m.Case).stream == "repairs_noise"
    with pytest.raises(UserError, match="who takes it"):
        desk.do(triage.look, case, report, "not_ours")
    desk.do(triage.look, case, report, "not_ours", passed_to="The council", check_by="2026-11-30")
    assert the(desk, m.Triage).passed_to == "The council"
    desk.do(triage.look, case, report, "domestic_abuse")
    assert the(desk, m.Case).title == "Welfare"
    with pytest.raises(UserError, match="welfare case stays one"):
        desk.do(triage.look, case, report, "asb")


def test_a_place_case_and_who_speaks_for_whom(desk: Desk, case: str) -> None:
    desk.do(links.place_case, case, "Stair 3, Harrow Court")
    second = desk.do(people.add_to_case, case, NewPerson(name="Ms C"), "affected").value
    desk.do(links.agree_updates, case, second, resident(desk, case))
    assert the(desk, m.Case).place and the(desk, m.Involvement).updates == resident(desk, case)


def test_the_landlords_own_lists_and_timescales(desk: Desk) -> None:
    desk.do(lists.set_word, "tool", "advice", "A word in time")
    desk.do(lists.set_word, "tool", "mediation", "Mediation", off=True)
    desk.do(lists.set_word, "tool", "noise_kit", "Noise kit")
    shown = desk.read(lists.list_of, "tool")
    assert shown["advice"] == "A word in time" and "mediation" not in shown and shown["noise_kit"] == "Noise kit"
    desk.do(lists.adopt_policy, "2027", "2027-01-01", {"promise.wd": 3}, reason="the board")
    assert (the(desk, m.PolicyProfile).numbers, the(desk, m.PolicyProfile).begins) == ({"promise.wd": 3}, "2027-01-01")


def test_a_body_on_the_landlords_list(desk: Desk) -> None:
    made = desk.do(agencies.add_agency, "Victim Support", "victim_support", number="0808 168 9111").value
    desk.do(agencies.change_agency, made, ended="2026-12-01")
    assert the(desk, m.Agency).ended == "2026-12-01" and (the(desk, m.Agency).file or "").startswith("landlord/")


def test_closing_days_are_adopted_with_the_timescales(desk: Desk) -> None:
    days = {"closed": ["2026-12-24"]}
    desk.do(lists.adopt_policy, "2027", "2026-12-01", {}, working_days=days)
    assert (the(desk, m.PolicyProfile).working_days or {})["closed"] == ["2026-12-24"]
    assert desk.read(lists.working_days).on_or_after("2026-12-24") == "2026-12-29"
    with pytest.raises(UserError, match="YYYY-MM-DD"):
        desk.do(lists.adopt_policy, "2028", "2026-12-01", {}, working_days={"closed": ["Christmas Eve"]})


def test_a_second_person_is_asked_by_the_action_itself(desk: Desk, case: str) -> None:
    with pytest.raises(UserError, match="second person"):
        desk.do(waivers.waive, case, "safeguarding", "Nobody is at risk.")
    desk.do(waivers.waive, case, "safeguarding", "Nobody is at risk.", second="Rosalind Hughes")
    assert the(desk, m.Waiver).second == "Rosalind Hughes"
    desk.do(waivers.taken_over, case, "hate_record", "Recorded elsewhere.")
    assert the(desk, m.Waiver).second is None, "what was done elsewhere is written as it was"
