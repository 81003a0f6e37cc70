"""A form from the library as a page over the window: each answer kept as given, only what is open asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from asbdesk.forms.filling import finished_answers, missing, open_questions
from asbdesk.forms.load import library
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.over import KeptPage

if TYPE_CHECKING:
    from asbdesk.forms.definition import Form, Question


class FormPage(KeptPage):
    """One form of one case; `needs` are questions a landlord's own one must have. A subclass says what
    `save` does with the finished answers. `run_as`: the name its drafts are kept under, where one form is filled in
    about several things."""

    def __init__(
        self,
        frame: Frame,
        case: str,
        form: str | Form,
        words: str,
        finish: str,
        *,
        facts: Mapping[str, Any] | None = None,
        side: QWidget | None = None,
        needs: tuple[str, ...] = (),
        run_as: str = "",
    ) -> None:
        self.form_ = _form(frame, form, needs) if isinstance(form, str) else form
        kept: dict[str, Any] = {"run_as": run_as or self.form_.id, "case": case, "hash": self.form_.hash}
        super().__init__(frame, self.form_.title, words, finish, side=side, **kept)
        self.facts = dict(facts or {})
        self.draw()

    def draw(self) -> None:
        """Ask what is open now."""
        self.form.show_questions(self._asked(), self.values)

    def _asked(self) -> tuple[Question, ...]:
        """The open questions; the first of a section carries its words."""
        opened = open_questions(self.form_, self.values, self.facts)
        firsts = {q.section: q.id for q in reversed(opened)}
        return tuple(self._headed(q) if firsts[q.section] == q.id else q for q in opened)

    def _headed(self, question: Question) -> Question:
        section = self.form_.section(question.section)
        return replace(question, aloud=question.aloud or section.aloud, help=question.help or section.help)

    def answered(self, question: str, value: object) -> None:
        self.keep(question, value)
        self.draw()

    def finish(self) -> None:
        if self.form.stops():
            return
        left = missing(self.form_, self.values, self.facts)
        if left:
            self.form.say_missing([q.id for q in left])
            return
        self.save(finished_answers(self.form_, self.values, self.facts))

    def save(self, answers: Mapping[str, Any]) -> None:
        """Carry out what was answered, and leave."""


def _form(frame: Frame, id: str, needs: tuple[str, ...]) -> Form:
    """The landlord's own, where it asks what its action needs; else the shipped one."""
    own = library(frame.desk.desk.store.paths.own_forms)[id]
    return own if all(question in own.by_id for question in needs) else library()[id]
