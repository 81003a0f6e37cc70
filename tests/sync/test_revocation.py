"""A lost laptop: what it held is known, what it sends later waits for a person, and it is given nothing more."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
import sqlalchemy as sa

from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.model import Case, Contact, Member
from asbdesk.model import sync as q
from asbdesk.store import vault
from asbdesk.sync import colleagues, keys, meeting, revocation, status
from tests import builders as b
from tests.conftest import PASSPHRASE
from tests.sync.laptops import Laptop, Three, empty, join, rounds


def contacts(laptop: Laptop) -> set[str]:
    return set(laptop.column(sa.select(Contact.note)))


def key_of(laptop: Laptop, file: str) -> str:
    with laptop.store.reader.connect() as conn:
        return keys.newest_of(conn, [file])[file][0]


def test_what_a_lost_laptop_held_is_listed(three: Three, desk_clock: SetClock) -> None:
    office, ben, cat = three
    case, _, _ = ben.do(b.open_whole_case)
    ben.do(b.hand_over, case, ben.member)
    cat.do(b.open_case, "ASB-2026-C0001", officer=cat.member)
    rounds(*three)
    desk_clock.pass_time(hours=5)
    found = revocation.revoke(office.store, "Ben Officer", "stolen")
    assert found.cases == ("ASB-2026-A0002",) and (found.people, found.homes) == (1, 1)
    assert found.last_met == "2026-11-21T10:00:00.000Z" and found.known_at == "2026-11-21T15:00:00.000Z"
    assert found.tell_ico_by == "2026-11-24T15:00:00.000Z" and found.incomplete == ""
    assert revocation.revoke(office.store, ben.device, "stolen") == found, "again is no harm"
    with pikepdf.open(io.BytesIO(revocation.sheet(office.store, found))) as pdf:
        assert len(pdf.pages) in (1, 2) and pdf.Root.MarkInfo.Marked


def test_the_others_have_new_keys_and_go_on(three: Three) -> None:
    office, ben, cat = three
    case, _, _ = ben.do(b.open_whole_case)
    rounds(*three)
    landlord = office.column(sa.select(q.file_key.c.file).where(q.file_key.c.file.startswith("landlord/")))[0]
    before = {f: key_of(office, f) for f in (f"case/{case}", landlord)}
    revocation.revoke(office.store, ben.device)
    rounds(office, cat)
    assert all(key_of(office, file) != key for file, key in before.items())
    assert key_of(cat, landlord) == key_of(office, landlord)
    assert office.column(sa.select(Case.id)) == [case], "what it had written stands"


def test_what_it_sends_later_is_for_a_person_to_look_at(three: Three) -> None:
    office, ben, cat = three
    case = ben.do(b.open_case, officer=ben.member)
    ben.do(b.note_contact, case, "before it was lost")
    rounds(*three)
    ben.do(b.note_contact, case, "a real visit on that day")
    revocation.revoke(office.store, ben.device)
    ben.meet()  # it has not heard of it yet, and sends
    rounds(office, cat)
    assert contacts(office) == {"before it was lost"}
    review = [item for item in office.store.ask(status.items).value if item.kind == "review"]
    assert review and all(item.device == ben.device for item in review)
    hashes = office.column(sa.select(q.segment.c.hash).where(q.segment.c.state == "review"))
    revocation.accept(office.store, ben.device, hashes)
    rounds(office, cat)
    assert contacts(office) == {"before it was lost", "a real visit on that day"}


def test_the_lost_laptop_learns_of_it_and_is_given_nothing(three: Three) -> None:
    office, ben, _ = three
    case = ben.do(b.open_case, officer=ben.member)
    rounds(*three)
    revocation.revoke(office.store, ben.device)
    office.do(b.note_contact, case, "about the lost laptop")
    office.meet()
    done = meeting.meet(ben.store)
    assert done.trouble == meeting.NO_MORE
    assert "about the lost laptop" not in contacts(ben)
    assert [one.revoked != "" for one in colleagues.laptops(ben.store)][1] is True


def test_what_a_colleague_sealed_with_a_key_of_the_lost_laptop_is_read_all_the_same(
    three: Three, tmp_path: Path, desk_clock: SetClock
) -> None:
    """Ben makes a new key for a case that comes to him; one head-office laptop takes it from him and seals with it, the
    other hears first that his laptop is lost, and takes nothing from it."""
    office, ben, cat = three
    dee = empty(tmp_path / "dee", desk_clock)
    join(office, dee, "Dee Office", "head_office")
    case, _, _ = cat.do(b.open_whole_case)
    cat.do(b.hand_over, case, cat.member)
    rounds(office, ben, cat, dee)
    cat.do(b.hand_over, case, ben.member)
    for laptop in (cat, ben, dee):
        laptop.meet()
    by = sa.select(q.file_key.c.by).where(q.file_key.c.key_id == key_of(dee, f"case/{case}"))
    assert dee.column(by) == [ben.device], "this shows nothing"
    dee.do(b.note_contact, case, "sealed with the key that Ben made")
    dee.meet()
    revocation.revoke(office.store, ben.device)
    for laptop in (office, dee, office):
        laptop.meet()
    assert any("the key that Ben made" in text for text in office.texts(f"case/{case}"))
    b.assert_whole(dee.store)
    dee.store.close()


def test_who_left_is_written_down(three: Three) -> None:
    office, ben, _ = three
    revocation.revoke(office.store, ben.device, "left", left=True)
    left = office.column(sa.select(Member.left_on).where(Member.id == ben.member))
    assert left == ["2026-11-21"]


def test_not_everybody_revokes_and_nobody_himself(three: Three) -> None:
    office, ben, cat = three
    with pytest.raises(UserError, match="Only a head-office laptop"):
        revocation.revoke(ben.store, cat.device)
    with pytest.raises(UserError, match="working on"):
        revocation.revoke(office.store, office.device)
    with pytest.raises(UserError, match="no laptop zzz"):
        revocation.revoke(office.store, "zzz")
    with pytest.raises(UserError, match="Say why"):
        revocation.revoke(office.store, ben.device, "bored")


def test_an_older_desk_reads_on_and_sends_what_it_has(three: Three) -> None:
    office, ben, _ = three
    case = ben.do(b.open_case, officer=ben.member)
    revocation.ask_for_version(office.store, "9999")
    rounds(office, ben)
    assert office.column(sa.select(Case.id)) == [case], "what it had goes out"
    for laptop in (ben, office):
        with pytest.raises(UserError, match="newer asbdesk"):
            laptop.do(b.note_contact, case, "too old to write")
    ben.store.close()
    ben.store = vault.unlock(ben.store.paths, ben.store.clock, passphrase=PASSPHRASE)
    with pytest.raises(UserError, match="newer asbdesk"):
        ben.do(b.note_contact, case, "too old to write")
