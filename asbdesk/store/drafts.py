"""Answers as they are given: one line each, saved at once, kept on this laptop until the step is finished."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from asbdesk.clock import instant
from asbdesk.model import journal as t
from asbdesk.model import new_id
from asbdesk.store.journal import Journal
from asbdesk.store.local import end_drafts


@dataclass(frozen=True)
class Run:
    """A form being filled in. `question` is the one last shown; `hash` names the definition's exact text."""

    id: str
    case: str
    form: str
    hash: str
    step: str | None
    question: str | None
    started: str
    saved: str
    as_of: int | None


class Drafts:
    """The forms under way on this laptop. Nothing here is journalled or leaves it."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def start(self, case: str, form: str, hash: str, step: str | None = None, as_of: int | None = None) -> str:
        """Begin a form for a case; its run's id."""
        run = new_id()
        at = self._now()
        line = {"id": run, "case": case, "form": form, "hash": hash, "step": step, "started": at, "saved": at}
        self._journal.write_local(lambda conn: conn.execute(t.form_run.insert().values(**line, as_of=as_of)))
        return run

    def save(self, run: str, question: str, value: Any) -> None:
        """Keep an answer; it is on the disk when this returns."""
        new = insert(t.draft).values(form_run=run, question=question, value=value, saved=self._now())
        kept = {"value": new.excluded.value, "saved": new.excluded.saved}
        save = new.on_conflict_do_update(index_elements=["form_run", "question"], set_=kept)
        self._journal.write_local(lambda conn: conn.execute(save))

    def forget(self, run: str, questions: Collection[str]) -> None:
        """Throw these answers of a run away."""
        self._journal.write_local(lambda conn: end_drafts(conn, run, questions))

    def at(self, run: str, question: str | None, step: str | None = None) -> None:
        """Remember the question (and the step) now shown."""
        place = {"question": question, "saved": self._now()} | ({"step": step} if step is not None else {})
        change = t.form_run.update().where(t.form_run.c.id == run).values(**place)
        self._journal.write_local(lambda conn: conn.execute(change))

    def end(self, run: str) -> None:
        """Throw a form's run and its answers away, because the officer said so."""
        self._journal.write_local(lambda conn: end_drafts(conn, run, None))

    # ---- reading
    def values(self, run: str) -> dict[str, Any]:
        """The answers kept, by question."""
        which = sa.select(t.draft.c.question, t.draft.c.value).where(t.draft.c.form_run == run)
        with self._journal.reading() as conn:
            return {r.question: r.value for r in conn.execute(which)}

    def run(self, run: str) -> Run | None:
        """One run, or None when it has ended."""
        return next(iter(self._runs(t.form_run.c.id == run)), None)

    def open_runs(self, case: str | None = None) -> list[Run]:
        """The forms under way, for one case or all, the one saved last first."""
        return self._runs(t.form_run.c.case == case if case is not None else sa.true())

    def _runs(self, which: sa.ColumnElement[bool]) -> list[Run]:
        newest = sa.func.max(t.draft.c.saved)
        saved = sa.select(newest).where(t.draft.c.form_run == t.form_run.c.id).scalar_subquery()
        with self._journal.reading() as conn:
            found = [dict(r) for r in conn.execute(sa.select(t.form_run, saved.label("last")).where(which)).mappings()]
        for line in found:
            line["saved"] = max(line["saved"], line.pop("last") or "")
        return sorted((Run(**line) for line in found), key=lambda r: r.saved, reverse=True)

    # ---- what a screen remembers
    def remember(self, name: str, value: str | None) -> None:
        """Keep a small fact about this laptop's screens; None forgets it."""
        new = insert(t.local_setting).values(name=name, value=value)
        keep = new.on_conflict_do_update(index_elements=["name"], set_={"value": new.excluded.value})
        gone = t.local_setting.delete().where(t.local_setting.c.name == name)
        self._journal.write_local(lambda conn: conn.execute(gone if value is None else keep))

    def remembered(self, name: str) -> str | None:
        """What was kept under this name."""
        with self._journal.reading() as conn:
            return conn.scalar(sa.select(t.local_setting.c.value).where(t.local_setting.c.name == name))

    def _now(self) -> str:
        return instant(self._journal.clock.now())
