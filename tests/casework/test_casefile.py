"""The case file's content: its order, what it says it lacks, and what each reader may see of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from asbdesk.casework import contacts, corrections, evidence
from asbdesk.casework.casefile import Asked, case_file, leaving, release_case_file
from asbdesk.casework.casefile.hiding import of_people
from asbdesk.casework.casefile.reading import with_year
from asbdesk.casework.cases import list_cases
from asbdesk.casework.desk import Desk
from asbdesk.casework.people import NewPerson, add_to_case, reporter_of
from asbdesk.casework.release import Override, Refused, address_at
from asbdesk.casework.reports import Telling, open_case, record_report
from asbdesk.casework.way_out import in_the_way
from asbdesk.clock import SetClock
from asbdesk.documents.casefile import CaseFile, Copy
from asbdesk.exchange.demo import practice_desk
from asbdesk.exchange.practice import live_the_visit
from asbdesk.paths import StorePaths

AT = "2026-11-23T12:00:00.000Z"
LIVED, WELFARE, MUSIC = "Assault, then smashed windows", "Welfare", "Loud music at weekends"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = practice_desk(StorePaths(tmp_path_factory.mktemp("desk") / "store"), SetClock(AT))
    live_the_visit(made)
    yield made
    made.close()


def case_called(desk: Desk, title: str) -> str:
    return next(c.id for c in desk.read(list_cases, status="all", today=desk.today).lines if c.title == title)


def file_of(desk: Desk, case: str, copy: Copy, **asked: object) -> CaseFile:
    return desk.read(case_file, case, desk.member, Asked(copy, **asked), AT)  # type: ignore[arg-type]


def words_of(file: CaseFile) -> str:
    return "\n".join(file.texts())


def chapter_words(file: CaseFile, id: str) -> str:
    chapter = next(c for c in file.chapters if c.id == id)
    return "\n".join((chapter.empty, *(cell for t in chapter.tables for x in t.lines for cell in x.cells)))


# ---- order
def test_it_has_the_chapters_in_the_order_of_an_investigation(desk: Desk) -> None:
    file = file_of(desk, case_called(desk, LIVED), "investigator", looked=True)
    assert [c.id for c in file.chapters] == [
        *("complaints", "policy", "due", "risk", "plans", "contact", "evidence", "other", "agencies", "support"),
        *("redress", "lacks", "chronology", "integrity", "looked"),
    ]
    lacks = 2 + [c.id for c in file.chapters].index("lacks")
    assert any(f"part {lacks} lists them" in line for line in file.front.stands)
    assert len(next(c for c in file.chapters if c.id == "integrity").says) == 4


def test_the_first_page_says_the_day_a_need_was_known_and_from_whom(desk: Desk) -> None:
    front = file_of(desk, case_called(desk, LIVED), "investigator").front
    assert any("known since Mon 23 Nov 2026, from them" in line for line in front.household)
    assert ("First report", "Tue 17 Nov 2026") in front.marks
    assert any(what == "First plan" and "working days after" in when for what, when in front.marks)


def test_what_was_due_is_all_there_with_what_was_done(desk: Desk) -> None:
    rows = next(c for c in file_of(desk, case_called(desk, LIVED), "investigator").chapters if c.id == "due").tables[0]
    done = {x.cells[2] for x in rows.lines}
    assert {"Not due yet", "Not done"} <= done and any(x.cells[3].endswith("late") for x in rows.lines)


# ---- what it lacks
def test_it_says_what_it_lacks(desk: Desk) -> None:
    said = chapter_words(file_of(desk, case_called(desk, MUSIC), "investigator"), "lacks")
    assert "Plan 1: there is no locked paper of it." in said and "Tenancy agreement" in said
    said = chapter_words(file_of(desk, case_called(desk, LIVED), "investigator"), "lacks")
    assert "2 pieces of evidence were not looked at" in said and "No plan" not in said


def test_a_case_of_which_little_is_known_says_so(desk: Desk) -> None:
    who = NewPerson(name="Ms Asha Rahman", address="4 Beck Street")
    case = desk.do(open_case, who, Telling(words="They bang.", behaviours=("noise",))).value
    said = chapter_words(file_of(desk, case, "investigator"), "lacks")
    for nothing in (
        "No risk assessment is on file.",
        "No plan is on file.",
        "No contact with the resident is on file.",
    ):
        assert nothing in said
    front = file_of(desk, case, "investigator").front
    assert ("First plan", "never") in front.marks and front.months == ()


def test_silence_what_was_written_late_and_corrections_are_told(desk: Desk) -> None:
    case = case_called(desk, "Drug use in the stairwell")
    person = desk.read(reporter_of, case)
    assert person is not None
    told = Telling(words="They were back.", behaviours=("drug_use",))
    old = desk.do(record_report, case, person.id, told, happened="2026-08-03T09:00:00.000Z").value
    desk.do(corrections.correct, "report", old, {"words": "They were back on the stairs."})
    said = chapter_words(file_of(desk, case, "investigator"), "lacks")
    assert "nothing was written down for" in said
    assert "of Mon 3 Aug 2026: written down on Mon 23 Nov 2026" in said
    assert "Put right: report (Mon 23 Nov 2026)" in said


# ---- for whose eyes
def add(desk: Desk, case: str, name: str, role: str, address: str = "") -> str:
    return str(desk.do(add_to_case, case, NewPerson(name=name, phone="07700 900123", address=address), role).value)


@pytest.fixture(scope="module")
def quarrel(desk: Desk) -> tuple[str, dict[str, str]]:
    """A case with a neighbour, a second reporter, a witness, a sister who is in hiding, and words about each."""
    case = case_called(desk, MUSIC)
    resident = desk.read(reporter_of, case)
    assert resident is not None
    ids = {
        "other": add(desk, case, "Mr Grigor Ostravic", "alleged_perpetrator", "Flat 31, Quillstone Court"),
        "second": add(desk, case, "Mrs Wilhelmina Brathwaite", "reporter", "Flat 33, Quillstone Court"),
        "witness": add(desk, case, "Pastor Ignatius", "witness"),
        "hiding": add(desk, case, "Miss Theodora Vance", "witness", "9 Lantern Close, ZZ9 9ZZ"),
        "resident": resident.id,
    }
    desk.do(contacts.do_not_disclose, case, ids["hiding"], resident.id, why="She asked us")
    talk = {"method": "telephone", "made": True}
    note = "Ostravic in flat 31 shouted, ring him on 07700 900456. His car is AB12 CDE."
    desk.do(contacts.record_contact, case, resident.id, note=note, **talk)
    desk.do(contacts.record_contact, case, resident.id, note="Theodora rang her from 9 Lantern Close.", **talk)
    desk.do(contacts.record_contact, case, resident.id, note="Her cousin is in the refuge now.", **talk)
    desk.do(contacts.record_contact, case, ids["second"], note="I hear it as well, do not say it was me.", **talk)
    evidence.take_in(desk, case, b"theirs", name="mine.txt", from_=resident.id, note="For you")
    evidence.take_in(desk, case, b"not theirs", name="brathwaite.txt", from_=ids["second"], note="My own diary")
    return case, ids


SECRETS = (
    *("Grigor", "Ostravic", "Brathwaite", "Wilhelmina", "Ignatius", "Theodora", "Vance", "Lantern", "refuge"),
    *("07700 900456", "07700 900123", "AB12 CDE", "Flat 31", "flat 31", "I hear it as well", "My own diary"),
)


def test_nothing_of_others_is_in_the_resident_s_copy(desk: Desk, quarrel: tuple[str, dict[str, str]]) -> None:
    file = file_of(desk, quarrel[0], "resident")
    said = words_of(file)
    assert [secret for secret in SECRETS if secret.casefold() in said.casefold()] == []
    assert "[name left out]" in said and "(left out)" in said
    assert [e.name for e in file.exhibits if e.kind == "evidence"] == ["mine.txt"]
    assert dict(file.left_out)["It is somebody else's"] >= 2
    assert "left out of this copy" in chapter_words(file, "other"), "it does not say that there is nothing"


def test_the_investigator_sees_all_of_it_and_what_is_not_for_the_resident_is_marked(
    desk: Desk, quarrel: tuple[str, dict[str, str]]
) -> None:
    file = file_of(desk, quarrel[0], "investigator")
    assert [secret for secret in SECRETS if secret.casefold() not in words_of(file).casefold()] == []
    rows = [x for c in file.chapters for t in c.tables for x in t.lines]
    for secret in SECRETS:
        assert all(x.private for x in rows if any(secret in cell for cell in x.cells)), secret
    assert not all(x.private for x in rows) and file.left_out == ()
    assert [e.private for e in file.exhibits if e.kind == "evidence"] == [False, True]


def test_without_third_parties_the_rest_stays(desk: Desk, quarrel: tuple[str, dict[str, str]]) -> None:
    said = words_of(file_of(desk, quarrel[0], "investigator", third_parties=False))
    assert "Ostravic" not in said and "Brathwaite" not in said and "I hear it as well" in said


def test_a_court_s_papers_go_to_the_other_side_so_whoever_hides_is_not_in_them(
    desk: Desk, quarrel: tuple[str, dict[str, str]]
) -> None:
    said = words_of(file_of(desk, quarrel[0], "court"))
    assert "Ostravic" in said
    assert not any(secret in said for secret in ("Theodora", "Vance", "Lantern", "refuge"))


def test_evidence_can_be_left_out_and_the_rest_is_counted_anew(desk: Desk, quarrel: tuple[str, dict[str, str]]) -> None:
    whole = file_of(desk, quarrel[0], "court")
    left = frozenset({e.id for e in whole.exhibits if e.name == "mine.txt"})
    numbers = [e.number for e in file_of(desk, quarrel[0], "court", left=left).exhibits]
    assert numbers == list(range(1, len(whole.exhibits)))


def test_a_name_that_is_a_word_is_one_only_with_a_capital(desk: Desk, quarrel: tuple[str, dict[str, str]]) -> None:
    case = case_called(desk, "Dog barking and fouling")
    will = add(desk, case, "Will Young", "alleged_perpetrator")
    pattern = desk.read(of_people, [will], None)
    assert pattern is not None
    assert pattern.search("Will came out") and pattern.search("WILL YOUNG") and not pattern.search("we will ring")


# ---- the one door
def test_a_welfare_case_stops_and_asks_and_its_copy_has_no_address(desk: Desk) -> None:
    lines = desk.read(list_cases, status="all", today=desk.today).lines
    case = next(line.id for line in lines if line.stream == "domestic_abuse")
    with pytest.raises(Refused, match="safe way"):
        desk.read(release_case_file, case, desk.member, Asked("resident"), AT)
    released = desk.read(release_case_file, case, desk.member, Asked("resident"), AT, Override("She asked for it"))
    person = desk.read(reporter_of, case)
    assert person is not None and person.home
    assert "abuse" not in "\n".join(released.what.texts()).casefold()
    home = desk.read(address_at, person.home)
    assert home and home.partition(",")[0] not in "\n".join(released.what.texts())


def test_no_copy_in_a_home_outs_anybody(desk: Desk) -> None:
    who = NewPerson(name="Mx Ingrid Silva", address="6 Beck Street")
    hate = {"perceived_by": "victim", "strands": ["transgender"]}
    told = Telling(words="They shout at me.", behaviours=("harassment",), hate=hate)
    case = desk.do(open_case, who, told).value
    assert "perceived as hate" in words_of(file_of(desk, case, "investigator"))
    said = words_of(file_of(desk, case, "resident")).casefold()
    assert "They shout at me.".casefold() in said
    assert not any(word in said for word in ("perceived as hate", "transgender", "trans ", "hate incident"))


def test_rules_stand_in_the_way_of_a_court_s_papers_alone(desk: Desk, quarrel: tuple[str, dict[str, str]]) -> None:
    case, ids = quarrel
    desk.do(contacts.do_not_disclose, case, ids["resident"], ids["other"], why="She is afraid")

    def why(copy: Copy) -> tuple[str, ...]:
        file = file_of(desk, case, copy)
        return tuple(
            f.why for f in desk.read(lambda session: in_the_way(session, leaving(session, case, desk.member, file)))
        )

    assert why("investigator") == () and why("resident") == ()
    assert any("Mr Grigor Ostravic must not be told" in words for words in why("court"))


@pytest.mark.parametrize(
    ("text", "near", "said"),
    [
        ("Chased Tue 3 Mar, 14:05", "2020-02-28T09:00:00.000Z", "Chased Tue 3 Mar 2020, 14:05"),
        ("By Friday 1 January", "2020-12-21T09:00:00.000Z", "By Friday 1 January 2021"),
        ("Sat 29 Feb", "2020-02-03T09:00:00.000Z", "Sat 29 Feb 2020"),
        ("Tue 3 Mar 2020", "2026-02-28T09:00:00.000Z", "Tue 3 Mar 2020"),
        ("Mon 3 Mar", "2020-02-28T09:00:00.000Z", "Mon 3 Mar"),
        ("Tue 3 Mar", "", "Tue 3 Mar"),
    ],
)
def test_a_day_that_the_desk_writes_without_its_year_gets_it_in_a_case_file(text: str, near: str, said: str) -> None:
    assert with_year(text, near) == said
