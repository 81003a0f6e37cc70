"""A case handed to a colleague leaves the laptop once all that was written there was received, and may come back."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa

from asbdesk.model import Case, Home, Person
from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.store.coming_back import come_back
from asbdesk.store.erase import Order, erase
from asbdesk.sync import place
from asbdesk.sync.exchange import evidence, exchange
from asbdesk.sync.handover import hand_out_what_is_others
from asbdesk.sync.roster import Roster
from tests import builders as b
from tests.sync.laptops import Laptop, Three, rounds


def files_of(laptop: Laptop, *files: str) -> list[int]:
    """How many texts of each of these files are here."""
    return [len(laptop.texts(file)) for file in files]


def with_a_case(ben: Laptop) -> tuple[str, tuple[str, str, str]]:
    case, person, home = ben.do(b.open_whole_case)
    ben.do(b.hand_over, case, ben.member)
    return case, (f"case/{case}", f"person/{person}", f"home/{home}")


def test_it_leaves_with_its_people_and_homes(three: Three) -> None:
    office, ben, cat = three
    case, files = with_a_case(ben)
    rounds(*three)
    before = len(ben.column(sa.select(t.entry.c.n)))
    ben.do(b.hand_over, case, cat.member)
    rounds(*three)
    assert files_of(ben, *files) == [0, 0, 0]
    for kind in (Case, Person, Home):
        assert ben.column(sa.select(kind.id)) == []
    assert ben.column(sa.select(q.file_key.c.key_id).where(q.file_key.c.file.in_(files))) == []
    assert len(ben.column(sa.select(t.entry.c.n))) > before, "the journal itself keeps every entry's place"
    assert ben.column(sa.select(t.case_line.c.case)) == []
    for file in files:
        assert cat.texts(file) == office.texts(file) != []
    data = b"".join(p.read_bytes() for p in ben.store.paths.folder.glob("desk.db*"))
    assert b"Invented Person" not in data


def test_not_before_head_office_has_what_was_written(three: Three) -> None:
    office, ben, cat = three
    case, files = with_a_case(ben)
    rounds(*three)
    ben.do(b.hand_over, case, cat.member)
    ben.do(b.note_contact, case, "the last thing Ben did")
    ben.meet()
    ben.meet()
    assert files_of(ben, files[0]) != [0], "it lies in the folder, and nobody at head office has it yet"
    office.meet()
    ben.meet()
    assert files_of(ben, files[0]) == [0]
    cat.meet()
    assert any("the last thing Ben did" in text for text in cat.texts(files[0]))


@pytest.mark.parametrize("moment", [1, 2])
def test_what_is_written_at_the_last_moment_does_not_leave_with_it(three: Three, moment: int) -> None:
    """Between looking whether the case may go and its going."""
    office, ben, cat = three
    case, files = with_a_case(ben)
    rounds(*three)
    ben.do(b.hand_over, case, cat.member)
    ben.meet()
    office.meet()
    seen: list[int] = []

    def read(*_: object) -> None:
        seen.append(1)
        if len(seen) == moment:
            ben.do(b.note_contact, case, "the last thing Ben did")

    with ben.store.reader.connect() as conn:
        now = Roster.load(conn, place.org_of(ben.store).id)
    exchange(ben.store, place.open_depot(ben.store))
    sa.event.listen(ben.store.reader, "checkin", read)
    try:
        assert hand_out_what_is_others(ben.store, now) == []
    finally:
        sa.event.remove(ben.store.reader, "checkin", read)
    assert any("the last thing Ben did" in text for text in ben.texts(files[0]))
    rounds(*three)
    assert files_of(ben, files[0]) == [0]
    assert any("the last thing Ben did" in text for text in cat.texts(files[0]))


def test_it_comes_back_whole_and_leaves_again(three: Three) -> None:
    office, ben, cat = three
    case, files = with_a_case(ben)
    ben.do(b.note_contact, case, "while it was Ben's")
    rounds(*three)
    ben.do(b.hand_over, case, cat.member)
    rounds(*three)
    cat.do(b.note_contact, case, "while it was Cat's")
    cat.do(b.hand_over, case, ben.member)
    rounds(*three, times=4)
    for file in files:
        assert ben.texts(file) == office.texts(file) != []
    assert files_of(cat, *files) == [0, 0, 0]
    assert ben.column(sa.select(q.handed_file.c.file)) == ben.column(sa.select(q.handed_entry.c.n)) == []
    ben.do(b.note_contact, case, "once more Ben's")
    ben.do(b.hand_over, case, cat.member)
    rounds(*three, times=4)
    assert files_of(ben, *files) == [0, 0, 0]
    for file in files:
        assert cat.texts(file) == office.texts(file) != []


def test_head_office_takes_it_away_and_gives_it_back(three: Three) -> None:
    office, ben, cat = three
    case, files = with_a_case(ben)
    rounds(*three)
    office.do(b.hand_over, case, cat.member)
    rounds(*three)
    assert files_of(ben, *files) == [0, 0, 0]
    office.do(b.hand_over, case, ben.member)
    rounds(*three, times=4)
    assert ben.column(sa.select(Person.name)) == ["Ms Invented Person"]
    assert [ben.texts(file) for file in files] == [office.texts(file) for file in files]


def test_who_is_in_another_of_my_cases_stays(three: Three) -> None:
    _, ben, cat = three
    case, files = with_a_case(ben)
    other = ben.do(b.open_case, "ASB-2026-B0009", officer=ben.member)

    @b.action("involved")
    def involve(work: b.Work) -> None:
        work.add(b.Involvement(id=b.new_id(), file=f"case/{other}", person=files[1][7:], role="witness"))

    ben.do(involve)
    rounds(*three)
    ben.do(b.hand_over, case, cat.member)
    rounds(*three)
    assert files_of(ben, files[0]) == [0] and 0 not in files_of(ben, *files[1:])


def test_what_nobody_is_named_for_stays(three: Three) -> None:
    _, ben, _ = three
    case, files = with_a_case(ben)
    rounds(*three)
    ben.do(b.hand_over, case, "")
    ben.do(b.hand_over, case, "somebody who does not work with asbdesk")
    rounds(*three)
    assert 0 not in files_of(ben, *files)


def test_a_form_half_filled_in_holds_it_back(three: Three) -> None:
    _, ben, cat = three
    case, files = with_a_case(ben)
    rounds(*three)
    run = ben.store.drafts.start(case, "visit", "sha256:0")
    ben.do(b.hand_over, case, cat.member)
    rounds(*three)
    assert 0 not in files_of(ben, *files)
    ben.store.drafts.end(run)
    rounds(*three)
    assert files_of(ben, *files) == [0, 0, 0]


def test_evidence_is_sent_first_and_leaves_too(three: Three) -> None:
    office, ben, cat = three
    case, files = with_a_case(ben)
    kept = ben.store.files.keep(io.BytesIO(b"an invented photograph" * 500))
    ben.do(b.take_evidence, case, kept)
    rounds(*three)
    ben.do(b.hand_over, case, cat.member)
    for laptop in three * 3:
        laptop.meet()
        evidence(laptop.store, place.open_depot(laptop.store))
    assert files_of(ben, *files) == [0, 0, 0]
    assert here(ben) == set() and here(office) == {kept.blob} == here(cat)


def here(laptop: Laptop) -> set[str]:
    return {path.name for path in laptop.store.paths.evidence.rglob("*") if path.is_file()}


def test_a_text_that_is_not_the_one_that_left_is_not_taken(three: Three) -> None:
    office, ben, cat = three
    case, files = with_a_case(ben)
    rounds(*three)
    ben.do(b.hand_over, case, cat.member)
    rounds(*three)
    lie = [text.replace("Ms Invented", "Mr Invented") for text in office.texts(files[1])]
    ben.store.journal.take_in(lie)
    assert files_of(ben, files[1]) == [0]
    with ben.store.writer.begin() as conn:
        assert come_back(conn, [], {}) == set()


def test_an_order_of_erasure_reaches_what_had_left(three: Three) -> None:
    _, ben, cat = three
    case, files = with_a_case(ben)
    rounds(*three)
    ben.do(b.hand_over, case, cat.member)
    rounds(*three)
    erase(ben.store, Order("order-1", files))
    cat.do(b.hand_over, case, ben.member)
    rounds(*three)
    assert files_of(ben, *files) == [0, 0, 0]
