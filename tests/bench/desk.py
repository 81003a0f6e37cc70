"""The desk's figures, in this process: unlock, Today, the list, a case, its duties, an answer, a journalled write."""

from __future__ import annotations

import itertools
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from asbdesk.clock import SetClock, instant, today
from asbdesk.model import Case, Contact, new_id
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.store.work import action
from tests.bench.invented import NOW
from tests.bench.make_store import PASSPHRASE, copy_of
from tests.bench.measure import Measured, above_floor, medians, milliseconds, times_floor, within
from tests.journeys.visit_writer import STEPS, some_value

CLOCK = SetClock(NOW)
DAY = today(CLOCK)


def desk_figures(kept: Path, scratch: Path, rounds: int) -> list[Measured]:
    """All of them, on a copy of the store in `kept`."""
    paths = copy_of(kept, scratch / "store")
    figures = [unlock_to_today(paths, rounds)]
    store = vault.unlock(paths, CLOCK, passphrase=PASSPHRASE)
    try:
        cases = store.ask(some_cases, 50).value
        figures += [today_query(store, rounds * 3), list_query(store, rounds * 3), search_query(store, rounds * 3)]
        figures += [open_case(store, cases, rounds), duties(store, cases, rounds)]
        figures += [draft(store, cases, rounds), answer(store, cases, rounds)]
        bare = copy_of(kept, scratch / "bare")
        figures += writes(store, bare, cases, rounds * 5)
    finally:
        store.close()
    return figures


def some_cases(session: orm.Session, count: int) -> list[str]:
    """Open cases, the same each time."""
    ids = sorted(session.scalars(sa.select(Case.id).where(Case.status == "open")))
    return random.Random(1).sample(ids, min(count, len(ids)))


def unlock_to_today(paths: StorePaths, rounds: int) -> Measured:
    """The passphrase typed (its deliberate half second left out), until Today's content is there."""
    from asbdesk.casework.today import today as read_today
    from asbdesk.store.keys import Slots

    key = Slots.load(paths.slots).open_passphrase(PASSPHRASE)

    def ours() -> None:
        store = vault.unlock(paths, CLOCK, passphrase=PASSPHRASE)
        store.ask(read_today, store.journal.member, DAY)
        store.close()

    def floor() -> None:
        bare = bare_driver(paths, key)
        bare.execute("SELECT count(*) FROM case_line").fetchall()
        bare.close()

    value, least = medians(rounds, ours, floor)
    return above_floor("unlock to Today", value, "ms", least, 150)


def today_query(store: vault.Store, rounds: int) -> Measured:
    from asbdesk.casework.today import today as read_today

    return against_driver("Today", store, rounds, lambda s: read_today(s, store.journal.member, DAY))


def list_query(store: vault.Store, rounds: int) -> Measured:
    from asbdesk.casework.cases import list_cases

    return against_driver("case list, first 100", store, rounds, lambda s: list_cases(s, today=DAY))


def search_query(store: vault.Store, rounds: int) -> Measured:
    from asbdesk.casework.cases import list_cases

    return against_driver("search the list", store, rounds, lambda s: list_cases(s, search="harrow", today=DAY))


def against_driver(name: str, store: vault.Store, rounds: int, read: Callable[[orm.Session], Any]) -> Measured:
    """What `read` takes of the processor, against its own statements sent through the bare driver: by the clock on
    the wall a few milliseconds say more of what else the machine does."""
    sent: list[str] = []
    with store.reader.connect() as conn:
        driver: Any = conn.connection.driver_connection
    driver.set_trace_callback(sent.append)  # each statement with its values in it, whoever sent it
    store.ask(read)
    driver.set_trace_callback(None)
    asked = [statement for statement in sent if statement.startswith(("SELECT", "WITH"))]
    assert asked
    bare = bare_driver(store.paths, store.key)

    def floor() -> None:
        for statement in asked:
            bare.execute(statement).fetchall()

    value, least = medians(rounds, lambda: store.ask(read), floor, watch=time.thread_time)
    bare.close()
    return times_floor(name, value, "ms", least, 1.3)


def open_case(store: vault.Store, cases: list[str], rounds: int) -> Measured:
    """As the officer's click does it: the page read, and that it was looked at written down."""
    from asbdesk.casework.cases import case_page

    case = itertools.cycle(cases)

    def click() -> None:
        opened = next(case)
        store.ask(case_page, opened, DAY)
        store.journal.viewed(f"case/{opened}")

    (value,) = medians(min(rounds * 5, len(cases) - 1), click)  # each case once: a second look writes nothing
    return within("open a case", value, "ms", 50)


def duties(store: vault.Store, cases: list[str], rounds: int) -> Measured:
    """Facts read, what is owed worked out, the case's lines replaced; rolled back."""
    from asbdesk.store.derive import refresh

    case = itertools.cycle(cases)

    def work() -> None:
        with store.writer.connect() as conn:
            refresh(conn, {next(case)})
            conn.rollback()

    (value,) = medians(rounds * 5, work)
    return within("duties of a case", value, "ms", 10)


def draft(store: vault.Store, cases: list[str], rounds: int) -> Measured:
    run = store.drafts.start(cases[0], "risk_matrix", "sha256:" + "0" * 64)
    number = itertools.count()
    (value,) = medians(rounds * 20, lambda: store.drafts.save(run, f"q{next(number) % 14}", "yes"))
    store.drafts.end(run)
    return within("save a draft", value, "ms", 20)


def answer(store: vault.Store, cases: list[str], rounds: int) -> Measured:
    """As the officer's tap does it: the answer checked and saved, and all that the screen draws again."""
    from asbdesk.casework.desk import Desk
    from asbdesk.casework.visit import VisitPath

    path = VisitPath.start(Desk(store), cases[0])
    pick, steps = random.Random(1), itertools.cycle(STEPS)

    def tap() -> None:
        path.answer(*given)
        path.step(path.where[0])
        _ = path.steps

    taken = []
    for _ in range(rounds * 20):
        step = next(steps)
        path.go(step)
        asked = [a.question for a in path.step(step).questions if a.question.kind not in ("part", "person")]
        if asked:
            question = pick.choice(asked)
            given = step, question.id, some_value(pick, question)
            taken.append(milliseconds(tap))
    store.drafts.end(path.run)
    return within("save an answer on a visit, and draw", statistics.median(taken), "ms", 20)


def writes(store: vault.Store, bare: StorePaths, cases: list[str], rounds: int) -> list[Measured]:
    """A new record, and a changed one, through the journal, against an ORM flush into the same tables without one.

    Duties and list lines are left out on both sides; `a contact recorded, all told` has them.
    """
    from asbdesk.store.journal import Journal

    alone = Journal(
        store.writer, CLOCK, store.journal.device, member=store.journal.member, derive=lambda conn, cases: None
    )
    engine = unguarded(bare, store.key)
    case = itertools.cycle(cases)
    kept = new_contact(alone, cases[0])
    with orm.Session(engine) as session, session.begin():
        session.add(contact(cases[0], kept))
    number = itertools.count()

    def change_plainly() -> None:
        with orm.Session(engine) as session, session.begin():
            found = session.get(Contact, kept)
            assert found is not None
            found.note = f"changed {next(number)}"

    def add_plainly() -> None:
        with orm.Session(engine) as session, session.begin():
            session.add(contact(next(case), new_id()))

    journalled, plain = medians(rounds, lambda: new_contact(alone, next(case)), add_plainly)
    changed, plainly = medians(rounds, lambda: alone.do(change_note, kept, f"changed {next(number)}"), change_plainly)
    (whole,) = medians(rounds, lambda: new_contact(store.journal, next(case)))
    engine.dispose()
    return [
        times_floor("journalled write, new record", journalled, "ms", plain, 2),
        times_floor("journalled write, changed record", changed, "ms", plainly, 2),
        within("a contact recorded, all told", whole, "ms", 20),
    ]


def contact(case: str, contact_id: str) -> Contact:
    told = {"at": instant(NOW), "direction": "out", "made": True, "method": "telephone", "note": "Rang back."}
    return Contact(id=contact_id, file=f"case/{case}", **told)


def new_contact(journal: Any, case: str) -> str:
    added: str = journal.do(add_contact, case).value
    return added


@action("contact.recorded")
def add_contact(work: Any, case: str) -> str:
    added: str = work.add(contact(case, new_id())).id
    return added


@action("contact.changed")
def change_note(work: Any, contact_id: str, note: str) -> None:
    work.get(Contact, contact_id).note = note


def unguarded(paths: StorePaths, key: bytes) -> sa.Engine:
    """The same file, tables and pragmas, without the triggers that refuse a plain write."""
    from asbdesk.store.engine import make_engine

    engine = make_engine(paths.database, key)
    with engine.begin() as conn:
        for (name,) in conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            conn.exec_driver_sql(f'DROP TRIGGER "{name}"')
    return engine


def bare_driver(paths: StorePaths, key: bytes) -> Any:
    """The driver alone, on the same file."""
    from sqlcipher3 import dbapi2

    bare = dbapi2.connect(str(paths.database), isolation_level=None)
    bare.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    bare.execute("PRAGMA cache_size = -16384")
    return bare
