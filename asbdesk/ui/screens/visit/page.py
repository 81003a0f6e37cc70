"""The middle of the screen: one step's words to say, what is known, its questions and its panel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from asbdesk.casework.visit_views import AskedQuestion, FactCard, StepView
from asbdesk.forms.definition import Question
from asbdesk.ui import theme
from asbdesk.ui.form_view import FormView
from asbdesk.ui.questions import QuestionView
from asbdesk.ui.screens.visit.context import Visit
from asbdesk.ui.screens.visit.leads import Leads
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.layout import GUTTER, Card, Scroll, aside, column, holder, redrawn, row
from asbdesk.ui.widgets.slices import AT_ONCE, soon
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text

Panel = Callable[[Visit], QWidget]
STILL = "Still right?"
"""On the shared face an earlier answer is asked, not dated: nobody else learns that they spoke to us before."""
MINE_ALONE = ("before", "level")
"""Panels that the shared face never shows."""


def aloud_block(paragraphs: tuple[str, ...]) -> QWidget:
    """Words to read out, set apart from everything that is not said."""
    head = row(Icon("volume-2", "accent", 20), (Text("Read this out", "strong", tone="accent"), 1), gap=8)
    words = [Text(f"“{text}”", "aloud") for text in paragraphs]
    card = Card(head, *words, kind="soft", gap=10, margins=(20, 14, 20, 16))
    card.setAccessibleName("Words to read out")
    return card


def known_block(cards: tuple[FactCard, ...]) -> QWidget:
    """What we already know, read back and never asked again."""
    lines = [column(Muted(card.label, small=True), Text(card.text), gap=2) for card in cards]
    return Card(Heading("What we already have", 3), *lines, kind="inner", gap=10, margins=(18, 14, 18, 16))


def takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()


def page_margins() -> tuple[int, int, int, int]:
    gap = theme.current().gap
    return gap(28), gap(22), gap(28), gap(26)


class StepPage(QWidget):
    """One step, drawn from its `StepView`; the same step drawn again keeps focus and half-typed words."""

    answered = Signal(str, object)
    at = Signal(str)
    show_mine = Signal()

    def __init__(self, visit: Visit, panels: Mapping[str, Panel]) -> None:
        super().__init__()
        self.visit, self.panels = visit, dict(panels)
        self.form: FormView | None = None
        self._alone = ""
        self.shown: tuple[str, bool] = ("", False)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.current().gap(18))
        self._lines.setContentsMargins(*page_margins())
        self._card = Card(gap=0, margins=(0, 0, 0, 0))
        inside = self._card.layout()
        assert isinstance(inside, QVBoxLayout)
        inside.addLayout(self._lines)
        self._card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.below = column(gap=0)
        self.body = Scroll(holder(column(self._card, self.below, None, gap=14, margins=(0, 0, GUTTER, 18))))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.body)

    def show_step(self, view: StepView) -> None:
        """Draw a step, or the same step again after an answer changed what is asked."""
        fresh = self.shown != (view.id, self.visit.mine)
        with aside(self._lines.parentWidget() if fresh else None):
            self._show(view, fresh)

    def _show(self, view: StepView, fresh: bool) -> None:
        mine = self.visit.mine
        if fresh:
            self._set_room(0)
            self._begin(view, mine)
        self.shown = (view.id, mine)
        if self.form is None:
            return
        asked = self._with_panel(
            view, [self._as_shown(a, mine) for a in view.questions if self._draws(a.question, mine)]
        )
        values = {a.question.id: a.value for a in view.questions}
        earlier = {a.question.id: a.earlier if mine else STILL for a in view.questions if a.earlier}
        self.form.show_questions(asked, values, earlier)
        if fresh:
            self.body.verticalScrollBar().setValue(0)

    def _begin(self, view: StepView, mine: bool) -> None:
        if self.form is not None:
            self.form.flush()
        with redrawn(self._lines):
            self.form = None
            self._lines.addWidget(Heading(view.title, 1))
            if view.aloud:
                self._lines.addWidget(aloud_block(view.aloud))
            known = tuple(card for card in view.cards if card.face == "shared")
            if known:
                self._lines.addWidget(known_block(known))
            draws = any(self._draws(a.question, mine) for a in view.questions)
            if not draws and not (self._panel_of(view, mine)):
                self._lines.addWidget(self._hidden())
                return
            parts = {name: self._part(name) for name in self.panels}
            self.form = FormView(self.visit.today, parts=parts, at_once=AT_ONCE)
            self.form.answered.connect(self.answered)
            self.form.at.connect(self.at)
            self._lines.addWidget(self.form)

    def _panel_of(self, view: StepView, mine: bool) -> str:
        """The panel to draw, if it may be drawn now: what is known before the door is the officer's alone."""
        part = "level" if view.id == "safe" else view.part or ""
        return part if part in self.panels and (mine or part not in MINE_ALONE) else ""

    def _with_panel(self, view: StepView, questions: list[Question]) -> list[Question]:
        """The panel among the questions: first, after the question it belongs to, or last."""
        name = self._panel_of(view, self.visit.mine)
        if not name:
            return questions
        after = {"before": "", "sign": "", "copy": "", "evidence": "anything_to_show"}.get(name)
        ids = [q.id for q in questions]
        at = 0 if after == "" else ids.index(after) + 1 if after in ids else len(ids)
        panel = Question(id=f"{name}_part", kind="part", text=view.title, part=name)
        return [*questions[:at], panel, *questions[at:]]

    def _part(self, name: str) -> Callable[[Question], QWidget]:
        return lambda _question: self.panels[name](self.visit)

    def _draws(self, question: Question, mine: bool) -> bool:
        return question.kind != "part" and (mine or question.face != "mine")

    def _as_shown(self, asked: AskedQuestion, mine: bool) -> Question:
        """Hints are the officer's: the shared face carries the words of the question alone."""
        return asked.question if mine or not asked.question.help else replace(asked.question, help="")

    def _hidden(self) -> QWidget:
        words = Muted("This step is only for you. It is hidden while somebody else may read the screen.")
        button = Button("Show it", icon="eye", name="Show what is only for you, F9", on=self.show_mine.emit)
        return holder(column(words, row(button, None), gap=12))

    def leading(self) -> Leads | None:
        """The panel that leads this step, if one does."""
        found = [w for w in self.findChildren(Leads) if self.form is not None and self.form.isAncestorOf(w)]
        return found[0] if found else None

    def set_alone(self) -> None:
        """Give the whole page to the panel, or give it back: while somebody signs nothing else is on it."""
        panel = self.leading()
        alone = panel.alone if panel is not None else ""
        if alone or self._alone:  # else everything stands there already
            self._stand(alone)
        self._alone = alone
        self._dress(alone == "page")
        if panel is not None:
            room = self.body.viewport().height() - theme.current().gap(8)
            panel.setMinimumHeight(max(room, 0) if alone == "page" else 0)

    def _stand(self, alone: str) -> None:
        """What is beside the panel steps aside for it, or comes back."""
        if self.form is not None:
            self.form.whole()
        for at in range(self._lines.count()):
            item = self._lines.itemAt(at)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not self.form:
                widget.setVisible(not alone)
        for question in self.findChildren(QuestionView):
            question.setVisible(alone != "page")

    def _hold_room(self) -> None:
        """After the page was bare for signing, the card says itself how high it must be, until a step is drawn anew."""
        self._set_room(self._card.minimumSizeHint().height())
        self.body.setWidgetResizable(True)  # as it is already: this makes it measure its scroll bars again

    def _set_room(self, height: int) -> None:
        inside = self.body.widget()
        if inside is not None:
            inside.setMinimumHeight(height)

    def _dress(self, bare: bool) -> None:
        """The page is a card; a panel that has it for itself brings its own."""
        kind = "bare" if bare else "card"
        if self._card.property("card") != kind:
            self._card.set_kind(kind)
            if not bare:
                soon(self, self._hold_room)
            self._lines.setContentsMargins(*((0, 0, 0, 0) if bare else page_margins()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.set_alone()

    def forget(self) -> None:
        """Draw everything anew next time: answers were changed from elsewhere."""
        self.flush()
        self.shown = ("", False)

    def go(self, question: str) -> None:
        """Put the focus on a question; on the panel's first field where the step begins with one."""
        if self.form is None:
            return
        self.form.go(question)
        self._begin_at_first()
        soon(self, self._begin_at_first, 30)  # what was just put on the page is shown a moment later

    def _begin_at_first(self) -> None:
        held = QApplication.focusWidget()
        if self.form is None or (held is not None and self.form.isAncestorOf(held)):
            return
        first = next((w for w in self.form.findChildren(QWidget) if takes_focus(w)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def at_question(self, question: str) -> bool:
        """Whether the focus is on this question; True when the step has no such question."""
        if self.form is not None:
            self.form.whole()
        view = self.findChild(QuestionView, f"question-{question}")
        held = QApplication.focusWidget()
        return view is None or (held is not None and view.isAncestorOf(held))

    def flush(self) -> None:
        """Save what is being typed, now."""
        if self.form is not None:
            self.form.flush()
