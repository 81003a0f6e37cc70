"""Draws any list of questions and tells of each answer; it knows no form by name.

Use: `view = FormView(day)`; `view.show_questions(questions, values, earlier)`, again whenever the open questions change
(what stays keeps its focus and half-typed words). `answered(question_id, value)` comes on each choice, on leaving a
field, 300 ms after the last key and at least each second; value None means the answer was taken away. `at(question_id)`
tells which question is in hand. Questions of kind `part` are drawn by the screen: `parts={"plan": make_widget}`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import groupby, pairwise

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from asbdesk.forms.definition import Question
from asbdesk.ui import theme
from asbdesk.ui.questions import QuestionView, only_you
from asbdesk.ui.widgets.layout import aside
from asbdesk.ui.widgets.slices import ALL, Slices

Parts = Mapping[str, Callable[[Question], QWidget]]


class FormView(QWidget):
    """Questions under one another, full width; put it in a `Scroll`."""

    answered = Signal(str, object)
    at = Signal(str)

    def __init__(self, day: str, *, parts: Parts | None = None, at_once: int = ALL) -> None:
        """With `at_once` a long form is drawn so many questions first, the others in the turns that follow."""
        super().__init__()
        self._at_once, self._slices = at_once, Slices(self)
        self.day, self.parts = day, dict(parts or {})
        self._views: dict[str, QWidget] = {}
        self._asked: dict[str, Question] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.current().gap(26))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def show_questions(
        self,
        questions: Sequence[Question],
        values: Mapping[str, object] | None = None,
        earlier: Mapping[str, str] | None = None,
    ) -> None:
        """Ask `questions`. `earlier[id]` says when an answer was given before ("Answered on Tue 3 Nov")."""
        values, earlier = values or {}, earlier or {}
        wanted = [q.id for q in questions]
        for id in [id for id in self._views if id not in wanted or self._changed(id, questions)]:
            self._drop(id)
        new = [q for q in questions if q.id not in self._views]
        room = max(self._at_once - len(self._views), 0) if self._slices.busy else self._at_once
        first = [q for at, q in enumerate(new) if at < room or q.kind == "part"]
        focus = QApplication.focusWidget()
        typed = focus is not None and self.isAncestorOf(focus)
        with aside(self if len(first) > 1 and not typed else None):
            for question in first:
                self._make(question, values.get(question.id), earlier.get(question.id, ""))
            self._put(wanted)
        self._slices.begin((partial(self._add, q, values, earlier, wanted) for q in new if q not in first), 0)

    def _add(
        self, question: Question, values: Mapping[str, object], earlier: Mapping[str, str], wanted: Sequence[str]
    ) -> None:
        view = self._make(question, values.get(question.id), earlier.get(question.id, ""))
        self._put(wanted)
        if self.isVisible():
            view.show()

    def _put(self, wanted: Sequence[str]) -> None:
        """What is made, in its order."""
        made = [id for id in wanted if id in self._views]
        for at, id in enumerate(made):
            if self._box.indexOf(self._views[id]) != at:
                self._box.removeWidget(self._views[id])
                self._box.insertWidget(at, self._views[id])
        self._chain(made)
        for face, run in groupby(made, key=lambda id: self._asked[id].face):
            views = [view for id in run if isinstance(view := self._views[id], QuestionView)]
            for at, view in enumerate(views if face == "mine" else ()):
                view.say_whose("" if at else only_you(len(views)))

    def _changed(self, id: str, questions: Sequence[Question]) -> bool:
        return next((q for q in questions if q.id == id), None) != self._asked.get(id)

    def _make(self, question: Question, value: object, earlier: str) -> QWidget:
        if question.kind == "part" and question.part in self.parts:
            view = self.parts[question.part](question)
        else:
            view = QuestionView(question, self.day, value=value, earlier=earlier)
            view.answered.connect(self.answered)
        self._views[question.id], self._asked[question.id] = view, question
        return view

    def _drop(self, id: str) -> None:
        view = self._views.pop(id)
        self._asked.pop(id, None)
        if isinstance(view, QuestionView):
            view.flush()
        self._box.removeWidget(view)
        view.hide()
        view.setParent(None)
        view.deleteLater()

    def _chain(self, wanted: Sequence[str]) -> None:
        for before, after in pairwise(wanted):
            QWidget.setTabOrder(_last(self._views[before]), _first(self._views[after]))

    def _focus_moved(self, old: QObject | None, new: QObject | None) -> None:
        for id, view in self._views.items():
            if isinstance(new, QWidget) and view.isAncestorOf(new):
                self.at.emit(id)
                return

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A page that opens is written in at once: the focus goes on to the first question."""
        super().focusInEvent(event)
        self.go("")

    def whole(self) -> None:
        """Draw what is still to come, now."""
        self._slices.rest()
        for view in self._views.values():
            getattr(view, "whole", lambda: None)()

    def flush(self) -> None:
        """Save what is being typed, now: before the screen is covered, locked or left."""
        for view in list(self._views.values()):  # what is saved may change what is asked
            if isinstance(view, QuestionView):
                view.flush()

    def stops(self) -> bool:
        """Save what is being typed, and whether something of it cannot be read: then the focus is there, and what it
        stands for is not left out in silence."""
        self.flush()
        stuck = (view for view in self._views.values() if isinstance(view, QuestionView) and view.wrong)
        first = next(stuck, None)
        if first is not None:
            first.take_focus()
        return first is not None

    def go(self, question_id: str) -> None:
        """Put the focus on a question; the first when it is not asked."""
        if question_id not in self._views and question_id:
            self._slices.rest()
        view = self._views.get(question_id) or next(iter(self._views.values()), None)
        if isinstance(view, QuestionView):
            view.take_focus()

    def say_missing(self, question_ids: Sequence[str], sentence: str = "This is still needed.") -> None:
        """Mark what is missing, and go to the first of it."""
        self._slices.rest()
        for id in question_ids:
            view = self._views.get(id)
            if isinstance(view, QuestionView):
                view.say_missing(sentence)
        if question_ids:
            self.go(question_ids[0])

    def show_value(self, question_id: str, value: object) -> None:
        """Show a value that came from elsewhere (a suggestion taken), without announcing it."""
        self._slices.rest()
        view = self._views.get(question_id)
        if isinstance(view, QuestionView):
            view.show_value(value)


def _stops(view: QWidget) -> list[QWidget]:
    from PySide6.QtCore import Qt

    return [w for w in view.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus] or [view]


def _first(view: QWidget) -> QWidget:
    return _stops(view)[0]


def _last(view: QWidget) -> QWidget:
    return _stops(view)[-1]
