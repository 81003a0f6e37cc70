"""Lists, the case page, chronology, Today: what an officer reads."""

from __future__ import annotations

import pytest

from asbdesk.casework import cautions, contacts, evidence, landlord, needs, now, people, reports
from asbdesk.casework.cases import case_page, list_cases
from asbdesk.casework.chronology import chronology
from asbdesk.casework.desk import Desk
from asbdesk.casework.people import NewPerson
from asbdesk.casework.reports import Telling, open_case
from asbdesk.casework.today import today
from asbdesk.clock import SetClock
from asbdesk.duties.category import category
from asbdesk.errors import UserError


def another(desk: Desk, name: str, address: str, **told: object) -> str:
    who = NewPerson(name=name, address=address, postcode="ZZ2 2BB")
    return str(desk.do(open_case, who, Telling(words="It is loud.", behaviours=("noise",), **told)).value)  # type: ignore[arg-type]


def test_references_are_the_desks_and_never_twice(desk: Desk, case: str, desk_clock: SetClock) -> None:
    another(desk, "Mr Farrow", "22 Mill Fold")
    desk_clock.put("2027-01-04T09:00:00.000Z")
    another(desk, "Mrs Lindqvist", "3 Tannery Rise")
    lines = desk.read(list_cases).lines
    assert sorted(line.reference for line in lines) == ["ASB-2026-A0001", "ASB-2026-A0002", "ASB-2027-A0001"]
    assert desk.case("asb-2026-a0001 ") == case
    with pytest.raises(UserError, match="There is no case ASB-9"):
        desk.case("ASB-9")


@pytest.mark.parametrize("search", ["begum", "RAHIMA", "harrow court", "zz11aa", "ZZ1 1AA", "A0001", "begum harrow"])
def test_search_by_name_address_and_reference(desk: Desk, case: str, search: str) -> None:
    another(desk, "Mr Farrow", "22 Mill Fold")
    found = desk.read(list_cases, search=search)
    assert [line.id for line in found.lines] == [case] and found.total == 1


def test_list_goes_page_by_page(desk: Desk) -> None:
    for n in range(5):
        another(desk, f"Mr Farrow {n}", f"{n} Mill Fold")
    first = desk.read(list_cases, limit=3)
    assert len(first.lines) == 3 and first.total == 5 and first.after is not None
    rest = desk.read(list_cases, limit=3, after=first.after)
    assert len(rest.lines) == 2 and rest.after is None
    assert len({line.id for line in (*first.lines, *rest.lines)}) == 5


def test_the_threat_to_hurt_sets_the_flag_and_the_category(desk: Desk) -> None:
    told = Telling(words="He said he would get me.", behaviours=("threats",))
    assert category(told.behaviours, told.flags()) == "medium"
    told = Telling(words="He said he would get me.", behaviours=("threats",), threat_to_hurt=True)
    assert told.flags() == ("threat",) and category(told.behaviours, told.flags()) == "serious"
    assert category(("litter", "vehicles"), ()) == "low"
    assert category((), ()) == "medium"


def test_an_empty_report_is_refused(desk: Desk) -> None:
    with pytest.raises(UserError, match="Write what happened"):
        desk.do(open_case, NewPerson(name="Mr Farrow"), Telling())
    with pytest.raises(UserError, match="Write the person"):
        desk.do(open_case, NewPerson(), Telling(words="Noise"))
    assert desk.read(list_cases).total == 0


def test_danger_stands_first_until_it_is_answered(desk: Desk, case: str) -> None:
    view = desk.read(today, desk.member, desk.today)
    assert [card.case for card in view.now] == [case] and "1 now" in view.counts
    with pytest.raises(UserError, match="all three"):
        desk.do(now.answer, case, danger="No", told="", tonight="")
    desk.do(now.answer, case, danger="No", told="Rosalind, 10:05", tonight="Her sister stays")
    assert desk.read(today, desk.member, desk.today).now == ()


def test_the_page_says_who_shares_the_home_and_what_is_not_confirmed(desk: Desk, case: str) -> None:
    page = desk.read(case_page, case, desk.today)
    person = page.people[0].id
    other = desk.do(
        open_case, NewPerson(id=person), Telling(words="Again, on the stairs.", behaviours=("noise",))
    ).value
    desk.do(needs.record_need, person, "long_illness", said_by="professional")
    desk.do(needs.record_need, person, "alone")
    desk.do(people.change_person, person, language="Bengali", interpreter=True)
    page = desk.read(case_page, case, desk.today)
    assert page.shares_home_with == ("ASB-2026-A0002",) and page.people[0].shared_with == ("ASB-2026-A0002",)
    assert any("not confirmed by them" in need for need in page.people[0].needs)
    assert page.language == "Speaks Bengali – interpreter needed" and "Book an interpreter" in page.before_visit
    assert other != case


def test_a_warning_past_its_review_needs_review_and_stands(desk: Desk, case: str, desk_clock: SetClock) -> None:
    home = f"home/{desk.read(_home, case)}"
    with pytest.raises(UserError, match="within six months"):
        desk.do(cautions.warn, home, "Dog ran at us, 20 November", review_on="2027-11-01")
    desk.do(cautions.warn, home, "Dog ran at us, 20 November", what_to_do=["dogs"])
    assert "Dogs: Dog ran at us, 20 November" in [a.text for a in desk.read(case_page, case, desk.today).alerts]
    desk_clock.pass_time(days=200)
    texts = [a.text for a in desk.read(case_page, case, desk.today).alerts]
    assert "Dogs: Dog ran at us, 20 November (needs review)" in texts


def _home(session: object, case: str) -> str:
    from asbdesk.model import Case

    return session.get_one(Case, case).home or ""  # type: ignore[attr-defined,no-any-return]


def test_chronology_tells_corrections_views_and_late_writing(desk: Desk, case: str, desk_clock: SetClock) -> None:
    person = desk.read(case_page, case, desk.today).people[0].id
    told = {"method": "telephone", "note": "Rang; she is with her sister."}
    desk.do(contacts.record_contact, case, person, happened="2026-11-20T15:00:00.000Z", **told)
    report = desk.read(_report, case)
    desk.do(reports.correct_report, report, Telling(words="He pushed me on the stairs.", behaviours=("violence",)))
    desk.viewed(case)
    assert "Looked at" not in [line.title for line in desk.read(chronology, case)]
    lines = desk.read(chronology, case, today=desk.today, views=True)
    assert [line.title for line in lines] == [
        "Looked at",
        "Put right: what was reported",
        "Case opened. Report: violence",
        "Telephone call with the resident",
    ]
    assert lines[3].day_text == "Fri 20 Nov, 15:00" and lines[3].recorded == "Written down Mon 23 Nov, 09:00"
    assert lines[0].by == "Dami Okafor" and not lines[0].recorded
    older = desk.read(chronology, case, before_n=lines[0].n, limit=2, today=desk.today)
    assert len(older) == 2 and all(line.n < lines[0].n for line in older)


def _report(session: object, case: str) -> str:
    import sqlalchemy as sa

    from asbdesk.model import Report

    return session.scalar(sa.select(Report.id).where(Report.file == f"case/{case}"))  # type: ignore[attr-defined,no-any-return]


def test_undo_takes_an_action_back(desk: Desk, case: str) -> None:
    person = desk.read(case_page, case, desk.today).people[0].id
    done = desk.do(needs.record_need, person, "alone")
    assert done.act
    desk.undo(done.act)
    assert desk.read(case_page, case, desk.today).people[0].needs == ()


def test_evidence_is_taken_whole_and_opened_from_memory(desk: Desk, case: str) -> None:
    person = desk.read(case_page, case, desk.today).people[0].id
    taken = evidence.take_in(desk, case, b"\x89PNG" + bytes(2000), name="door.png", from_=person, note="The door")
    assert evidence.open_evidence(desk, taken) == ("door.png", "image/png", b"\x89PNG" + bytes(2000))
    with pytest.raises(UserError, match="empty"):
        evidence.take_in(desk, case, b"", name="nothing.png", from_=person)
    shown = desk.do(evidence.record_not_taken, case, person, "Film on an old telephone").value
    with pytest.raises(UserError, match="not taken"):
        evidence.open_evidence(desk, shown)
    views = desk.read(case_page, case, desk.today).evidence
    assert {(v.name, v.taken) for v in views} == {("door.png", True), ("Film on an old telephone", False)}


def test_numbers_stay_on_one_card_until_they_are_there(desk: Desk) -> None:
    view = desk.read(today, desk.member, desk.today)
    assert view.empty and [n.key for n in view.numbers_card] == list(landlord.NUMBERS)
    for key in list(landlord.NUMBERS)[:-1]:
        desk.do(landlord.set_number, key, "01632 960200", night="01632 960201")
    assert len(desk.read(today, desk.member, desk.today).numbers_card) == len(landlord.NUMBERS)
    desk.do(landlord.set_number, "data_protection", "", none_here=True)
    assert desk.read(today, desk.member, desk.today).numbers_card == ()
    seen = desk.landlord
    assert seen.useful == (
        ("Local police", "01632 960200"),
        ("The council’s team for anti-social behaviour", "01632 960200"),
    )


def test_today_lists_cases_by_risk_then_by_what_a_resident_waits_for(
    desk: Desk, case: str, desk_clock: SetClock
) -> None:
    desk.do(now.answer, case, danger="No", told="Rosalind", tonight="Sister")
    another(desk, "Mr Farrow", "22 Mill Fold")
    desk_clock.put("2026-11-27T09:00:00.000Z")
    view = desk.read(today, desk.member, desk.today)
    assert view.late_or_due[0].case == case
    assert "days late" in view.late_or_due[0].title
    assert len(view.coming) == 5 and view.coming[0].day == "2026-11-30"
    short = desk.read(today, desk.member, desk.today, cards=1)
    assert len(short.late_or_due) == 1 and short.more.startswith("1 more")
    assert desk.read(today, "somebody else", desk.today).late_or_due == ()
