"""Closing as a form before the close, telling why, and opening again (PRACTICE.md 20)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from asbdesk.casework import before_closing
from asbdesk.casework.records import put
from asbdesk.casework.risk import keep_form, level_of
from asbdesk.casework.told import NOTHING, Said, all_of, became, happen, words
from asbdesk.errors import UserError
from asbdesk.model import Case, Closing, Reopening
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.forms.definition import Form
    from asbdesk.store.work import Work

NEEDS_A_MANAGER = ("hate", "domestic_abuse")


@dataclass(frozen=True)
class ClosingForm:
    """The form's outcome: answers, who hears a resident who does not agree, until when, who agreed."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    form: str = ""
    second: str = ""
    object_by: str = ""
    manager: str = ""
    other_told: bool | None = None
    no_call: bool | None = None


@action("case.closed")
def close(
    work: Work,
    case: str,
    reason: str,
    *,
    told: bool | None = None,
    form: ClosingForm | None = None,
    said: Said = NOTHING,
) -> str:
    """Close a case; `told`: in writing, with reasons, at once. With a form its rules hold: UserError for high risk,
    hate or abuse at home without a manager, or nobody to hear a resident who does not agree."""
    reason = words(reason, "Write why the case is closed.")
    found = work.get(Case, case)
    if form is not None:
        _check(work, found, form)
    done = form or ClosingForm()
    put(found, status="closed", closed=work.happened, close_reason=reason)
    fields: dict[str, Any] = {name: value for name, value in vars(done).items() if name != "answers"}
    answers = [[question, answer] for question, answer in done.answers.items()]
    return happen(work, Closing, case, said, reason=reason, told=told, answers=answers, **fields)


@action("case.closed")
def close_by_form(work: Work, case: str, reason: str, asked: Form, form: ClosingForm, *, said: Said = NOTHING) -> str:
    """`close` with the finished form, whose words `asked` are kept with it."""
    return close(work, case, reason, form=replace(form, form=keep_form(work, asked)), said=said)


def _check(work: Work, case: Case, form: ClosingForm) -> None:
    high = level_of(work.session, case.id) == "high"
    if (high or case.stream in NEEDS_A_MANAGER) and not form.manager.strip():
        raise UserError("A manager agrees to this close first: high risk, hate, or abuse at home. Write who.")
    if not form.second.strip():
        raise UserError("Write who they can tell if they do not agree: somebody who did not decide.")
    before_closing.look(work, case.id, form.answers, form.object_by)


@action("case.closing_told")
def tell_closing(work: Work, case: str, *, said: Said = NOTHING) -> str:
    """The resident was told in writing, with reasons, after the close."""
    closings = all_of(work, Closing, case)
    return became(work, case, "closure_told", closings[-1].id if closings else "", said)


@action("case.reopened")
def reopen(work: Work, case: str, *, reason: str = "", report: str = "", said: Said = NOTHING) -> str:
    """Open a closed case again; what was owed goes on from here."""
    found = work.get(Case, case)
    found.status, found.closed = "open", None
    return happen(work, Reopening, case, said, reason=reason, report=report)
