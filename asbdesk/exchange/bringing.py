"""The cases of a desk that worked by itself, brought to the desk that its officer joined colleagues with.

What happened is written again in the order and with the days it had, from one encrypted store to the other. Photographs
and sealed papers are copied as they lie, encrypted, each under the key that its record holds: nothing is written plain.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.records import landlord_of
from asbdesk.casework.reports import next_reference
from asbdesk.errors import NotWhole, UserError
from asbdesk.exchange.export import case_files
from asbdesk.model import Agency, Case, FormText, kinds
from asbdesk.model import journal as t
from asbdesk.store.erase import blobs_in
from asbdesk.store.roles import READS_ALONE
from asbdesk.store.work import action
from asbdesk.sync import place

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk
    from asbdesk.store.vault import Store
    from asbdesk.store.work import Work

Told = Callable[[int, int], object]
BELONGS = "That desk meets colleagues itself: its cases come with an exchange, and are not brought."
NOT_YET = "This desk is not ready to take cases: join your colleagues first, and exchange once they have admitted it."
READS = "This desk reads and writes nothing, so it takes no cases. Bring them to an officer's desk."


@dataclass(frozen=True)
class Brought:
    """`cases`: their numbers here, by those that they had. `files`: photographs and sealed papers; `missing`: those
    that are not whole on that desk. `begun`: cases left there because a form in them is half filled in."""

    cases: dict[str, str]
    entries: int
    files: int
    missing: tuple[str, ...]
    begun: tuple[str, ...]

    @property
    def words(self) -> str:
        """What was done, for the officer."""
        count = len(self.cases)
        files = "1 photograph or paper" if self.files == 1 else f"{self.files} photographs and papers"
        said = f"{count} case{'' if count == 1 else 's'} brought{f', with {files}' if self.files else ''}."
        if self.missing:
            said += f" {len(self.missing)} of their files are not whole on the earlier desk: its copies may have them."
        if self.begun:
            said += f" A form is half filled in in {', '.join(self.begun)}: finish it there, then bring again."
        return said if count or self.begun else "Every case of that desk is here already."


def bring_from(folder: Path, passphrase: str, desk: Desk, told: Told | None = None) -> Brought:
    """`bring` from the desk in a folder, which its own passphrase opens. Raises UserError where there is none, it is
    open elsewhere, or the passphrase is not that one."""
    from asbdesk.paths import StorePaths
    from asbdesk.store import vault

    paths = StorePaths(folder.expanduser().absolute())
    if not paths.exists():
        raise UserError(f"{folder}: there is no desk here. It is the folder in which desk.db lies.")
    if paths.folder == desk.store.paths.folder:
        raise UserError("That is the desk that is open here. Choose the folder of the earlier one.")
    old = vault.unlock(paths, desk.clock, passphrase=passphrase)
    try:
        return bring(old, desk, told)
    finally:
        old.close()


def bring(old: Store, desk: Desk, told: Told | None = None) -> Brought:
    """Bring every case of `old` that is not here yet, one after the other, each whole or not at all; `told(done, of)`.
    Practice cases stay. Raises UserError where that may not be. Again brings what is new there, and nothing twice."""
    _see_that_it_may(old, desk)
    cases = [case for case in old.ask(_cases_of).value if not _is_here(desk.store, f"case/{case.id}")]
    begun = tuple(case.reference for case in cases if case.begun)
    done = Brought({}, 0, 0, (), begun)
    ready = [case for case in cases if not case.begun]
    for at, case in enumerate(ready):
        if told is not None:
            told(at, len(ready))
        done = _bring_one(old, desk, case, done)
    desk.store.journal.catch_up()
    return done


def _see_that_it_may(old: Store, desk: Desk) -> None:
    with old.reader.connect() as conn:
        if place.read(conn) is not None:
            raise UserError(BELONGS)
    with desk.store.reader.connect() as conn:
        org = place.read(conn)
    if org is None or org.state != place.MEMBER or not desk.landlord.id:
        raise UserError(NOT_YET)
    if org.role in READS_ALONE:
        raise UserError(READS)


# ---- what there is to bring
@dataclass(frozen=True)
class _Case:
    id: str
    reference: str
    begun: bool


def _cases_of(session: Session) -> list[_Case]:
    begun = set(session.scalars(sa.select(t.form_run.c.case)))
    which = sa.select(Case.id, Case.reference).where(Case.practice.is_not(True)).order_by(Case.reference, Case.id)
    return [_Case(id_, reference or "", id_ in begun) for id_, reference in session.execute(which)]


def _is_here(store: Store, file: str) -> bool:
    with store.reader.connect() as conn:
        return conn.scalar(sa.select(t.entry.c.n).where(t.entry.c.file == file).limit(1)) is not None


def _entries_of(session: Session, files: Iterable[str]) -> list[dict[str, Any]]:
    aside = sa.select(t.set_aside.c.n)
    which = sa.select(t.body.c.text).join(t.entry, t.entry.c.n == t.body.c.n)
    which = which.where(t.entry.c.file.in_(list(files)), t.entry.c.n.not_in(aside)).order_by(t.entry.c.n)
    return [json.loads(text) for text in session.scalars(which)]


# ---- one case
def _bring_one(old: Store, desk: Desk, case: _Case, so_far: Brought) -> Brought:
    files = old.ask(case_files, case.id).value
    entries = old.ask(_entries_of, [file for file in files if not _is_here(desk.store, file)]).value
    copied, missing = _copy_files(old, desk, entries)
    said = json.dumps(entries)
    own = {old.journal.member: desk.member}
    with desk.store.journal.batch():
        for make, rows in ((_form_text, old.ask(_forms_in, said).value), (_agency, old.ask(_agencies_in, said).value)):
            for row in rows:
                desk.do(make, row)
        for body in (one for one in entries if one.get("set")):
            act = action(body["do"])(_again)
            desk.do(act, body["file"], _named(body["set"], own), happened=body.get("happened"))
        reference = desk.do(_numbered, case.id, case.reference).value
    cases = {**so_far.cases, case.reference: reference}
    files_of_all, lost = so_far.files + copied, (*so_far.missing, *missing)
    return Brought(cases, so_far.entries + len(entries), files_of_all, lost, so_far.begun)


def _copy_files(old: Store, desk: Desk, entries: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """As they lie, before the records that name them; how many, and those that are not whole there."""
    copied, missing = 0, []
    for blob in dict.fromkeys(blob for body in entries for blob, _ in blobs_in(body)):
        try:
            desk.files.take(old.files.path(blob))
            copied += 1
        except NotWhole:
            missing.append(blob)
    return copied, missing


def _named(value: Any, own: dict[str, str]) -> Any:
    """Values of an entry, its officer here in the place of its officer there."""
    if isinstance(value, str):
        return own.get(value, value)
    if isinstance(value, list):
        return [_named(one, own) for one in value]
    return {key: _named(one, own) for key, one in value.items()} if isinstance(value, dict) else value


def _again(work: Work, file: str, sets: dict[str, dict[str, list[Any]]]) -> None:
    """What one entry set there is set here."""
    for what, values in sets.items():
        kind, _, record = what.partition("/")
        known: Any = kinds()[kind]
        values = {name: value[0] for name, value in values.items()}
        found = work.find(known, record)
        if found is None:
            work.add(known(id=record, file=file, **values))
            continue
        for name, value in values.items():
            setattr(found, name, value)


@action("case.brought")
def _numbered(work: Work, case: str, before: str) -> str:
    """Its number here; the one on papers that were given out stays known."""
    found = work.get(Case, case)
    found.reference = reference = next_reference(work)
    found.imported_from = before
    return reference


# ---- what its records name of the landlord's file
def _forms_in(session: Session, said: str) -> list[dict[str, Any]]:
    return list(_rows_in(session, FormText, ("form", "version", "hash", "text"), "hash", said))


def _agencies_in(session: Session, said: str) -> list[dict[str, Any]]:
    names = tuple(name for name in Agency.__table__.columns.keys() if name not in ("file", "struck"))  # noqa: SIM118
    return list(_rows_in(session, Agency, names, "id", said))


def _rows_in(session: Session, cls: Any, names: tuple[str, ...], by: str, said: str) -> Iterator[dict[str, Any]]:
    for row in session.scalars(sa.select(cls).order_by(cls.id)):
        told = {name: getattr(row, name) for name in names}
        if told[by] and f'"{told[by]}"' in said:
            yield {"id": row.id, **told}


@action("form.kept")
def _form_text(work: Work, told: dict[str, Any]) -> None:
    """The words of a form that was answered there, where they are not known here."""
    if not work.select(sa.select(FormText).where(FormText.hash == told["hash"]).limit(1)):
        work.add(FormText(file=f"landlord/{landlord_of(work).id}", **told))


@action("agency.kept")
def _agency(work: Work, told: dict[str, Any]) -> None:
    """An agency that the case names, where it is not known here."""
    if work.find(Agency, told["id"]) is None:
        work.add(Agency(file=f"landlord/{landlord_of(work).id}", **told))


__all__ = ["Brought", "bring", "bring_from"]
