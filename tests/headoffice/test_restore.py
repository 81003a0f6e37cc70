"""The database brought back from yesterday's dump: laptops send again what is missing, by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa

from asbdesk.clock import SetClock, SystemClock
from asbdesk.headoffice import hub
from asbdesk.model import Contact
from asbdesk.store.vault import Store
from asbdesk.sync import founding, service
from tests import builders as b
from tests.headoffice.offices import Served, free_port, in_a_thread, set_up
from tests.headoffice.test_hub import same_records
from tests.postgres import Cluster
from tests.sync.laptops import Laptop, alone, empty, join


@pytest.fixture
def begun(tmp_path: Path, postgres: Cluster) -> Iterator[Served]:
    url = postgres.new_database()
    yield set_up(tmp_path / "office", url, free_port())
    postgres.drop(url)


def dump(postgres: Cluster, served: Served, to: str) -> Path:
    """What README tells head office to do each night."""
    file = postgres.folder / to
    postgres.run("pg_dump", "--format=custom", f"--file={file}", served.folder.settings.database)
    return file


def restore(postgres: Cluster, served: Served, file: Path) -> None:
    """What README tells head office to do on the day after."""
    url = served.folder.settings.database
    name = url.partition("@/")[2].partition("?")[0]
    postgres.drop(url)
    postgres.sql(f"CREATE DATABASE {name} TEMPLATE template0")
    postgres.run("pg_restore", "--exit-on-error", f"--dbname={url}", file)
    set_up(served.folder.folder, url, served.port)


def notes(store: Store) -> set[str]:
    with store.reader.connect() as conn:
        return set(conn.scalars(sa.select(Contact.note)))


def test_an_old_dump_is_made_whole_again(
    begun: Served, postgres: Cluster, tmp_path: Path, desk_clock: SetClock
) -> None:
    office, ben = alone(tmp_path / "first", desk_clock), empty(tmp_path / "ben", desk_clock)
    with in_a_thread(begun):
        founding.create(office.store, begun.url, begun.begun.code)
        case = office.do(b.open_case, "ASB-2026-A0009")
        office.meet()
        old = dump(postgres, begun, "yesterday")
        join(office, ben, "Ben Officer")  # since the dump: a laptop that the dump knows nothing of
        office.do(b.hand_over, case, ben.member)
        for laptop in (office, ben):
            laptop.meet()
        ben.do(b.note_contact, case, "since the dump")
        for laptop in (ben, office, ben):
            laptop.meet()
    restore(postgres, begun, old)
    with in_a_thread(begun):
        ben.do(b.note_contact, case, "after the restore")
        _settled(office, ben)
        cat = empty(tmp_path / "cat", desk_clock)
        join(office, cat, "Cat Officer", "head_office")
        _settled(office, ben, cat)
        both = {"since the dump", "after the restore"}
        assert notes(office.store) == notes(ben.store) == notes(cat.store) == both
        with hub.opened(begun.folder, SystemClock()) as made:
            made.round()
            _settled(office, ben, cat)
            made.round()
            same_records(office, made)
        for laptop in (office, ben, cat):
            assert laptop.meet().again == 0, "nothing is missing any more"
            b.assert_whole(laptop.store)
            laptop.store.close()


def test_a_database_that_is_lost_altogether_is_founded_again(
    begun: Served, postgres: Cluster, tmp_path: Path, desk_clock: SetClock
) -> None:
    office = alone(tmp_path / "first", desk_clock)
    with in_a_thread(begun):
        founding.create(office.store, begun.url, begun.begun.code)
        office.do(b.open_case, "ASB-2026-A0009")
        office.meet()
    url = begun.folder.settings.database
    postgres.drop(url)
    postgres.sql(f"CREATE DATABASE {url.partition('@/')[2].partition('?')[0]} TEMPLATE template0")
    again = set_up(begun.folder.folder, url, begun.port)
    with in_a_thread(again):
        founding.create(office.store, again.url, again.begun.code)
        _settled(office)
        with hub.opened(begun.folder, SystemClock()) as made:
            made.round()
            same_records(office, made)
    office.store.close()


def test_a_folder_that_is_lost_is_made_anew(begun: Served, tmp_path: Path, desk_clock: SetClock) -> None:
    office = alone(tmp_path / "first", desk_clock)
    with in_a_thread(begun):
        founding.create(office.store, begun.url, begun.begun.code)
        case = office.do(b.open_case, "ASB-2026-A0009")
        office.meet()
        with hub.opened(begun.folder, SystemClock()) as made:
            made.round()
    again = set_up(tmp_path / "another", begun.folder.settings.database, begun.port)
    assert again.url != begun.url
    with in_a_thread(again):
        founding.create(office.store, again.url, again.begun.code)
        office.do(b.note_contact, case, "after it")
        _settled(office)
        with hub.opened(again.folder, SystemClock()) as made:
            made.round()
            same_records(office, made)
    office.store.close()


def test_a_cursor_of_another_life_counts_for_nothing(begun: Served, postgres: Cluster) -> None:
    from tests.headoffice.offices import Organisation

    org = Organisation()
    with ExitStack() as end:
        end.enter_context(in_a_thread(begun))
        end.callback(org.close)
        org.found_at(begun.url, begun.begun.code)
        depot = org.depot(begun.url, org.first)
        put = [org.first.segment(org.id, [("0" * 32, b"x" * 100)]) for _ in range(3)]
        area = f"dev/{org.first.device}"
        depot.put(*put[0])
        old = dump(postgres, begun, "before")
        for one in put[1:]:
            depot.put(*one)
        cursor = depot.news([area], "").cursor
    restore(postgres, begun, old)
    with in_a_thread(begun):
        depot = service.ServiceDepot(begun.url, org.id, org.first.device, org.first.sign.private)
        assert depot.news([area], cursor).names == (put[0][0],)
        depot.put(*put[1])
        assert set(depot.news([area], cursor).names) == {put[0][0], put[1][0]}
        depot.close()


def _settled(*laptops: Laptop) -> None:
    """Everybody meets several times; a laptop that head office forgot is let in again once another has met."""
    from asbdesk.sync import meeting

    for round_ in range(4):
        for laptop in laptops:
            done = meeting.meet(laptop.store)
            assert done.trouble is None or round_ == 0, done.trouble
