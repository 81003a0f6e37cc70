"""The hub: what laptops sent, taken into PostgreSQL by the code that takes it in on a laptop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from asbdesk.casework import agencies, registers
from asbdesk.clock import SetClock, SystemClock
from asbdesk.forms.load import one_form
from asbdesk.headoffice import hub, metrics, tables
from asbdesk.headoffice.place import OfficeFolder
from asbdesk.model import journal as t
from asbdesk.store.apply import rebuild
from asbdesk.store.fold import known
from asbdesk.sync import founding, keys, roster, sealing
from tests import builders as b
from tests.headoffice.offices import AT, Served
from tests.sync.laptops import Laptop, alone, empty, join


@pytest.fixture
def working(served: Served) -> Iterator[hub.Hub]:
    """A hub beside the service."""
    with hub.opened(served.folder, SystemClock()) as made:
        yield made


@pytest.fixture
def office(tmp_path: Path, desk_clock: SetClock, served: Served) -> Iterator[Laptop]:
    """Head office's first laptop, which founded the organisation at the service."""
    made = alone(tmp_path / "first", desk_clock)
    founding.create(made.store, served.url, served.begun.code)
    yield made
    made.store.close()


def rows(engine: sa.Engine, table: sa.Table) -> list[dict[str, object]]:
    with engine.connect() as conn:
        found = [dict(row) for row in conn.execute(sa.select(table)).mappings()]
    return sorted(found, key=lambda row: str([row[c.name] for c in table.primary_key.columns]))


def same_records(laptop: Laptop, made: hub.Hub) -> None:
    """Every record and everything that is derived of them is the same on the laptop and in the hub's tables."""
    laptop.store.journal.catch_up()
    one, other = laptop.store.reader, made.desk.reader
    for table in (*(kind.__table__ for kind in known().values()), t.conflict, t.due, t.case_line):
        assert rows(one, table) == rows(other, table), table.name


def test_what_a_laptop_wrote_stands_in_postgresql(office: Laptop, working: hub.Hub) -> None:
    case, _, _ = office.do(b.open_whole_case)
    assessment = office.do(b.assess, case, "high")
    office.do(b.change_band, assessment, "medium")
    assert office.meet().sent > 5
    assert working.round()
    same_records(office, working)


def test_three_laptops_and_the_hub_end_equal(
    office: Laptop, working: hub.Hub, tmp_path: Path, desk_clock: SetClock, served: Served
) -> None:
    ben, cat = (empty(tmp_path / name, desk_clock) for name in ("ben", "cat"))
    join(office, ben, "Ben Officer")
    join(office, cat, "Cat Officer")
    case, person, _ = ben.do(b.open_whole_case)
    ben.do(b.hand_over, case, ben.member)
    for laptop in (ben, office, cat, ben):
        laptop.meet()
    office.do(b.note_contact, case, "from head office")
    ben.do(b.note_contact, case, "from Ben")
    office.do(b.hand_over, case, cat.member)
    for _ in range(3):
        for laptop in (office, ben, cat):
            laptop.meet()
            working.round()
    for one in (office, ben):  # who meets there already needs no code to go on
        assert not founding.needs_code(one.store, served.url)
        assert not founding.create(one.store, served.url).new
    assert cat.texts(f"case/{case}") == office.texts(f"case/{case}") != []
    assert cat.texts(f"person/{person}") == office.texts(f"person/{person}")
    same_records(office, working)
    for one in (ben, cat):
        b.assert_whole(one.store)
        one.store.close()


def test_what_came_while_the_hub_worked_is_for_its_next_round(
    office: Laptop, working: hub.Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.do(b.open_case, "ASB-2026-A0009", title="Before")
    office.meet()
    count, late = metrics.count, list[str]()

    def and_more_came(name: str, amount: int = 1) -> None:
        count(name, amount)
        if not late:  # at the end of the exchange
            late.append(office.do(b.open_case, "ASB-2026-A0010", title="Meanwhile"))
            office.meet()

    monkeypatch.setattr(metrics, "count", and_more_came)
    while working.round():
        pass
    with working.desk.reader.connect() as conn:
        titles = set(conn.exec_driver_sql("SELECT title FROM desk.cases").scalars())
    assert titles == {"Before", "Meanwhile"}


def test_a_hub_whose_words_are_not_taken_goes_on_and_tries_ever_more_seldom(office: Laptop, served: Served) -> None:
    """As with a folder whose keys are another service's: what it signs is refused, and what laptops sent is not."""
    office.meet()
    other = OfficeFolder(served.folder.folder)
    vars(other)["keys"] = replace(served.folder.keys, sign=sealing.sign_key_of(sealing.new_key()).private)
    with hub.opened(other, SystemClock()) as made:

        def tried() -> bool:
            """Whether a round exchanged: only then the end of the last exchange is another."""
            ended = []
            for go in (lambda: None, made.round):
                go()
                with made.desk.reader.connect() as conn:
                    ended.append(conn.exec_driver_sql("SELECT max(ended) FROM desk.sync_run").scalar())
            return ended[0] != ended[1]

        assert [number for number in range(1, 21) if tried()] == [1, 2, 4, 8, 16]
        office.do(b.open_case, "ASB-2026-A0010", title="Meanwhile")
        office.meet()
        assert tried() and tried() and not tried()
        with made.desk.reader.connect() as conn:
            assert conn.exec_driver_sql("SELECT title FROM desk.cases").scalars().all() == ["Meanwhile"]


def test_the_hubs_tables_are_those_of_a_rebuild(office: Laptop, working: hub.Hub) -> None:
    office.do(b.open_whole_case)
    office.meet()
    working.round()
    before = {name: rows(working.desk.reader, kind.__table__) for name, kind in known().items()}
    with working.desk.writer.begin() as conn:
        rebuild(conn)
    assert {name: rows(working.desk.reader, kind.__table__) for name, kind in known().items()} == before


def test_an_order_of_erasure_is_carried_out_in_the_database_too(
    office: Laptop, working: hub.Hub, served: Served
) -> None:
    case = office.do(b.open_case, "ASB-2026-A0009", title="A secret title")
    kept = office.do(b.open_case, "ASB-2026-A0010", title="Another")
    office.meet()
    working.round()
    org = working.office.members.org

    def order(conn: sa.Connection) -> None:
        private = keys.device_keys(conn).sign.private
        told = {"order": "o1", "files": [f"case/{case}"], "reason": "retention", "approved": ["m1", "m2"]}
        roster.declare(conn, private, office.device, org, "erase", AT, **told)

    office.store.journal.write_local(order)
    office.meet()
    working.round()
    with working.desk.reader.connect() as conn:
        cases = set(conn.exec_driver_sql("SELECT id FROM desk.cases").scalars())
        texts = "".join(conn.exec_driver_sql("SELECT text FROM desk.body").scalars())
        destroyed = conn.exec_driver_sql("SELECT count(*) FROM depot.block WHERE body IS NULL").scalar()
    assert cases == {kept}
    assert "A secret title" not in texts and "Another" in texts
    assert destroyed == 1
    with working.desk.writer.begin() as conn:  # as if it had ended between the two steps
        conn.exec_driver_sql("UPDATE depot.block SET body = 'x' WHERE body IS NULL")
        conn.exec_driver_sql("DELETE FROM desk.local_setting WHERE name IN ('sync_destroyed', 'sync_roster')")
    office.do(b.note_contact, kept, "work goes on")
    office.meet()
    working.round()
    with working.desk.reader.connect() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM depot.block WHERE body IS NULL").scalar() == 1
    office.do(b.note_contact, kept, "and on")
    office.meet()
    assert working.round()


def test_values_that_postgresql_cannot_keep_stop_nothing(office: Laptop, working: hub.Hub) -> None:
    case = office.do(b.open_case, "ASB-2026-A0009", title="Plain")
    office.do(b.note_contact, case, "a number too large for four bytes", with_="x" * 5000)
    office.do(b.open_case, "ASB-2026-A0011", officer="o" * 9000)
    office.do(b.note_contact, case, "half\x00word")
    office.do(b.note_contact, case, "after it")
    office.meet()
    working.round()
    with working.desk.reader.connect() as conn:
        notes = set(conn.exec_driver_sql("SELECT note FROM desk.contacts").scalars())
        aside = conn.exec_driver_sql("SELECT count(*) FROM report.set_aside").scalar()
    assert {"after it", "half\ufffdword"} <= notes and aside == 0
    assert "half\\u0000word" in "".join(office.texts(f"case/{case}")), "what was written is in the entry"
    same_records(office, working)
    b.assert_whole(office.store)


def test_the_hubs_own_keys_are_in_no_table(office: Laptop, working: hub.Hub, served: Served) -> None:
    office.meet()
    working.round()
    secret = served.folder.keys
    with psycopg.connect(served.folder.settings.database) as conn:
        tables = conn.execute(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables "
            "WHERE schemaname IN ('desk', 'depot')"
        ).fetchall()
        for (table,) in tables:
            rows = conn.execute(f"SELECT * FROM {table}").fetchall()
            held = {bytes(value) for row in rows for value in row if isinstance(value, bytes)}
            assert not held & {secret.sign, secret.box, secret.session}, table


def test_reports_say_what_the_window_says(office: Laptop, working: hub.Hub) -> None:
    case, _, _ = office.do(b.open_whole_case)
    office.do(b.hand_over, case, office.member)
    office.do(b.assess, case, "high")
    office.do(
        b.report,
        case,
        "Shouting at night",
        behaviours=["noise"],
        hate={"perceived_by": "reporter", "strands": ["race"]},
    )
    office.do(agencies.asked, case, "The council")
    office.do(b.open_case, "PRACTICE-1", practice=True)
    held = {"what": "asb", "number": "4", "since": "2025-01-01", "again": "2027-01-01"}
    policy = office.do(
        registers.write, one_form("policies"), {**held, "agreed": "Us", "risk_named": "yes", "doable": "yes"}
    )
    office.meet()
    working.round()
    with working.desk.reader.connect() as conn:
        (one,) = conn.exec_driver_sql("SELECT * FROM report.cases").mappings()
        assert (one["case_id"], one["level"], one["officer"], one["status"]) == (case, "high", "Ann Office", "open")
        (told,) = conn.exec_driver_sql("SELECT * FROM report.incidents").mappings()
        assert (told["perceived_as_hate"], told["hate_strands"], told["behaviours"]) == (True, ["race"], ["noise"])
        duties = conn.exec_driver_sql("SELECT count(*) FROM report.duties").scalar()
        due = conn.exec_driver_sql('SELECT count(*) FROM desk.due WHERE "case" = %s', (case,)).scalar()
        assert duties == due != 0
        (load,) = conn.exec_driver_sql("SELECT * FROM report.officers").mappings()
        assert (load["officer"], load["open_cases"], load["open_high"]) == ("Ann Office", 1, 1)
        (team,) = conn.exec_driver_sql("SELECT * FROM report.teams").mappings()
        assert (team["open_cases"], team["nobodys"], team["officers"]) == (1, 0, 1)
        waited = {line["duty"]: line for line in conn.exec_driver_sql("SELECT * FROM report.turnaround").mappings()}
        assert waited["agency_request"]["state"] == "open" and waited["agency_request"]["days"] >= 0
        (own,) = conn.exec_driver_sql("SELECT * FROM report.own_records").mappings()
        assert (own["record_id"], own["what"], own["version"], own["stands"]) == (policy, "asb", "4", True)
        assert (str(own["since"]), str(own["look_again_by"])) == ("2025-01-01", "2027-01-01")
        for view in ("months", "conflicts", "set_aside", "laptops", "contacts"):
            conn.exec_driver_sql(f"SELECT * FROM report.{view}").all()


def test_a_column_that_is_missing_is_added_and_filled(office: Laptop, working: hub.Hub, served: Served) -> None:
    case = office.do(b.open_case, "ASB-2026-A0009", title="Kept")
    office.meet()
    working.round()
    with psycopg.connect(served.folder.settings.database, autocommit=True) as conn:
        conn.execute(
            "DROP VIEW report.teams, report.turnaround, report.months, report.officers, report.incidents, "
            "report.contacts, report.duties, report.cases"
        )
        conn.execute("ALTER TABLE desk.cases DROP COLUMN title, DROP COLUMN officer")
        conn.execute("DROP TABLE desk.contacts")
    assert tables.prepare(working.desk.writer) == ("case", "contact")
    with working.desk.reader.connect() as conn:
        assert conn.exec_driver_sql("SELECT title FROM desk.cases WHERE id = %s", (case,)).scalar() == "Kept"
    same_records(office, working)
