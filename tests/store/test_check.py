"""Every kind of damage is found, in its own area, in a sentence without a name in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from asbdesk.clock import SetClock
from asbdesk.model import Evidence, Person, new_id
from asbdesk.model import journal as t
from asbdesk.paths import StorePaths
from asbdesk.store import schema, vault
from asbdesk.store.check import Finding, check, is_whole
from asbdesk.store.journal import Work, action
from asbdesk.store.vault import Store
from tests import builders as b
from tests.conftest import PASSPHRASE

AREAS = ["database", "chain", "records", "derived", "evidence"]


def filled(store: Store) -> str:
    case = store.do(b.open_whole_case, "Ms Zephyrine Invented").value[0]
    assessment = store.do(b.assess, case, "standard").value
    seen, own = store.ask(lambda s: None).as_of, store.journal.session
    store.journal.session = "c" * 16 + ".01a1fd8abf38e51b7a"
    store.do(b.change_band, assessment, "high")
    store.journal.session = "e" * 16 + ".01a1fd8abf38e51b7a"
    store.do(b.change_band, assessment, "medium", as_of=seen)  # a conflict stands
    store.journal.session = own
    store.do(b.take_evidence, case, store.files.keep(b"a photograph" * 1000))
    return case


def sql(*statements: str) -> Callable[[Store], None]:
    def damage(store: Store) -> None:
        with store.writer.begin() as conn:
            schema.drop_triggers(conn)
            for statement in statements:
                conn.exec_driver_sql(statement)
            for _, trigger in schema.triggers():
                conn.exec_driver_sql(trigger)

    return damage


def flip_evidence(store: Store) -> None:
    (blob,) = store.files.names()
    path = store.files.path(blob)
    data = bytearray(path.read_bytes())
    data[500] ^= 1
    path.write_bytes(data)


def lose_evidence(store: Store) -> None:
    (blob,) = store.files.names()
    store.files.delete(blob)


DAMAGE: dict[str, tuple[list[str], Callable[[Store], None]]] = {
    "an entry's text altered": (
        ["chain", "records"],
        sql("""UPDATE body SET text = replace(text, 'high', 'standard')"""),
    ),
    "the salt altered": (["chain"], sql("UPDATE body SET salt = x'00' WHERE n = 2")),
    "an entry taken out": (
        ["chain", "records"],
        sql(*(f"DELETE FROM {x} WHERE n = 5" for x in ("entry", "body", "touch"))),
    ),
    "the last text taken out": (["chain", "records"], sql("DELETE FROM body WHERE n = (SELECT max(n) FROM body)")),
    "two entries exchanged": (
        ["chain"],
        sql(*(f"UPDATE entry SET n = {new} WHERE n = {old}" for old, new in ((4, -1), (5, 4), (-1, 5)))),
    ),
    "an entry given to another file": (["chain"], sql("UPDATE entry SET file = 'case/x' WHERE n = 4")),
    "an unlock renamed": (["chain"], sql("UPDATE session SET id = 'a.b' WHERE n = 1")),
    "a leaf altered": (["chain"], sql("UPDATE entry SET leaf = x'00' WHERE n = 3")),
    "text without an entry": (["chain"], sql("INSERT INTO body VALUES (99, x'00', '{}')")),
    "a touch taken out": (["chain", "records"], sql("DELETE FROM touch WHERE n = 4")),
    "a touch put in": (["chain"], sql("INSERT INTO touch VALUES ('novelty', 'x', 4)")),
    "a record altered": (["records"], sql("UPDATE persons SET phone = '1'")),
    "a record taken out": (["records"], sql("DELETE FROM evidence")),
    "a record put in": (["records"], sql("INSERT INTO contacts (id, file) VALUES ('x', 'case/y')")),
    "a conflict hidden": (["records"], sql("DELETE FROM conflict")),
    "a conflict invented": (["records"], sql("INSERT INTO conflict VALUES ('case', 'zzz', 'title', '[]')")),
    "a list line altered": (["derived"], sql("UPDATE case_line SET band = 'standard'")),
    "a list line of no case": (["derived"], sql("INSERT INTO case_line (\"case\") VALUES ('zzz')")),
    "a photograph altered": (["evidence"], flip_evidence),
    "a photograph lost": (["evidence"], lose_evidence),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_found_where_it_is(store_paths: StorePaths, desk_clock: SetClock, name: str) -> None:
    store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    try:
        filled(store)
        assert [(f.what, f.whole) for f in check(store)] == [(what, True) for what in AREAS]
        where, damage = DAMAGE[name]
        damage(store)
        findings = check(store)
        found = sorted({f.what for f in findings if not f.whole})
        assert set(where) <= set(found) and not is_whole(findings), findings
        assert "Zephyrine" not in repr(findings)
        said_well(findings)
    finally:
        store.close()


def said_well(findings: list[Finding]) -> None:
    for finding in findings:
        assert finding.sentence[0].isupper() or finding.sentence[0] == "“", finding
        assert finding.sentence.endswith((".", ").")), finding
        assert "Traceback" not in finding.sentence


def test_a_damaged_page_is_found_and_named(store_paths: StorePaths, desk_clock: SetClock) -> None:
    store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    filled(store)
    store.close()
    with store_paths.database.open("r+b") as stream:
        stream.seek(4096 * 40 + 100)
        byte = stream.read(1)
        stream.seek(4096 * 40 + 100)
        stream.write(bytes([byte[0] ^ 1]))
    store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    try:
        faults = [f for f in check(store) if not f.whole]
        assert any(f.what == "database" and "page 41" in f.sentence for f in faults), faults
        said_well(faults)
    finally:
        store.close()


def test_many_faults_are_counted_not_listed(store_paths: StorePaths, desk_clock: SetClock) -> None:
    store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    try:
        case = store.do(b.open_case).value
        for _ in range(30):
            store.do(b.note_contact, case, "x")
        sql("UPDATE contacts SET note = 'y'")(store)
        faults = [f for f in check(store) if f.what == "records"]
        assert len(faults) == 21 and faults[-1].sentence == "And 10 more of the same kind."
    finally:
        store.close()


def test_progress_is_told_in_every_area(store: Store) -> None:
    filled(store)
    told: list[tuple[str, int, int]] = []
    check(store, lambda *what: told.append(what))
    assert {area for area, _, _ in told} == set(AREAS)
    assert all(done <= of for _, done, of in told)


def test_what_waits_to_be_worked_out_is_no_fault(store: Store) -> None:
    case = filled(store)
    sql("UPDATE case_line SET band = 'standard'")(store)
    with store.writer.begin() as conn:
        conn.execute(t.due_stale.insert().values(case=case))
    assert is_whole(check(store))
    store.journal.catch_up()
    with store.reader.connect() as conn:
        assert conn.scalar(sa.select(t.case_line.c.band)) == "high"


def test_an_evidence_record_that_was_never_a_file_is_no_fault(store: Store) -> None:
    @action("x")
    def offered(work: Work) -> None:
        work.add(Evidence(id=new_id(), file="case/x", offered_not_taken=True))
        work.add(Person(id=new_id(), file="person/x", name="A"))

    store.do(offered)
    assert is_whole(check(store))


def test_a_file_that_a_colleague_has_not_sent_yet_is_no_damage(store: Store) -> None:
    """Also before anybody has looked which files are to come: the process may have ended between the two."""
    kept = store.files.keep(b"a photograph" * 1000)
    store.files.delete(kept.blob)
    own, store.journal.session = store.journal.session, "c" * 16 + ".01a1fd8abf38e51b7a"
    store.do(b.take_evidence, "x", kept)
    store.journal.session = own
    found = check(store)
    assert is_whole(found)
    assert found[-1].sentence.startswith("1 file has not come from a colleague's laptop yet")
