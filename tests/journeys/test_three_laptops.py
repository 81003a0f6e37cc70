"""Three laptops and a place to meet, from the first day to the last: founded, joined, cases exchanged with edits
that differ, evidence, a handover, a laptop lost, one brought back from its copy; and in the end all are equal."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from asbdesk.casework.desk import Desk
from asbdesk.clock import SetClock
from asbdesk.exchange.history import import_history
from asbdesk.model import Assessment, Case, Contact, Member, kinds
from asbdesk.model import journal as t
from asbdesk.store import vault
from asbdesk.store.backup import backup
from asbdesk.store.restore import restore
from asbdesk.store.work import Work, action
from asbdesk.sync import meeting, place, revocation
from asbdesk.sync.exchange import evidence
from tests import builders as b
from tests.conftest import PASSPHRASE
from tests.sync.laptops import Laptop, organisation, rounds

HISTORIES = Path(__file__).parent.parent / "histories"


def test_three_laptops_and_a_folder(tmp_path: Path, desk_clock: SetClock) -> None:
    with organisation(tmp_path, desk_clock) as (office, ben, cat):
        ben = lived(office, ben, cat, tmp_path, desk_clock)
        ben.store.close()


def test_three_laptops_and_the_service(tmp_path: Path, desk_clock: SetClock, database: str) -> None:
    pytest.importorskip("psycopg")
    from asbdesk.headoffice import hub
    from tests.headoffice.offices import free_port, in_a_thread, set_up
    from tests.headoffice.test_hub import same_records

    served = set_up(tmp_path / "service", database, free_port())
    with (
        in_a_thread(served),
        hub.opened(served.folder, desk_clock) as made,
        organisation(tmp_path, desk_clock, served.url, served.begun.code) as (office, ben, cat),
    ):
        ben = lived(office, ben, cat, tmp_path, desk_clock)
        for _ in range(2):
            made.round()
            rounds(office, ben, times=1)
        same_records(office, made)
        ben.store.close()


def lived(office: Laptop, ben: Laptop, cat: Laptop, tmp_path: Path, desk_clock: SetClock) -> Laptop:
    """All of it, and in the end all are equal; Ben's laptop, as it is then."""
    for laptop, name in ((ben, "202013105"), (ben, "202206589-well"), (cat, "202105739")):
        import_history(Desk(laptop.store), HISTORIES / f"{name}.json")
    mine(ben), mine(cat)
    rounds(office, ben, cat)
    assert len(office.column(sa.select(Case.id))) == 3 and len(ben.column(sa.select(Case.id))) == 2

    copy = backup(ben.store, tmp_path / "copies")
    case = ben.column(sa.select(Case.id).order_by(Case.reference))[0]
    assessment = differ(office, ben, case)
    photo = take_photo(ben, case)
    rounds(office, ben, cat)
    for laptop in (office, ben):
        assert {c.field for c in conflicts(laptop)} >= {"band"}
        assert laptop.column(sa.select(Assessment.band).where(Assessment.id == assessment)) == ["high"]
    for laptop in (ben, ben, office):
        carry(laptop)
    assert photo in found(office)
    ben.do(decide_band, assessment, "high")
    rounds(office, ben, times=2)
    for laptop in (office, ben):
        assert "band" not in {c.field for c in conflicts(laptop)}, "a person decided"

    ben.do(b.hand_over, case, cat.member)
    rounds(office, ben, cat)
    carry(cat)
    assert cat.texts(f"case/{case}") == office.texts(f"case/{case}") and photo in found(cat)
    ben.do(b.hand_over, the_other(ben, case), ben.member)

    ben = brought_back(ben, copy.folder, tmp_path, desk_clock)
    ben.do(b.open_case, "ASB-2026-B0077", officer=ben.member)
    rounds(office, ben, cat)

    revocation.revoke(office.store, cat.device, "stolen")
    cat.do(b.note_contact, case, "written by whoever has that laptop now")
    meeting.meet(cat.store)  # it leaves: nobody else knows of the loss yet
    office.do(b.hand_over, case, ben.member)
    rounds(office, ben)
    assert meeting.meet(cat.store).trouble
    for laptop in (office, ben):
        notes = laptop.column(sa.select(Contact.note).where(Contact.file == f"case/{case}"))
        assert "written by whoever has that laptop now" not in notes
    assert_equal(office, ben)
    carry(ben)
    assert photo in found(ben)
    for laptop in (office, ben):
        b.assert_whole(laptop.store)
    return ben


def mine(laptop: Laptop) -> None:
    """Whoever imported a case looks after it."""
    for case in laptop.column(sa.select(Case.id)):
        laptop.do(b.hand_over, case, laptop.member)


def differ(office: Laptop, ben: Laptop, case: str) -> str:
    """Two laptops assess the same differently, neither knowing of the other; the assessment's id."""
    assessment: str = ben.do(b.assess, case, "standard")
    rounds(office, ben)
    ben.do(b.change_band, assessment, "medium")
    office.do(b.change_band, assessment, "high")
    return assessment


@action("conflict.decided")
def decide_band(work: Work, assessment: str, band: str) -> None:
    """A person looked at both levels."""
    work.decide(work.get(Assessment, assessment), "band", band)


def conflicts(laptop: Laptop) -> list[Any]:
    with laptop.store.reader.connect() as conn:
        return list(conn.execute(sa.select(t.conflict.c.kind, t.conflict.c.field)))


def take_photo(laptop: Laptop, case: str) -> str:
    kept = laptop.store.files.keep(io.BytesIO(b"an invented photograph" * 5000))
    laptop.do(b.take_evidence, case, kept)
    return kept.blob


def carry(laptop: Laptop) -> None:
    """Entries, then evidence."""
    laptop.meet()
    evidence(laptop.store, place.open_depot(laptop.store))


def found(laptop: Laptop) -> set[str]:
    return {path.name for path in laptop.store.paths.evidence.rglob("*") if path.is_file()}


def the_other(laptop: Laptop, case: str) -> str:
    return next(c for c in laptop.column(sa.select(Case.id)) if c != case)


def brought_back(laptop: Laptop, copy: Path, tmp_path: Path, clock: SetClock) -> Laptop:
    """The laptop as it was in its copy, in the place it was."""
    paths = laptop.store.paths
    laptop.store.close()
    restore(copy, paths, clock)
    again = Laptop(vault.unlock(paths, clock, passphrase=PASSPHRASE))
    again.store.journal.catch_up()
    return again


def assert_equal(office: Laptop, ben: Laptop) -> None:
    """Whatever both hold is equal; and Ben holds all of his own."""
    for file in ben.column(sa.select(t.entry.c.file).distinct()):
        if not file.startswith("landlord/"):
            assert set(ben.texts(file)) <= set(office.texts(file)), file
    own = ben.column(sa.select(Case.id).where(Case.officer == ben.member))
    assert len(own) == 3
    for case in own:
        assert ben.texts(f"case/{case}") == office.texts(f"case/{case}")
    landlord = office.column(sa.select(Member.file))[0]
    assert ben.texts(landlord) == office.texts(landlord)
    files = {f"case/{case}" for case in own} | {landlord}
    for cls in kinds().values():
        which = sa.select(cls.__table__).where(cls.file.in_(files)).order_by(cls.id)
        with office.store.reader.connect() as there, ben.store.reader.connect() as here:
            assert [tuple(r) for r in here.execute(which)] == [tuple(r) for r in there.execute(which)], cls.kind
