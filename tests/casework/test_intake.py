"""Taking a report: what is known already, more of the same, who told us, and people who report each other."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from asbdesk import model as m
from asbdesk.casework import closing, enforcement
from asbdesk.casework.before import before, similar
from asbdesk.casework.desk import Desk
from asbdesk.casework.intake import NO_NAME, Intake, add_to, open_from
from asbdesk.casework.named import UNDECIDED, named_in
from asbdesk.casework.people import NewPerson, involved, reporter_of
from asbdesk.casework.records import case_file
from asbdesk.casework.reports import Telling
from asbdesk.errors import UserError

BEGUM = NewPerson(name="Ms Rahima Begum", phone="01632 960111", address="12 Harrow Court", postcode="ZZ1 1AA")
MARSH = NewPerson(name="Mr Colin Marsh", address="14 Harrow Court", postcode="ZZ1 1AA")
NOISE = Telling(words="Music until three.", behaviours=("noise",))


def records(desk: Desk, cls: type[m.Record], case: str) -> list[m.Record]:
    return desk.read(lambda s: list(s.scalars(sa.select(cls).where(cls.file == case_file(case)))))


def called(desk: Desk, name: str) -> str:
    return str(desk.read(lambda s: s.scalars(sa.select(m.Person.id).where(m.Person.name == name)).one()))


def test_what_is_known_shows_as_one_types(desk: Desk) -> None:
    case = desk.do(open_from, Intake(BEGUM, NOISE, MARSH)).value
    assert desk.read(before, desk.today, name="be").people == ()
    found = desk.read(before, desk.today, name="Mrs begum")
    assert [p.name for p in found.people] == ["Ms Rahima Begum"] and found.cases[0].id == case
    assert "Reported it" in found.cases[0].part and UNDECIDED.lower() in found.cases[0].finding.lower()
    by_phone = desk.read(before, desk.today, phone="01632960111")
    assert by_phone.people[0].detail.startswith("Same number")
    by_home = desk.read(before, desk.today, address="14 Harrow")
    assert by_home.homes == ("14 Harrow Court, ZZ1 1AA",) and by_home.cases[0].part == "Alleged perpetrator"
    assert desk.read(before, desk.today, name="Somebody Else").cases == ()


def test_a_closed_case_is_found_with_why_it_closed_and_opens_again(desk: Desk) -> None:
    case = desk.do(open_from, Intake(BEGUM, NOISE)).value
    desk.do(closing.close, case, "resolved_early")
    known = desk.read(before, desk.today, person=called(desk, BEGUM.name)).cases[0]
    assert not known.open and known.closed_because == "Stopped after early action"
    desk.do(add_to, case, Intake(NewPerson(id=called(desk, BEGUM.name)), NOISE))
    assert desk.read(lambda s: s.get_one(m.Case, case).status) == "open"
    assert len(records(desk, m.Reopening, case)) == 1


def test_a_welfare_case_says_no_more_than_that(desk: Desk) -> None:
    told = Telling(words="He hits her.", behaviours=("domestic_abuse",))
    desk.do(open_from, Intake(BEGUM, told, MARSH))
    known = desk.read(before, desk.today, name="Begum").cases[0]
    assert (known.title, known.finding, known.closed_because) == ("Welfare", "", "")


def test_more_of_the_same_starts_no_clock_and_anything_worse_is_a_report(desk: Desk) -> None:
    case = desk.do(open_from, Intake(BEGUM, NOISE)).value
    first = desk.read(before, desk.today, name="Begum").cases[0].report
    again = Intake(NewPerson(id=called(desk, BEGUM.name)), replace(NOISE, same_as=first))
    more = desk.do(add_to, case, again, worse=False).value
    worse = desk.do(add_to, case, again, worse=True).value
    same = desk.read(lambda s: (s.get_one(m.Report, more).same_as, s.get_one(m.Report, worse).same_as))
    assert same == (first, None)


def test_people_who_report_each_other_are_kept_apart_both_ways(desk: Desk) -> None:
    first = desk.do(open_from, Intake(BEGUM, NOISE, MARSH)).value
    begum, marsh = called(desk, BEGUM.name), called(desk, MARSH.name)
    back = Intake(NewPerson(id=marsh), Telling(words="She shouts.", behaviours=("verbal_abuse",)), NewPerson(id=begum))
    with pytest.raises(UserError, match="a case of its own"):
        desk.do(add_to, first, back)
    made = desk.do(open_from, back).value
    assert made != first
    for case, other in ((first, made), (made, first)):
        rules = {(r.about, r.not_to) for r in records(desk, m.DisclosureRule, case)}  # type: ignore[attr-defined]
        assert rules == {(begum, marsh), (marsh, begum)}
        links = [(x.other, x.why) for x in records(desk, m.CaseLink, case)]  # type: ignore[attr-defined]
        assert links == [(other, "counter_report")]
    assert desk.read(lambda s: reporter_of(s, made)).id == marsh  # type: ignore[union-attr]


def test_the_other_person_reporting_about_nobody_by_name_is_kept_apart_too(desk: Desk) -> None:
    first = desk.do(open_from, Intake(BEGUM, NOISE, MARSH)).value
    made = desk.do(open_from, Intake(NewPerson(id=called(desk, MARSH.name)), NOISE)).value
    assert records(desk, m.CaseLink, first) and records(desk, m.DisclosureRule, made)


def test_nobody_by_name_is_owed_nothing_and_whom_it_happens_to_is(desk: Desk) -> None:
    case = desk.do(open_from, Intake(NewPerson(), NOISE, teller="anonymous", affected=BEGUM)).value
    people = desk.read(involved, case)
    by_role = {p.role: desk.read(lambda s, id=p.person: s.get_one(m.Person, id)) for p in people}
    assert by_role["reporter"].name == NO_NAME and by_role["reporter"].reachable is False
    assert by_role["affected"].name == BEGUM.name
    assert desk.read(lambda s: s.get_one(m.Case, case).home) == by_role["affected"].home


def test_a_professional_is_thanked_and_the_household_is_owed(desk: Desk) -> None:
    who = NewPerson(name="PC Ward", phone="01632 960199")
    case = desk.do(open_from, Intake(who, NOISE, teller="professional", affected=BEGUM)).value
    roles = {p.role for p in desk.read(involved, case)}
    assert roles == {"reporter", "agency_officer", "affected"}


def test_named_in_several_reports_shows_each_finding_and_never_a_bare_count(desk: Desk) -> None:
    cases = [desk.do(open_from, Intake(BEGUM, NOISE, MARSH)).value]
    assert desk.read(named_in, cases[0], desk.today) == ()
    marsh = NewPerson(id=called(desk, MARSH.name))
    lee = NewPerson(name="Ms Lee", address="3 Harrow Court")
    cases.append(desk.do(open_from, Intake(lee, NOISE, marsh)).value)
    report = records(desk, m.Report, cases[0])[0].id
    desk.do(enforcement.find, cases[0], report, marsh.id, "not_enough", "No recording, no witness")
    (person,) = desk.read(named_in, cases[1], desk.today)
    assert person.scope == "person" and {a.finding for a in person.allegations} == {"Not enough evidence", UNDECIDED}
    for finding in ("Shown by evidence: none", "Not enough evidence: 1", "Withdrawn: none", "No finding yet: 1"):
        assert finding in person.findings
    later = desk.read(named_in, cases[1], "2027-12-24")
    assert later == (), "what was not shown leaves the view across homes after a year"


def test_the_address_remembers_who_lived_there(desk: Desk) -> None:
    desk.do(open_from, Intake(BEGUM, NOISE, MARSH))
    lodger = NewPerson(name="Mr Ivo Penn", address="14 Harrow Court", postcode="ZZ1 1AA")
    case = desk.do(open_from, Intake(NewPerson(name="Ms Lee", address="3 Harrow Court"), NOISE, lodger)).value
    (household,) = desk.read(named_in, case, desk.today)
    assert household.scope == "household" and {a.who for a in household.allegations} == {
        "Mr Colin Marsh",
        "Mr Ivo Penn",
    }


def test_what_is_like_it_near_there_is_found_and_a_welfare_case_is_not(desk: Desk) -> None:
    def told(name: str, address: str, kind: str) -> str:
        who = NewPerson(name=name, address=address)
        return str(desk.do(open_from, Intake(who, Telling(words="It happened.", behaviours=(kind,)))).value)

    noise = told("Ms Penn", "Flat 3, Tannery Rise, Exampleton", "noise")
    told("Ms Pike", "Flat 4, Tannery Rise, Exampleton", "litter")
    told("Ms Park", "Flat 5, Tannery Rise, Exampleton", "domestic_abuse")
    told("Ms Pell", "3 Mill Fold, Exampleton", "noise")

    def found(address: str, kind: str, *known: str) -> list[str]:
        return [case.id for case in desk.read(similar, desk.today, address=address, kinds=[kind], known=known)]

    assert found("Flat 9, Tannery Rise", "noise") == [noise]
    assert found("12 Tannery Rise", "noise", noise) == []
    assert found("Flat 9, Tannery Rise", "domestic_abuse") == found("Flat 9", "noise") == []
