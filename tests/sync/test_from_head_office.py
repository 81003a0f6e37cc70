"""What head office decides travels with its version and takes effect on the other desk: timescales, closing days, the
words of lists, own forms, members; and nobody else's word on it counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from asbdesk.casework import lists
from asbdesk.casework.words import picklist
from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.forms.load import library, one_form
from asbdesk.letters import load as letters
from asbdesk.model import Member, Report, new_id
from asbdesk.model import journal as t
from asbdesk.paths import resources
from asbdesk.store.journal import Work, action
from asbdesk.store.profile import profile
from asbdesk.sync import own_texts, revocation
from tests import builders as b
from tests.sync.laptops import Laptop, organisation, rounds

Two = tuple[Laptop, Laptop]


@pytest.fixture
def two(tmp_path: Path, desk_clock: SetClock) -> Iterator[Two]:
    with organisation(tmp_path, desk_clock) as (office, ben, cat):
        yield office, ben
        for laptop in (office, ben, cat):
            b.assert_whole(laptop.store)


def first_contact(laptop: Laptop) -> list[str]:
    laptop.store.journal.catch_up()
    return laptop.column(sa.select(t.due.c.due_on).where(t.due.c.code == "first_contact"))


def reported_on(laptop: Laptop, received: str) -> None:
    case, person, _ = laptop.do(b.open_whole_case)
    laptop.do(b.hand_over, case, laptop.member)

    @action("tests.reported")
    def tell(work: Work) -> None:
        work.add(Report(id=new_id(), file=f"case/{case}", by=person, received=received, behaviours=["noise"]))

    laptop.do(tell)


def test_timescales_and_closing_days_hold_on_the_other_desk(two: Two) -> None:
    office, ben = two
    reported_on(ben, "2026-11-18T10:00:00.000Z")
    assert first_contact(ben) == ["2026-11-23"]
    office.do(lists.adopt_policy, "2", "2026-11-01", {"first_contact.medium_wd": 2})
    rounds(office, ben)
    assert first_contact(ben) == ["2026-11-20"] == first_contact(office)
    office.do(lists.adopt_policy, "3", "2026-11-01", {"first_contact.medium_wd": 2},
              working_days={"closed": ["2026-11-20"]})  # fmt: skip
    rounds(office, ben)
    assert first_contact(ben) == ["2026-11-23"] == first_contact(office)
    with ben.store.reader.connect() as conn:
        assert profile(conn).number("first_contact.medium_wd", "2026-11-18") == 2


def test_the_words_of_a_list_are_everybodys(two: Two) -> None:
    office, ben = two
    (code, words), *_ = picklist("report_channel").items()
    office.do(lists.set_word, "report_channel", code, "As our landlord says it")
    office.do(lists.set_word, "report_channel", "our_own", "Our own kind")
    rounds(office, ben)
    found = ben.store.ask(lists.list_of, "report_channel").value
    assert found[code] == "As our landlord says it" != words and found["our_own"] == "Our own kind"


def test_an_own_form_is_used_on_the_other_desk(two: Two) -> None:
    office, ben = two
    folder, theirs = office.store.paths.own_forms, ben.store.paths.own_forms
    text = (resources() / "forms" / "closing.yaml").read_text(encoding="utf-8")
    folder.mkdir()
    (folder / "closing.yaml").write_text(text.replace("version: 1", "version: 7").replace("Before we", "Before you"))
    (folder / "broken.yaml").write_text("id: broken\nversion: [", encoding="utf-8")
    theirs.mkdir()
    (theirs / "closing.yaml").write_text(text.replace("version: 1", "version: 2"), encoding="utf-8")
    rounds(office, ben)
    assert one_form("closing", theirs).title == "Before you close" == library(theirs)["closing"].title
    assert (theirs / "closing.before").exists() and not (theirs / "broken.yaml").exists()
    (folder / "closing.yaml").write_text(text.replace("version: 1", "version: 8"), encoding="utf-8")
    rounds(office, ben)
    assert library(theirs)["closing"].version == "8"
    rounds(office, ben)
    assert len(office.column(sa.select(own_texts.FormText.id))) == 2, "published once each"


LETTER = """id: follow_up
version: {version}
name: Ours
title: Ours
to: anyone
source: Our landlord
blocks:
  - {words}
  - use: ours
"""


def test_an_own_letter_and_its_shared_words_are_used_on_the_other_desk(two: Two) -> None:
    office, ben = two
    folder, theirs = office.store.paths.own_letters, ben.store.paths.own_letters
    folder.mkdir()
    (folder / "a visit.yaml").write_text(LETTER.format(version=2, words="We came to see you."), "utf-8")
    (folder / "shared.yaml").write_text("ours:\n  - Ring us at any time.\n", "utf-8")
    (folder / "broken.yaml").write_text("id: [", "utf-8")
    rounds(office, ben)
    made = letters.library(theirs)["follow_up"]
    assert [block.words for block in made.blocks] == ["We came to see you.", "Ring us at any time."] and made.own
    assert not (theirs / "broken.yaml").exists() and letters.library(theirs).refused == ()
    (folder / "a visit.yaml").write_text(LETTER.format(version=2, words="We came twice."), "utf-8")
    (folder / "shared.yaml").write_text("ours:\n  - Ring us by day.\n", "utf-8")
    rounds(office, ben)
    for each in (folder, theirs):
        made = letters.library(each)["follow_up"]
        assert [block.words for block in made.blocks] == ["We came twice.", "Ring us by day."], "the last one counts"
    (theirs / "follow_up.yaml").write_text(LETTER.format(version=9, words="My own."), "utf-8")
    rounds(office, ben)
    assert letters.library(theirs)["follow_up"].version == "9", "a newer one of its own stays"
    assert len(office.column(sa.select(own_texts.FormText.id))) == 4, "published once each"
    with pytest.raises(UserError, match="Only head office"):
        ben.do(own_texts.publish_form, "landlord/x", "letter:follow_up", "9", "sha256:0", "text")


def test_what_head_office_takes_back_is_taken_back_everywhere(two: Two) -> None:
    office, ben = two
    folder, theirs = office.store.paths.own_letters, ben.store.paths.own_letters
    folder.mkdir()
    words = "ours:\n  - {}\n"
    (folder / "follow_up.yaml").write_text(LETTER.format(version=2, words="We came to see you."), "utf-8")
    (folder / "shared.yaml").write_text(words.format("Ring us at any time."), "utf-8")
    rounds(office, ben)
    (folder / "shared.yaml").write_text(words.format("Ring us by day."), "utf-8")
    rounds(office, ben)
    (folder / "shared.yaml").write_text(words.format("Ring us at any time."), "utf-8")
    rounds(office, ben)
    for each in (folder, theirs):
        assert letters.library(each)["follow_up"].blocks[-1].words == "Ring us at any time.", "back to the first"
    (folder / "follow_up.yaml").replace(folder / "follow_up.before")
    rounds(office, ben)
    for each in (folder, theirs):
        assert not letters.library(each)["follow_up"].own and (each / "follow_up.before").exists()
    (folder / "follow_up.before").replace(folder / "follow_up.yaml")
    rounds(office, ben)
    assert letters.library(theirs)["follow_up"].own, "and in use again"
    (folder / "follow_up.yaml").write_text("id: [", "utf-8")
    rounds(office, ben)
    assert letters.library(theirs)["follow_up"].own, "a file with a fault takes nothing back"
    assert (folder / "follow_up.yaml").read_text("utf-8") == "id: [", "and is left to whoever writes it"


def test_a_members_role_is_shown_and_holds_on_both_desks(two: Two) -> None:
    office, ben = two
    revocation.give_role(office.store, ben.device, "manager")
    rounds(office, ben)
    for laptop in two:
        assert laptop.column(sa.select(Member.role).where(Member.id == ben.member)) == ["manager"]
    assert ben.store.journal.role == "manager"
    ben.do(lists.set_word, "report_channel", "managers_word", "A manager may")


def test_nobody_else_decides_it(two: Two) -> None:
    _, ben = two
    with pytest.raises(UserError, match="Only head office"):
        ben.do(lists.adopt_policy, "2", "2026-11-01", {"first_contact.medium_wd": 9})
    with pytest.raises(UserError, match="Only a manager or head office"):
        ben.do(lists.set_word, "report_channel", "x", "y")
    with pytest.raises(UserError, match="Only head office"):
        ben.do(own_texts.publish_form, "landlord/x", "closing", "9", "sha256:0", "text")
