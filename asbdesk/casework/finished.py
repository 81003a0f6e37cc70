"""Short forms of a case kept as they were filled in, and read in the words that they were asked in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.records import standing
from asbdesk.casework.risk import keep_form
from asbdesk.casework.told import NOTHING, Said, happen
from asbdesk.clock import long_day
from asbdesk.errors import UserError
from asbdesk.forms.answers import is_unanswered
from asbdesk.forms.filling import missing
from asbdesk.model import FinishedForm, FormText
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.parts import Taking
    from asbdesk.forms.definition import Form, Question
    from asbdesk.store.journal import Done
    from asbdesk.store.work import Work

ASIDE = ("on", "note", "again")
"""Questions that are not about the thing itself: the day, anything else, when it is looked at again."""


@action("form.kept")
def keep(
    work: Work, case: str, form: Form, answers: Mapping[str, Any], *, about: str = "", said: Said = NOTHING
) -> str:
    """The form as it was filled in. Its id. Raises UserError while an answer is still needed."""
    given = {id: value for id, value in answers.items() if not is_unanswered(value)}
    needed(form, given)
    told = {"form": form.id, "definition": keep_form(work, form), "answers": given}
    return happen(work, FinishedForm, case, said, about=about, by=work.member, **told)


def needed(form: Form, given: Mapping[str, Any]) -> None:
    """Raises UserError for what must be answered and is not."""
    left = [q for q in missing(form, given, {}) if not q.pick or q.id not in given]
    if left:
        raise UserError(f"This is still needed: {left[0].text}")


def kept_as(id: str, about: str = "") -> Callable[[Taking], Done[Any]]:
    """What carries out an add whose form is kept as it is. `about`: the question that says whom it is about; without
    it the form goes on from the record it was opened for."""

    def carry_out(t: Taking) -> Done[Any]:
        from asbdesk.forms.load import one_form

        form = one_form(id, t.desk.store.paths.own_forms)
        whose = t.text(about) if about else t.about
        return t.do(keep, t.case, form, dict(t.answers), about=whose, said=t.said())

    return carry_out


def of_case(session: Session, case: str, *forms: str) -> list[FinishedForm]:
    """Those of some forms that stand in a case, in the order they were written."""
    found = [kept for kept in standing(session, FinishedForm, case) if kept.form in forms]
    return sorted(found, key=lambda kept: (kept.at or "", kept.id))


def newest(session: Session, case: str, form: str) -> dict[str, FinishedForm]:
    """What it is about → the newest of a form."""
    return {kept.about or "": kept for kept in of_case(session, case, form)}


def answered(
    session: Session, definition: str | None, answers: Mapping[str, Any] | None, names: Mapping[str, str] | None = None
) -> Iterator[tuple[Question, str]]:
    """Each question that was answered, and the answer in words; `names` say who an id is."""
    form = worded(session, definition or "")
    for question in form.questions if form is not None else ():
        value = (answers or {}).get(question.id)
        if not is_unanswered(value):
            yield question, _in_words(question, value, names or {})


def in_lines(session: Session, definition: str | None, answers: Mapping[str, Any] | None, *but: str) -> tuple[str, ...]:
    """The same in a line each, without the questions `but` and those set aside."""
    found = answered(session, definition, answers)
    return tuple(f"{q.text} {words}" for q, words in found if q.id not in (*but, *ASIDE))


def worded(session: Session, definition: str) -> Form | None:
    """A form as it was asked, by its hash; None where its words are not here (yet)."""
    found = session.scalar(sa.select(FormText).where(FormText.hash == definition).limit(1))
    return _read(found.text, f"{found.form}.yaml") if found is not None and found.text else None


@cache
def _read(text: str, name: str) -> Form:
    from asbdesk.forms.load import load_text

    return load_text(text, name)


def _in_words(question: Question, value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return ", ".join(_in_words(question, each, names) for each in value)
    option = question.option(value)
    if option is not None:
        return option.label
    return long_day(value) if question.kind == "date" else names.get(str(value), str(value))


@cache
def title_of(id: str) -> str:
    """What a form is called; the id where it is not known here."""
    from asbdesk.forms.load import one_form

    try:
        return one_form(id).title
    except KeyError:
        return id.replace("_", " ").capitalize()
