"""Sharing: a locked pack of what was chosen, its record, and every way out refusing what must not be told."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from sqlalchemy.orm import Session

from asbdesk.casework import agencies, appointments, conduct, contacts, handover, permissions, release, sharing, way_out
from asbdesk.casework.chronology import chronology
from asbdesk.casework.desk import Desk
from asbdesk.casework.evidence import take_in
from asbdesk.casework.parts import Taking, part
from asbdesk.casework.people import NewPerson, add_to_case, involved, reporter_of
from asbdesk.casework.visit import VisitPath
from asbdesk.documents.never_on_it import Around, findings
from asbdesk.documents.never_on_letter import refused
from asbdesk.errors import UserError
from asbdesk.exchange.export import export_case
from asbdesk.model import Case, Member, Person
from asbdesk.store.work import Work, action
from tests.documents.builders import plan

DAY = "2027-01-31"
PASSWORD = "copper lantern ship meadow"
TERMS = sharing.Terms(
    to="Exampleton Police",
    person="PC Invented",
    purpose="To look into the assault of 3 November.",
    permission="yes",
    basis="A crime to prevent.",
    until="2027-01-31",
)


@action("case.moved_to_welfare")
def to_welfare(work: Work, case: str) -> None:
    work.get(Case, case).stream = "domestic_abuse"


def ruled(desk: Desk, case: str) -> tuple[str, str]:
    """Mr Jones, about whom it is, must not be told of Ms Begum."""
    reporter = desk.read(reporter_of, case)
    assert reporter is not None
    jones = desk.do(add_to_case, case, NewPerson(name="Mr Alun Jones"), "alleged_perpetrator").value
    other = next(i.person for i in desk.read(involved, case) if i.role == "alleged_perpetrator") or str(jones)
    desk.do(contacts.do_not_disclose, case, reporter.id, other, why="He hit her")
    return reporter.id, other


def everything(desk: Desk, case: str) -> sharing.Chosen:
    told = desk.read(sharing.offered, case, desk.today)
    files = desk.read(sharing.files_of, case)
    return sharing.Chosen(tuple(each.id for each in told), tuple(each.id for each in files))


def give(desk: Desk, case: str) -> str:
    reporter = desk.read(reporter_of, case)
    assert reporter is not None
    return take_in(desk, case, b"%PDF-none really" * 40, name="stairs.jpg", from_=reporter.id)


def test_share_pack_is_one_locked_pdf_with_the_files_in_it_and_a_record(desk: Desk, case: str, tmp_path: Path) -> None:
    thing, place = give(desk, case), tmp_path / "for the police.pdf"
    chosen = everything(desk, case)
    made = sharing.make_pack(desk, case, TERMS, chosen, PASSWORD)
    done = sharing.hand_out(desk, case, TERMS, chosen, made, place)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(place)
    with pikepdf.open(place, password=PASSWORD) as pdf:
        assert pdf.encryption.R == 6 and pdf.encryption.bits == 256 and pdf.allow.accessibility
        assert pdf.attachments["stairs.jpg"].get_file().read_bytes() == b"%PDF-none really" * 40
        assert bool(pdf.Root.MarkInfo.Marked) and b"pdfaid:part" not in pdf.Root.Metadata.read_bytes()
    assert b"hit me" not in place.read_bytes() and b"Begum" not in place.read_bytes()
    (card,) = desk.read(part("sharing").cards, case, desk.today)
    assert card.title == "A share pack: PC Invented, Exampleton Police" and "File: stairs.jpg" in card.lines
    assert card.acts == ("share_told", "share_ended") and "Until" in card.pills[1].text
    line = next(each for each in desk.read(chronology, case) if each.title.startswith("Shared"))
    assert line.title == "Shared with Exampleton Police" and line.tab == "sharing"
    kept = desk.read(part("evidence").cards, case, desk.today)
    assert any("Handed over to Exampleton Police" in " ".join(c.lines) for c in kept if c.about == thing)
    desk.undo(str(done.act))
    assert desk.read(part("sharing").cards, case, desk.today) == ()


def test_a_pack_holds_only_what_was_chosen(desk: Desk, case: str, tmp_path: Path) -> None:
    give(desk, case)
    report = next(t for t in desk.read(sharing.offered, case, desk.today) if t.title == "Report")
    made = sharing.make_pack(desk, case, TERMS, sharing.Chosen((report.id,)), PASSWORD)
    with pikepdf.open(io.BytesIO(made.data), password=PASSWORD) as pdf:
        assert not pdf.attachments
    assert [each.id for each in made.pack.told] == [report.id] and not made.pack.files


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"to": " "}, "to whom"),
        ({"purpose": ""}, "what it is for"),
        ({"until": ""}, "until when"),
        ({"permission": "no", "basis": ""}, "who decided"),
    ],
)
def test_what_is_missing_is_asked_for(desk: Desk, case: str, change: dict[str, Any], words: str) -> None:
    terms = sharing.Terms(**{**vars(TERMS), **change})
    with pytest.raises(UserError, match=words):
        sharing.make_pack(desk, case, terms, everything(desk, case), PASSWORD)
    with pytest.raises(UserError, match="at least one"):
        sharing.make_pack(desk, case, TERMS, sharing.Chosen(), PASSWORD)


def test_a_place_that_cannot_be_written_shares_nothing(desk: Desk, case: str, tmp_path: Path) -> None:
    chosen = everything(desk, case)
    made = sharing.make_pack(desk, case, TERMS, chosen, PASSWORD)
    with pytest.raises(UserError, match="could not save the pack"):
        sharing.hand_out(desk, case, TERMS, chosen, made, tmp_path / "gone" / "pack.pdf")
    assert desk.read(part("sharing").cards, case, desk.today) == ()


# ---- every way out refuses
def test_a_pack_for_somebody_who_must_not_be_told_is_refused_and_goes_with_a_reason(
    desk: Desk, case: str, tmp_path: Path
) -> None:
    ruled(desk, case)
    terms = sharing.Terms(**{**vars(TERMS), "to": "His solicitor", "person": "Mr Alun Jones"})
    chosen = everything(desk, case)
    with pytest.raises(release.Refused, match="Mr Alun Jones must not be told anything about Ms Rahima Begum"):
        sharing.make_pack(desk, case, terms, chosen, PASSWORD)
    agreed = sharing.Chosen(chosen.told, chosen.evidence, release.Override("The court asked for it"))
    made = sharing.make_pack(desk, case, terms, agreed, PASSWORD)
    sharing.hand_out(desk, case, terms, agreed, made, tmp_path / "pack.pdf")
    (card,) = desk.read(part("sharing").cards, case, desk.today)
    assert "because The court asked for it" in " ".join(card.lines) and card.tone == "danger"
    line = next(each for each in desk.read(chronology, case) if each.title.startswith("Shared"))
    assert "must not be told anything about Ms Rahima Begum" in line.text


def words_for(desk: Desk, case: str, to: str, text: str, reader: str = "") -> str:
    """What stands in the way of these words going there."""
    leaving = way_out.Leaving(case, desk.member, "The letter", to, reader=reader, texts=(text,))
    return " ".join(release.sentence(found) for found in desk.read(way_out.in_the_way, leaving))


def test_a_rule_holds_for_whoever_lives_with_them_and_however_names_are_written(desk: Desk, case: str) -> None:
    begum, _ = ruled(desk, case)
    home = NewPerson(name="Mr Ágoston O'Shea-Jones", address="14 Mill Road", postcode="ZZ2 2BB")
    desk.do(add_to_case, case, home, "alleged_perpetrator")
    him = next(p for p in desk.read(part_people, case) if "Shea" in p[1])
    desk.do(add_to_case, case, NewPerson(name="Mrs Una Vale", home=him[2]), "household")
    una = next(p for p in desk.read(part_people, case) if "Vale" in p[1])
    desk.do(contacts.do_not_disclose, case, begum, him[0])
    about = "Ms Begum lives at 12 Harrow Ct"
    for to in ("Agoston OShea Jones", "Mr A. O’Shea-Jones", "Una Vale"):
        assert "must not be told anything about Ms Rahima Begum" in words_for(desk, case, to, about), to
    assert words_for(desk, case, "Mrs Una Vale", about, una[0])
    assert not words_for(desk, case, "Una Vale", "Nothing of hers")
    assert not words_for(desk, case, "The council", about)


def test_whom_it_is_about_reads_of_nobody_who_spoke_though_no_rule_names_them(desk: Desk, case: str) -> None:
    desk.do(add_to_case, case, NewPerson(name="Mr Alun Jones"), "alleged_perpetrator")
    theirs = replace(TERMS, to="His union", person="A. Jones", purpose="His defence")
    chosen = everything(desk, case)
    with pytest.raises(release.Refused, match="This case is about Mr Alun Jones"):
        sharing.make_pack(desk, case, theirs, chosen, PASSWORD)
    why = replace(chosen, override=release.Override("The court ordered it"))
    assert sharing.make_pack(desk, case, theirs, why, PASSWORD).stood
    assert not sharing.make_pack(desk, case, TERMS, chosen, PASSWORD).stood


def test_a_rule_names_an_agency_and_one_thing(desk: Desk, case: str) -> None:
    reporter = desk.read(reporter_of, case)
    assert reporter is not None
    desk.do(contacts.do_not_disclose, case, reporter.id, "", name="Exampleton Council", what="Oak House")
    assert "“Oak House”" in words_for(desk, case, "Exampleton Borough Council", "She went to OAK-HOUSE.")
    assert not words_for(desk, case, "Exampleton Borough Council", "It is loud at night")
    (alert,) = [c for c in desk.read(part("rules").cards, case, desk.today) if c.icon == "lock"]
    assert alert.title == "Do not tell Exampleton Council"


def test_a_referral_and_what_is_said_aloud_stop_for_a_rule_and_are_kept_with_the_reason(desk: Desk, case: str) -> None:
    reporter = desk.read(reporter_of, case)
    assert reporter is not None
    desk.do(contacts.do_not_disclose, case, reporter.id, "", name="Exampleton Council")
    body = {"agency": "other", "agency_name": "Exampleton Council ASB team", "permission": "yes"}
    asks = {**body, "purpose": "Look at the noise", "person": reporter.id}
    told = {**body, "purpose": "The noise", "what": "Ms Begum rang", "receiver": "Mo", "basis": "Duty", "until": DAY}
    for of, add, answers in (("agencies", "agency_refer", asks), ("sharing", "share_spoken", told)):
        taking = Taking(desk, case, "", answers)
        with pytest.raises(release.Refused, match="Exampleton Council must not be told anything"):
            part(of).add(add).carry_out(taking)
        part(of).add(add).carry_out(replace(taking, why="The court asked"))
        kept = " ".join(f"{c.text} {c.lines}" for c in desk.read(part(of).cards, case, desk.today))
        assert "something stood in its way" in kept and "The court asked" in kept
    desk.do(permissions.answer_permission, case, reporter.id, "the police", "no")
    asked = desk.do(agencies.asked, case, "Exampleton Police").value
    answer = Taking(desk, case, str(asked), {"note": "She lives there"})
    with pytest.raises(release.Refused, match="said no to us speaking to the police"):
        part("agencies").add("agency_answer").carry_out(answer)


def test_one_thing_stands_on_no_plan_and_in_no_letter(desk: Desk, case: str) -> None:
    begum, jones = ruled(desk, case)
    desk.do(contacts.do_not_disclose, case, begum, jones, what="Dún Laoghaire")
    reader = desk.read(lambda session: session.get_one(Person, jones))
    assert desk.read(release.untold, case, reader) == ("Dún Laoghaire",)
    around = Around(untold=("Dún Laoghaire",))
    assert [f.words for f in refused([("What we do", "We wrote to dun  laoghaire")], around)] == ["dun  laoghaire"]
    assert any(f.words == "DUN LAOGHAIRE" for f in findings(plan(told_us=("I was in DUN LAOGHAIRE",)), around))


def part_people(session: Session, case: str) -> list[tuple[str, str, str]]:
    """(id, name, home) of who is in the case."""
    found = [session.get_one(Person, i.person) for i in involved(session, case)]
    return [(p.id, p.name or "", p.home or "") for p in found]


def test_a_pack_for_others_is_not_held_up_by_a_rule_about_somebody_else(desk: Desk, case: str) -> None:
    ruled(desk, case)
    assert sharing.make_pack(desk, case, TERMS, everything(desk, case), PASSWORD).stood == ()


def test_a_picture_is_no_words_that_can_be_looked_through(desk: Desk, case: str) -> None:
    give(desk, case)
    ruled(desk, case)
    terms = sharing.Terms(**{**vars(TERMS), "to": "His solicitor", "person": "Mr Alun Jones"})
    chosen = sharing.Chosen((), everything(desk, case).evidence)
    with pytest.raises(release.Refused, match="must not be told anything about Ms Rahima Begum"):
        sharing.make_pack(desk, case, terms, chosen, PASSWORD)


def test_a_pack_that_cannot_be_written_down_is_not_left_lying(desk: Desk, case: str, tmp_path: Path) -> None:
    chosen = everything(desk, case)
    made = sharing.make_pack(desk, case, TERMS, chosen, PASSWORD)
    desk.store.journal.needs = "9999"
    with pytest.raises(UserError, match="newer asbdesk"):
        sharing.hand_out(desk, case, TERMS, chosen, made, tmp_path / "pack.pdf")
    assert not (tmp_path / "pack.pdf").exists()


@pytest.mark.parametrize("body", ["Exampleton Police", "the police"])
def test_a_no_to_a_body_is_kept(desk: Desk, case: str, body: str) -> None:
    reporter = desk.read(reporter_of, case)
    assert reporter is not None
    desk.do(permissions.answer_permission, case, reporter.id, body, "no")
    terms = sharing.Terms(**{**vars(TERMS), "basis": ""})
    with pytest.raises(release.Refused, match=f"said no to us speaking to {body}"):
        sharing.make_pack(desk, case, terms, everything(desk, case), PASSWORD)


def test_an_export_is_refused_where_a_rule_stands_and_is_kept_with_its_reason(
    desk: Desk, case: str, tmp_path: Path
) -> None:
    ruled(desk, case)
    with pytest.raises(release.Refused, match="Nobody can say who will see it"):
        export_case(desk, case, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    export_case(desk, case, tmp_path / "out", "For the new system")
    (card,) = desk.read(part("sharing").cards, case, desk.today)
    assert card.title == "The whole case, exported" and "For the new system" in " ".join(card.lines)


def test_a_copy_or_a_print_is_refused_in_a_welfare_case_without_a_safe_way(desk: Desk, case: str) -> None:
    desk.do(to_welfare, case)
    reporter = desk.read(reporter_of, case)
    assert reporter is not None
    for what in ("A copy of stairs.jpg", "The print of the plan"):
        leaving = way_out.Leaving(case, desk.member, what, reporter.name or "", reader=reporter.id)
        with pytest.raises(release.Refused, match="until a safe way is recorded"):
            desk.read(release.release_out, leaving, None, "copy", "")
    desk.do(contacts.record_safe_way, case, reporter.id, "Ring at work")
    assert desk.read(release.release_out, leaving, 1, "copy", "2026-11-23T09:00:00.000Z").what == 1


def test_a_copy_for_its_own_giver_goes_and_for_nobody_known_is_refused(desk: Desk, case: str) -> None:
    begum, _ = ruled(desk, case)
    own = way_out.Leaving(case, desk.member, "A copy", "Ms Rahima Begum", reader=begum)
    assert desk.read(way_out.in_the_way, own) == ()
    with pytest.raises(release.Refused, match="Mr Alun Jones"):
        desk.read(release.release_out, way_out.Leaving(case, desk.member, "A copy"), 1, "copy", "")


def test_a_member_who_must_not_be_in_touch_is_stopped_at_every_step(desk: Desk, case: str, tmp_path: Path) -> None:
    reporter = desk.read(reporter_of, case)
    assert reporter is not None
    me = desk.read(lambda session: session.get_one(Member, desk.member).name)
    bar = desk.do(conduct.bar, case, me, reporter.id).value
    stopped = f"{me} must not be in touch with Ms Rahima Begum"
    with pytest.raises(UserError, match=stopped):
        desk.do(handover.hand_over, case, me)
    with pytest.raises(UserError, match=stopped):
        desk.do(appointments.book, case, "2026-11-25")
    with pytest.raises(UserError, match=stopped):
        VisitPath.start(desk, case)
    with pytest.raises(release.Refused, match=stopped):
        export_case(desk, case, tmp_path / "out")
    with pytest.raises(release.Refused, match=stopped):
        sharing.make_pack(desk, case, TERMS, everything(desk, case), PASSWORD)
    desk.do(conduct.end_bar, bar, "I am content now")
    desk.do(appointments.book, case, "2026-11-25")


def test_a_stop_on_the_visit_list_says_who_must_not_go(desk: Desk, case: str) -> None:
    reporter = desk.read(reporter_of, case)
    assert reporter is not None
    desk.do(appointments.book, case, "2026-11-25")
    desk.do(conduct.bar, case, desk.read(lambda s: s.get_one(Member, desk.member).name), reporter.id)
    (stop,) = desk.read(appointments.stops, desk.member, "2026-11-25")
    assert "A colleague must go" in stop.held
