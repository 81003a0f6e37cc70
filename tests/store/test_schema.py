"""Migrations: on a filled file nothing is lost, guards come back, and the tables equal the models."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from asbdesk.casework import needs_told, repairs
from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.model import (
    ApprovedWords,
    Base,
    FinishedForm,
    Landlord,
    LaterSeal,
    LearningStatement,
    Letter,
    RegisterEntry,
    Share,
    Triage,
    WithdrawnList,
    new_id,
)
from asbdesk.paths import StorePaths
from asbdesk.store import schema, vault
from asbdesk.store.engine import make_engine
from asbdesk.store.vault import Store
from asbdesk.store.work import Work, action
from tests import builders as b
from tests.conftest import PASSPHRASE

STEPS = Path(__file__).parent / "steps"
KEY = b"k" * 32


def after(step: str) -> tuple[str, ...]:
    """The steps that come after this one."""
    return schema.VERSIONS[schema.VERSIONS.index(step) + 1 :]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    made = make_engine(tmp_path / "x.db", KEY, migrating=True)
    yield made
    made.dispose()


def shape(conn: sa.Connection) -> dict[str, Any]:
    """Every table as SQLite keeps it: columns, keys, indexes, with a rowid or not; column order apart."""
    found: dict[str, Any] = {}
    for table in conn.exec_driver_sql("PRAGMA table_list").all():
        if table.type == "table" and table.name not in ("alembic_version", "sqlite_schema", "sqlite_temp_schema"):
            columns = conn.exec_driver_sql(f'PRAGMA table_xinfo("{table.name}")').all()
            indexes = conn.exec_driver_sql(f'PRAGMA index_list("{table.name}")').all()
            named = {
                (i.name if i.origin == "c" else i.origin, i.unique): [
                    c.name for c in conn.exec_driver_sql(f'PRAGMA index_info("{i.name}")').all()
                ]
                for i in indexes
            }
            found[table.name] = (table.wr, sorted((c.name, c.type, c.pk) for c in columns), named)
    return found


def test_the_migrated_tables_equal_the_models(engine: sa.Engine, tmp_path: Path) -> None:
    assert schema.create_or_upgrade(engine) == schema.VERSIONS
    plain = make_engine(tmp_path / "models.db", KEY)
    Base.metadata.create_all(plain)
    with engine.connect() as conn, plain.connect() as models:
        assert shape(conn) == shape(models)
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        own = re.compile(r"'(alembic_version|search(_\w+)?)'")  # the search's index is made beside the steps
        differences = [d for d in compare_metadata(context, Base.metadata) if not own.search(repr(d))]
        assert differences == []
    plain.dispose()


def test_the_list_of_steps_is_that_of_the_folder() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert tuple(step.revision for step in script.walk_revisions())[::-1] == schema.VERSIONS
    for path in (schema.MIGRATIONS / "versions").glob("v*.py"):
        assert "asbdesk" not in path.read_text(encoding="utf-8"), "a step never imports the models"


def test_no_step_is_without_a_file_of_its_release() -> None:
    kept = {path.name for path in (Path(__file__).parents[1] / "stores").iterdir() if path.is_dir()}
    assert kept, "tests/stores keeps a store from every release"


def test_a_step_on_a_filled_file_loses_nothing_and_the_guards_come_back(store: Store, tmp_path: Path) -> None:
    case, _, _ = store.do(b.open_whole_case).value
    contacts = [store.do(b.note_contact, case, f"note {i}").value for i in range(5)]
    with store.reader.connect() as conn:
        before = b.dump(conn)
        guards = guards_of(conn)
    copy = copied(store, tmp_path)
    engine = make_engine(copy.database, store.key, migrating=True)
    called: list[str] = []
    assert schema.create_or_upgrade(engine, before=lambda: called.append("copied"), places=[STEPS]) == ("9001",)
    assert called == ["copied"]
    with engine.connect() as conn:
        assert guards_of(conn) == guards and b.dump(conn) == before
        assert conn.exec_driver_sql("SELECT count(*) FROM contacts WHERE mood IS NULL").scalar() == len(contacts)
    with pytest.raises(sa.exc.DBAPIError, match="outside the journal"), engine.begin() as conn:
        conn.exec_driver_sql("UPDATE contacts SET note = 'x'")
    engine.dispose()
    # and to this version of the program the file is now a newer one
    with pytest.raises(UserError, match="newer asbdesk"):
        vault.unlock(copy, SetClock("2026-11-21T10:00:00.000Z"), passphrase=PASSPHRASE)


def test_0002_fills_the_new_kinds_from_what_the_journal_holds_already(store: Store, tmp_path: Path) -> None:
    """A file as the first version left it, after a newer desk's entries came in: kept whole, shown after the step."""
    case, person, _ = store.do(b.open_whole_case).value
    store.do(b.note_contact, case, "a note", history_id="c1")
    store.do(repairs.ask_repair, case, "Door", "security")
    store.do(needs_told.told_of, case, person, ["asthma"])
    with store.reader.connect() as conn:
        now, guards = b.dump(conn), guards_of(conn)
    copy = copied(store, tmp_path)
    engine = make_engine(copy.database, store.key, migrating=True)
    with engine.begin() as conn:
        _as_the_first_version_left_it(conn, tmp_path)
    assert schema.create_or_upgrade(engine) == after("0001")
    with engine.connect() as conn:
        assert b.dump(conn) == now and guards_of(conn) == guards
    engine.dispose()
    again = vault.unlock(copy, SetClock("2026-11-21T10:00:00.000Z"), passphrase=PASSPHRASE)
    b.assert_whole(again)
    again.close()


def _as_the_first_version_left_it(conn: sa.Connection, tmp_path: Path) -> None:
    """Take off every table and column that 0002 brought."""
    first = make_engine(tmp_path / "first.db", KEY, migrating=True)
    with first.begin() as old:
        schema._run(old, (), "0001")
        tables = sa.inspect(old)
        there = {table: {c["name"] for c in tables.get_columns(table)} for table in tables.get_table_names()}
    first.dispose()
    schema.drop_triggers(conn)
    conn.exec_driver_sql("DROP TABLE search")
    for table in sa.inspect(conn).get_table_names():
        if table not in there:
            conn.exec_driver_sql(f'DROP TABLE "{table}"')
            continue
        for column in {c["name"] for c in sa.inspect(conn).get_columns(table)} - there[table]:
            conn.exec_driver_sql(f'ALTER TABLE "{table}" DROP COLUMN "{column}"')
    conn.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")


@action("report.looked_at")
def _looked(work: Work, case: str) -> None:
    told = {"form": "sha256:1", "answers": {"q1": "yes"}}
    work.add(Triage(id=new_id(), file=f"case/{case}", at=work.happened, outcome="asb", **told))


BROUGHT: dict[str, tuple[str, ...]] = {
    "0007": ("letters",),
    "0008": ("shares",),
    "0009": ("later_seals", "withdrawn_lists", "landlords.time_authority", "landlords.time_root"),
    "0010": ("approved_words",),
    "0011": ("learning_statements",),
    "0012": ("finished_forms", "register_entries"),
}
"""Step → the tables and columns that it brought."""


def put_back(conn: sa.Connection, step: str) -> None:
    """As the file was at `step`: what later ones brought is dropped, its triggers with it."""
    schema.drop_triggers(conn)
    for brought in (each for later in after(step) for each in BROUGHT.get(later, ())):
        table, _, name = brought.partition(".")
        conn.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {name}" if name else f"DROP TABLE {table}")
    conn.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{step}'")


def test_0005_fills_what_a_finished_form_kept(store: Store, tmp_path: Path) -> None:
    """A file of the step before, after a newer desk's first look came in: its form and answers are shown."""
    case = store.do(b.open_case).value
    store.do(_looked, case)
    with store.reader.connect() as conn:
        now, guards = b.dump(conn), guards_of(conn)
    engine = make_engine(copied(store, tmp_path).database, store.key, migrating=True)
    with engine.begin() as conn:
        put_back(conn, "0004")
        for table, column in (
            *(("triages", "form"), ("triages", "answers"), ("hate_records", "form"), ("hate_records", "answers")),
            *(("contact_agreements", "agreed_by"), ("policy_profiles", "working_days")),
        ):
            conn.exec_driver_sql(f'ALTER TABLE "{table}" DROP COLUMN "{column}"')
    assert schema.create_or_upgrade(engine) == after("0004")
    with engine.connect() as conn:
        assert b.dump(conn) == now and guards_of(conn) == guards
    engine.dispose()


def test_0006_puts_lists_in_their_order(store: Store, tmp_path: Path) -> None:
    """A file of the step before gets the indexes; what it holds stays, and the lists are read in their order."""
    case = store.do(b.open_case).value
    with store.reader.connect() as conn:
        now, guards = b.dump(conn), guards_of(conn)
    engine = make_engine(copied(store, tmp_path).database, store.key, migrating=True)
    with engine.begin() as conn:
        new = ("due_officer", "case_line_due", "case_line_all", "actions_now", "reports_hate", "ix_households_person")
        for name in new:
            conn.exec_driver_sql(f"DROP INDEX {name}")
        conn.exec_driver_sql("CREATE INDEX due_officer ON due (officer, state, due_on)")
        put_back(conn, "0005")
    assert schema.create_or_upgrade(engine) == after("0005")
    with engine.connect() as conn:
        assert guards_of(conn) == guards
        assert {k: v for k, v in b.dump(conn).items() if k != "due_stale"} == {
            k: v for k, v in now.items() if k != "due_stale"
        }
        lists = (
            ("SELECT case_line.reference FROM case_line WHERE status = 'open'", "case_line_due"),
            ("SELECT case_line.reference FROM case_line", "case_line_all"),
        )
        for asked, index in lists:
            plan = conn.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {asked} ORDER BY next_due NULLS LAST, reference DESC LIMIT 9"
            )
            told = " ".join(step.detail for step in plan)
            assert index in told and "ORDER BY" not in told.replace("LAST TERM OF ORDER BY", "")
        few = (
            ("SELECT id FROM actions WHERE code = 'now'", "actions_now"),
            ("SELECT id FROM reports WHERE hate IS NOT NULL", "reports_hate"),
            ("SELECT children FROM households WHERE person IN ('a', 'b')", "ix_households_person"),
        )
        for asked, index in few:
            assert index in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}").one().detail
    engine.dispose()
    assert case in {row[0] for row in now["case_line"]}


def _comes_back(store: Store, tmp_path: Path, step: str) -> None:
    """A copy put back to `step` is what it was once the later steps are taken again."""
    with store.reader.connect() as conn:
        now, guards = b.dump(conn), guards_of(conn)
    engine = make_engine(copied(store, tmp_path).database, store.key, migrating=True)
    with engine.begin() as conn:
        put_back(conn, step)
    assert schema.create_or_upgrade(engine) == after(step)
    with engine.connect() as conn:
        assert b.dump(conn) == now and guards_of(conn) == guards
    engine.dispose()


@action("post.sealed")
def _sealed(work: Work, case: str) -> None:
    told = {"letter": "update", "title": "Where we are", "answers": {"how": "ring"}, "large": True}
    work.add(Letter(id=new_id(), file=f"case/{case}", at=work.happened, **told))


def test_0007_shows_the_letters_that_came_from_a_newer_desk(store: Store, tmp_path: Path) -> None:
    """A file of the step before, after a newer desk's letter came in: it is shown after the step."""
    case = store.do(b.open_case).value
    store.do(_sealed, case)
    _comes_back(store, tmp_path, "0006")


@action("share.made")
def _shared(work: Work, case: str) -> None:
    told = {"way": "pack", "to": "Police", "what": ["A report"], "until": "2026-12-01", "encrypted": True}
    work.add(Share(id=new_id(), file=f"case/{case}", at=work.happened, **told))


def test_0008_shows_what_was_shared_on_a_newer_desk(store: Store, tmp_path: Path) -> None:
    """A file of the step before, after a newer desk's sharing log came in: it is shown after the step."""
    case = store.do(b.open_case).value
    store.do(_shared, case)
    _comes_back(store, tmp_path, "0007")


@action("seal.raised")
def _stamped(work: Work, case: str) -> None:
    told = {"document": "plan_version/1", "what": "time_stamp", "name": "Local time", "sealed_size": 70_000}
    work.add(LaterSeal(id=new_id(), file=f"case/{case}", at=work.happened, **told))


@action("landlord.time_authority")
def _asks_for_the_time(work: Work) -> None:
    file = "landlord/one"
    work.add(Landlord(id=new_id(), file=file, name="Wharram Homes", time_authority="http://127.0.0.1/"))
    work.add(WithdrawnList(id=new_id(), file=file, number=1, at=work.happened, crl="-"))


def test_0009_shows_what_was_raised_and_withdrawn_on_a_newer_desk(store: Store, tmp_path: Path) -> None:
    """A file of the step before, after a newer desk's time stamp came in: it is shown after the step."""
    case = store.do(b.open_case).value
    store.do(_stamped, case)
    store.do(_asks_for_the_time)
    _comes_back(store, tmp_path, "0008")


@action("words.approved")
def _approved(work: Work) -> None:
    told = {"language": "ur", "hash": "sha256:0", "texts": {"plan": "words: {}"}, "by": "Rosalind Hughes"}
    work.add(ApprovedWords(id=new_id(), file="landlord/one", on="2026-11-21", **told))


def test_0010_shows_the_words_that_were_approved_on_a_newer_desk(store: Store, tmp_path: Path) -> None:
    """A file of the step before, after a newer desk's approved words came in: they are there after the step."""
    store.do(_approved)
    _comes_back(store, tmp_path, "0009")


@action("ombudsman.learned")
def _learned(work: Work, case: str) -> None:
    told = {"found": "Maladministration", "differently": "We ring back", "changes": ["We train, by 1 March"]}
    work.add(LearningStatement(id=new_id(), file=f"case/{case}", at=work.happened, **told))


def test_0011_shows_what_was_learned_on_a_newer_desk(store: Store, tmp_path: Path) -> None:
    """A file of the step before, after a newer desk's learning statement came in: it is shown after the step."""
    case = store.do(b.open_case).value
    store.do(_learned, case)
    _comes_back(store, tmp_path, "0010")


@action("form.kept")
def _kept(work: Work, case: str) -> None:
    told = {"at": work.happened, "answers": {"who": "Two people"}, "definition": "sha256:0", "by": work.member}
    work.add(FinishedForm(id=new_id(), file=f"case/{case}", form="complaint_meeting", about="c1", **told))
    work.add(RegisterEntry(id=new_id(), file="landlord/1", register="policies", follows="r1", **told))


def test_0012_shows_the_forms_and_registers_of_a_newer_desk(store: Store, tmp_path: Path) -> None:
    """A file of the step before, after a newer desk's forms came in: they are shown after the step."""
    case = store.do(b.open_case).value
    store.do(_kept, case)
    _comes_back(store, tmp_path, "0011")


def test_a_step_that_fails_leaves_the_file_as_it_was(store: Store, tmp_path: Path) -> None:
    store.do(b.open_whole_case)
    copy = copied(store, tmp_path)
    steps = tmp_path / "steps"
    steps.mkdir()
    text = (STEPS / "v9001_later.py").read_text(encoding="utf-8")
    (steps / "v9001_fails.py").write_text(text + "\n    raise RuntimeError('power')\n", encoding="utf-8")
    engine = make_engine(copy.database, store.key, migrating=True)
    with pytest.raises(RuntimeError, match="power"):
        schema.create_or_upgrade(engine, places=[steps])
    engine.dispose()
    again = vault.unlock(copy, SetClock("2026-11-21T10:00:00.000Z"), passphrase=PASSPHRASE)
    b.assert_whole(again)
    again.close()


def test_an_older_store_is_copied_before_it_is_upgraded(
    store_paths: StorePaths, desk_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        schema, "VERSIONS", (*schema.VERSIONS, "9001")
    )  # as the next version of the program will have it
    right = schema.create_or_upgrade
    monkeypatch.setattr(schema, "create_or_upgrade", lambda engine, **more: right(engine, places=[STEPS], **more))
    store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    case = store.do(b.open_case).value
    store.do(b.note_contact, case, "x")
    store.close()
    copies = list(store_paths.folder.rglob("slots.json"))
    assert len(copies) == 2, "the store and the copy made before its upgrade"


def guards_of(conn: sa.Connection) -> dict[str, str]:
    found = conn.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {guard.name: guard.sql for guard in found}


def copied(store: Store, tmp_path: Path) -> StorePaths:
    raw = store.writer.raw_connection()
    raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    return StorePaths(Path(shutil.copytree(store.paths.folder, tmp_path / "copy")))
