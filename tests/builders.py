"""What many tests build or ask: a person in a case, all of a store's entries, whether a store is whole."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from asbdesk.duties.policy import Policy
from asbdesk.model import (
    Assessment,
    Case,
    Contact,
    Evidence,
    Home,
    Involvement,
    Person,
    Promise,
    Report,
    new_id,
)
from asbdesk.model import journal as t
from asbdesk.store import derive
from asbdesk.store.apply import rebuild, told_of
from asbdesk.store.check import check
from asbdesk.store.files import Kept
from asbdesk.store.fold import known
from asbdesk.store.journal import Work, action
from asbdesk.store.vault import Store


@action("case.opened")
def open_case(work: Work, reference: str = "ASB-2026-A0001", **fields: Any) -> str:
    """A case with nobody in it; its id."""
    case = new_id()
    work.add(Case(id=case, file=f"case/{case}", reference=reference, status="open", stream="asb", **fields))
    return case


@action("case.opened")
def open_whole_case(work: Work, name: str = "Ms Invented Person") -> tuple[str, str, str]:
    """A case with its reporter and their home: three files, three entries; their ids."""
    case, person, home = new_id(), new_id(), new_id()
    work.add(Home(id=home, file=f"home/{home}", address="1 Invented Row", postcode="ZZ1 1ZZ"))
    work.add(Person(id=person, file=f"person/{person}", name=name, home=home))
    work.add(Case(id=case, file=f"case/{case}", reference="ASB-2026-A0002", status="open", stream="asb", home=home))
    work.add(Involvement(id=new_id(), file=f"case/{case}", person=person, role="reporter"))
    return case, person, home


@action("case.handed")
def hand_over(work: Work, case: str, officer: str | None) -> None:
    """Another officer looks after the case."""
    work.get(Case, case).officer = officer


@action("contact.made")
def note_contact(work: Work, case: str, note: str, **fields: Any) -> str:
    """A contact in a case; its id."""
    contact = Contact(id=new_id(), file=f"case/{case}", note=note, at=work.happened, made=True, **fields)
    return work.add(contact).id


@action("risk.assessed")
def assess(work: Work, case: str, band: str, **fields: Any) -> str:
    """An assessment; its id."""
    return work.add(Assessment(id=new_id(), file=f"case/{case}", band=band, at=work.happened, **fields)).id


@action("risk.changed")
def change_band(work: Work, assessment: str, band: str | None) -> None:
    """Another level."""
    work.get(Assessment, assessment).band = band


@action("report.recorded")
def report(work: Work, case: str, words: str, **fields: Any) -> str:
    """A report; its id."""
    return work.add(Report(id=new_id(), file=f"case/{case}", words=words, received=work.happened, **fields)).id


@action("promise.made")
def promise(work: Work, case: str, what: str, by: str) -> str:
    """A promise; its id."""
    return work.add(Promise(id=new_id(), file=f"case/{case}", what=what, by=by)).id


@action("evidence.taken")
def take_evidence(work: Work, case: str, kept: Kept) -> str:
    """A photograph that was kept; its record's id."""
    evidence = Evidence(id=new_id(), file=f"case/{case}", type="photo", blob=kept.blob, key=kept.key)
    evidence.sha256, evidence.size = kept.sha256, kept.size
    return work.add(evidence).id


# ---- looking in
def texts(store: Store) -> list[str]:
    """The exact text of every entry, in the order the store took them in."""
    with store.reader.connect() as conn:
        return list(conn.scalars(sa.select(t.body.c.text).order_by(t.body.c.n)))


def dump(conn: sa.Connection, *, derived: bool = True) -> dict[str, list[tuple[Any, ...]]]:
    """Every record, conflict and derived line, by table."""
    filled = told_of(conn)
    tables = [known()[kind].__table__ for kind in sorted(filled)] + [t.conflict]
    tables += [t.due, t.case_line] if derived else []
    found: dict[str, list[tuple[Any, ...]]] = {cls.__table__.name: [] for cls in known().values()}
    for table in tables:
        which = sa.select(table).order_by(*table.primary_key.columns)
        found[table.name] = [tuple(row) for row in conn.execute(which)]
    return found


def assert_whole(store: Store) -> None:
    """`check` finds nothing, and a rebuild into empty tables equals what stands."""
    store.journal.catch_up()
    faults = [f for f in check(store) if not f.whole]
    assert not faults, faults
    before, after = store.journal.rehearse(_rebuilt)
    for table, rows in before.items():
        assert after[table] == rows, f"a rebuild of {table} differs from what stands"


def worked_out_anew(conn: sa.Connection, profile: Policy | None = None) -> None:
    """Empty the derived tables and work out every case, by these numbers of the landlord's or its own."""
    for table in (t.due, t.case_line, t.due_stale):
        conn.execute(table.delete())
    derive.refresh_cases(conn, conn.scalars(sa.select(Case.id)).all(), profile)


def _rebuilt(conn: sa.Connection) -> tuple[dict[str, Any], dict[str, Any]]:
    before = dump(conn)
    rebuild(conn)
    worked_out_anew(conn)
    return before, dump(conn)
