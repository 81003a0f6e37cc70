"""A letter from the case to the envelope: filled in, checked, sealed, kept as sent; refused with who, what and why."""

from __future__ import annotations

import subprocess
from dataclasses import replace

import pytest

from asbdesk.casework import conduct, contacts, lists, now, other_person, people
from asbdesk.casework.chronology import chronology
from asbdesk.casework.closing import ClosingForm, close
from asbdesk.casework.complaints import accept
from asbdesk.casework.desk import Desk
from asbdesk.casework.identity import officer_identity
from asbdesk.casework.internal import internal
from asbdesk.casework.letter_checks import TONE_WORDS
from asbdesk.casework.letter_gone import elsewhere, gone
from asbdesk.casework.letters import LetterDraft, LetterSent, look, offered, preview, sealed_pdf, send
from asbdesk.casework.other_person import FourAnswers
from asbdesk.casework.parts.reading import standing
from asbdesk.casework.people import NewPerson, add_to_case
from asbdesk.casework.release import Override, Refused
from asbdesk.documents.verify import verify
from asbdesk.errors import UserError
from asbdesk.model import Acknowledgement, Case, Letter, Progress
from asbdesk.store.work import Work, action
from tests import builders as b

ACK = {"speak_by": "2026-11-27", "how": "ring", "times": "after 6"}
OTHER = {"matter": "loud music at night in your block", "answer_by": "2026-12-01"}
FOUR = FourAnswers("yes", "no", "that it was me", "a call that day")


def reporter(desk: Desk, case: str) -> str:
    found = desk.read(people.reporter_of, case)
    assert found is not None
    return str(found.id)


@pytest.fixture
def neighbour(desk: Desk, case: str) -> str:
    who = NewPerson(name="Mr Invented Neighbour", address="14 Harrow Court", postcode="ZZ1 1AA")
    return str(desk.do(add_to_case, case, who, "alleged_perpetrator").value)


def ack(desk: Desk, case: str, **more: str) -> LetterDraft:
    return LetterDraft(case, "acknowledgement", reporter(desk, case), {**ACK, **more})


def letters_of(desk: Desk, case: str) -> list[Letter]:
    return desk.read(lambda session: standing(session, Letter, case))


@action("case.changed_by_a_test")
def stream(work: Work, case: str, to: str) -> None:
    work.get(Case, case).stream = to


@action("case.changed_by_a_test")
def somebody_may_be_hurt(work: Work, case: str) -> None:
    internal(work, case, "safeguarding", "Decide whether somebody is in danger", "2026-11-24", "Dami Okafor")


def test_facts_come_from_the_case_and_the_sealed_letter_is_kept(desk: Desk, case: str) -> None:
    seen = look(desk, ack(desk, case))
    assert seen.missing == () and seen.obstacles == () and seen.marks == ()
    assert seen.paper.address == ("Ms Rahima Begum", "12 Harrow Court", "ZZ1 1AA")
    sent = send(desk, ack(desk, case))
    (letter,) = letters_of(desk, case)
    assert letter.title == "We have your report" and letter.to == "Ms Rahima Begum" and letter.how is None
    assert "Dami Okafor will speak to you by Friday 27 November." in (letter.text or "")
    assert "ring Rosalind Hughes on 01632 960101" in (letter.text or "")
    assert sealed_pdf(desk, letter.id) == sent.pdf
    assert verify(sent.pdf, officer_identity(desk)[1]).whole
    line = desk.read(chronology, case)[0]
    assert (line.title, line.text, line.tab) == ("Letter to Ms Rahima Begum", "We have your report", "letters")


def test_what_is_missing_is_named_and_nothing_is_sent(desk: Desk, case: str) -> None:
    draft = LetterDraft(case, "update", reporter(desk, case))
    with pytest.raises(UserError, match="What do we do next"):
        send(desk, draft)
    assert letters_of(desk, case) == []
    assert preview(desk, draft).startswith(b"%PDF")


def test_the_day_it_went_settles_what_it_is_for(desk: Desk, case: str) -> None:
    sent = send(desk, ack(desk, case))
    desk.do(gone, sent.id, "posted", on="2026-11-24", meets="acknowledged")
    (letter,) = letters_of(desk, case)
    assert (letter.how, letter.went_on) == ("posted", "2026-11-24")
    (told,) = desk.read(lambda s: standing(s, Acknowledgement, case))
    assert told.to == reporter(desk, case) and told.method == "letter"
    with pytest.raises(UserError, match="how it reached them"):
        desk.do(gone, sent.id, "by_pigeon")


# ---- which fit
def test_only_letters_that_fit_are_offered(desk: Desk, case: str, neighbour: str) -> None:
    mine = {w.id for w in offered(desk, case, reporter(desk, case))}
    assert {"acknowledgement", "update", "appointment", "apology", "closing"} <= mine
    assert not mine & {
        "other_person",
        "warning",
        "complaint_stage_one",
        "evidence_outcome",
        "hate_support",
        "follow_up",
    }
    assert {w.id for w in offered(desk, case, neighbour)} == {
        "other_person",
        "warning",
        "appointment",
        "mediation_offer",
    }
    desk.do(accept, case, "handling", by=reporter(desk, case), points=["You did not ring"], handler="R Hughes")
    assert "complaint_stage_one" in {w.id for w in offered(desk, case, reporter(desk, case))}
    desk.do(stream, case, "domestic_abuse")
    assert {w.id for w in offered(desk, case, neighbour)} == {"appointment"}


# ---- what stands in the way
def refused(desk: Desk, draft: LetterDraft) -> str:
    with pytest.raises(Refused) as caught:
        send(desk, draft)
    assert letters_of(desk, draft.case) == []
    return str(caught.value)


def test_a_welfare_case_without_a_safe_way_sends_nothing_whatever_the_reason(desk: Desk, case: str) -> None:
    desk.do(stream, case, "domestic_abuse")
    draft = replace(ack(desk, case), override=Override("I am sure", "A Manager"))
    said = refused(desk, draft)
    assert "Ms Rahima Begum" in said and "until a safe way is recorded" in said
    desk.do(contacts.record_safe_way, case, reporter(desk, case), "By hand, at the library")
    send(desk, replace(draft, address=()))


def test_a_letter_to_the_other_person_waits_for_the_four_answers(desk: Desk, case: str, neighbour: str) -> None:
    draft = LetterDraft(case, "other_person", neighbour, OTHER)
    assert "four questions" in refused(desk, draft)
    desk.do(other_person.decide, case, "agreed", FOUR, about=neighbour)
    seen = look(desk, draft)
    assert seen.obstacles == ()
    assert [mark.words for mark in seen.marks] == ["that it was me"]
    text = send(desk, draft).pdf
    read = subprocess.run(["pdftotext", "-", "-"], input=text, capture_output=True, check=True).stdout.decode()
    assert "ASB" not in read and "Begum" not in read and "Mr Invented Neighbour" in read


def test_a_decision_not_to_speak_holds_a_letter_and_going_against_it_takes_a_manager(
    desk: Desk, case: str, neighbour: str
) -> None:
    desk.do(other_person.decide, case, "not_safe", replace(FOUR, may_speak="no"), about=neighbour)
    draft = LetterDraft(case, "other_person", neighbour, OTHER)
    assert "decided" in refused(desk, draft)
    refused(desk, replace(draft, override=Override("They changed their mind")))
    send(desk, replace(draft, override=Override("They changed their mind", "Rosalind Hughes")))
    (letter,) = letters_of(desk, case)
    assert letter.override_by == "Rosalind Hughes" and letter.overridden
    line = desk.read(chronology, case)[0]
    assert "because They changed their mind (Rosalind Hughes agreed)" in line.text and line.tone == "danger"


def test_somebody_getting_hurt_holds_letters_to_that_home_until_it_is_decided(
    desk: Desk, case: str, neighbour: str
) -> None:
    desk.do(other_person.decide, case, "agreed", FOUR, about=neighbour)
    desk.do(somebody_may_be_hurt, case)
    draft = LetterDraft(case, "other_person", neighbour, OTHER, override=Override("I know better", "A Manager"))
    assert "could be getting hurt" in refused(desk, draft)
    send(desk, ack(desk, case))  # whoever reported it is thanked


def test_staff_who_must_not_contact_them_neither_write_nor_stand_in_it(desk: Desk, case: str) -> None:
    bar = desk.do(conduct.bar, case, "Dami Okafor", reporter(desk, case)).value
    said = refused(desk, ack(desk, case))
    assert "Dami Okafor must not be in touch" in said and "Ms Rahima Begum" in said
    desk.do(conduct.end_bar, bar, "I am content now")
    send(desk, ack(desk, case))


def test_a_name_or_a_home_of_somebody_else_stops_it(desk: Desk, case: str, neighbour: str) -> None:
    draft = LetterDraft(
        case, "update", reporter(desk, case),
        {"next_steps": "Write to Mr Neighbour at 14 Harrow Court", "speak_by": "2026-11-27", "how": "ring"},
    )  # fmt: skip
    said = refused(desk, draft)
    assert "names somebody else" in said and "where somebody else lives" in said
    send(desk, replace(draft, override=Override("She asked for it in writing")))
    assert letters_of(desk, case)[0].override == "She asked for it in writing"


def test_a_rule_that_would_be_broken_says_who_what_and_why(desk: Desk, case: str, neighbour: str) -> None:
    desk.do(other_person.decide, case, "agreed", FOUR, about=neighbour)
    desk.do(contacts.do_not_disclose, case, reporter(desk, case), neighbour, what="the recordings", why="Afraid")
    draft = LetterDraft(case, "other_person", neighbour, {**OTHER, "matter": "noise heard on the recordings"})
    said = refused(desk, draft)
    assert "Mr Invented Neighbour" in said and "the recordings" in said and "A rule says" in said
    hers = {**OTHER, "matter": "what Ms Begum told us about 12 Harrow Court"}
    assert "names somebody else" in refused(desk, replace(draft, answers=hers))


def test_a_letter_is_not_posted_where_somebody_who_must_not_know_would_open_it(desk: Desk, case: str) -> None:
    who = NewPerson(name="Mr Karim Begum", address="12 Harrow Court", postcode="ZZ1 1AA")
    husband = desk.do(add_to_case, case, who, "household").value
    desk.do(contacts.do_not_disclose, case, reporter(desk, case), husband, what="that she spoke to us")
    assert "lives there too" in refused(desk, ack(desk, case))
    send(desk, replace(ack(desk, case), address=()))


def test_somebody_barred_writes_no_letter_however_the_bar_spells_their_name(desk: Desk, case: str) -> None:
    desk.do(conduct.bar, case, "Mr Okafor (housing)", reporter(desk, case))
    assert "must not be in touch with them" in refused(desk, ack(desk, case))


def test_letters_that_are_not_safe_are_not_posted(desk: Desk, case: str) -> None:
    agreed = contacts.Agreement(do_not=("letter",))
    desk.do(contacts.agree_contact, case, reporter(desk, case), agreed)
    assert "a letter is not safe for them" in refused(desk, ack(desk, case))
    send(desk, replace(ack(desk, case), address=()))


def test_what_is_never_on_a_residents_paper_is_refused(desk: Desk, case: str) -> None:
    answers = {"next_steps": "Look at the risk level again", "speak_by": "2026-11-27", "how": "ring"}
    said = refused(desk, LetterDraft(case, "update", reporter(desk, case), answers))
    assert "“risk level”" in said


def test_blaming_words_are_marked_and_the_landlords_own(desk: Desk, case: str) -> None:
    desk.do(lists.set_word, TONE_WORDS, "customer", "valued customer")
    answers = {"next_steps": "Clear up the misunderstanding with our valued customer", "speak_by": "2026-11-27"}
    seen = look(desk, LetterDraft(case, "update", reporter(desk, case), answers))
    assert {mark.words for mark in seen.marks} == {"misunderstanding", "valued customer"}


def test_nobody_outside_the_case_is_written_to(desk: Desk, case: str) -> None:
    _, person, _ = desk.do(b.open_whole_case).value
    assert "no part in this case" in refused(desk, LetterDraft(case, "acknowledgement", person, ACK))


# ---- closing
CLOSED = {
    "why": "stopped", "talked_on": "2026-11-20", "done": "We fitted a lock", "second": "Rosalind Hughes",
    "second_number": "01632 960101", "object_by": "2026-12-01", "decide_by": "2026-12-15",
}  # fmt: skip


def close_with_letter(desk: Desk, case: str, manager: str = "") -> LetterSent:
    draft = LetterDraft(case, "closing", reporter(desk, case), CLOSED)
    closing = ClosingForm({"spoken": "yes"}, second="Rosalind Hughes", object_by="2026-12-01", manager=manager)
    return send(desk, draft, first=lambda: desk.do(close, case, "resolved_early", form=closing))


def test_a_case_closes_with_its_letter_or_not_at_all(desk: Desk, case: str) -> None:
    desk.do(stream, case, "hate")
    desk.do(now.answer, case, danger="No", told="Ann Lead", tonight="Boarded up")
    with pytest.raises(UserError, match="A manager agrees"):
        close_with_letter(desk, case)
    assert desk.read(lambda s: s.get(Case, case).status) == "open" and letters_of(desk, case) == []
    sent = close_with_letter(desk, case, manager="Rosalind Hughes")
    assert desk.read(lambda s: s.get(Case, case).status) == "closed"
    desk.do(gone, sent.id, "posted", meets="closing_told")
    assert [p.what for p in desk.read(lambda s: standing(s, Progress, case))] == ["closure_told"]


# ---- complaints
def test_the_letters_of_a_complaint_move_it_on(desk: Desk, case: str) -> None:
    who = reporter(desk, case)
    desk.do(accept, case, "handling", by=who, points=["You did not ring"], wanted="A call", handler="R Hughes")
    draft = LetterDraft(case, "complaint_acknowledgement", who, {"answer_by": "2026-12-07"})
    assert look(desk, draft).missing == ()
    desk.do(gone, send(desk, draft).id, "posted", meets="complaint_acknowledged")
    answer = {"decision": "yes", "reasons": "We rang once.", "went_wrong": "We were late.", "remedy": "A call today"}
    draft = LetterDraft(case, "complaint_stage_one", who, {**answer, "object_by": "2027-01-04"})
    desk.do(gone, send(desk, draft).id, "handed", meets="complaint_answered_1")
    steps = desk.read(lambda s: standing(s, Progress, case))
    assert [(p.what, p.stage, p.result) for p in steps] == [
        ("complaint_acknowledged", 1, None), ("complaint_answered", 1, "yes"),
    ]  # fmt: skip


def test_a_letter_written_elsewhere_is_written_down(desk: Desk, case: str) -> None:
    desk.do(elsewhere, case, reporter(desk, case), "A tenancy letter", "About the door", how="posted", on="2026-11-20")
    (letter,) = letters_of(desk, case)
    assert letter.went_on == "2026-11-20" and letter.sealed is None
    with pytest.raises(UserError, match="written elsewhere"):
        sealed_pdf(desk, letter.id)
