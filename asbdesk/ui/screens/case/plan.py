"""The plan of a case: the current version and its steps, as it was printed, and the versions before it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from asbdesk.casework.views import ActionView, CasePage, PlanView
from asbdesk.clock import full_day
from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.screens.case.adding import open_add
from asbdesk.ui.screens.case.tab import SeenTab
from asbdesk.ui.widgets.buttons import Button, IconButton, PrimaryButton
from asbdesk.ui.widgets.layout import GUTTER, TOP, Card, Scroll, column, holder, line, redrawn, row
from asbdesk.ui.widgets.text import Bubble, Heading, Icon, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from asbdesk.casework.seals import Sealing
    from asbdesk.casework.way_out import Leaving

OWNERS = (("landlord", "What we do"), ("resident", "What they do, if they want to"), ("agency", "What others do"))


class PlanTab(SeenTab):
    name, title = "plan", "Action plan"

    def __init__(self, frame: Any, view: Any) -> None:
        super().__init__(frame, view)
        self._seals: dict[str, Sealing | None] = {}
        self._box = QVBoxLayout()
        self._box.setContentsMargins(0, 0, theme.current().gap(GUTTER), 0)
        self._box.setSpacing(theme.current().gap(12))
        self.setLayout(column((Scroll(holder(self._box)), 1), gap=0))

    def draw(self) -> None:
        """The plans; nothing is drawn of a tab that nobody looks at."""
        page = self.page
        if page is None:
            return
        self._seals = self._how_sealed(page)
        if not self.news(page.line.id, page.plans, self._seals):
            return
        with redrawn(self._box):
            current = [p for p in page.plans if p.current]
            for plan in current:
                self._box.addWidget(self._current(plan))
            if not page.plans:
                self._box.addWidget(self._none())
            earlier = [p for p in page.plans if not p.current]
            if earlier:
                self._box.addWidget(self._earlier(earlier))
            self._box.addStretch(1)

    def _none(self) -> QWidget:
        words = (
            "The plan is made with the resident, on the visit: what we do, what they can do, and when we speak next."
        )
        go = PrimaryButton("Start visit", "clipboard-check", on=lambda: self.frame_.start_visit(self.view.case))
        head = column(Heading("No plan yet"), Muted(words), row(go, None), gap=8)
        return Card(row((Bubble("pen-line", "amber", 46), TOP), (holder(head), 1), gap=14))

    def _current(self, plan: PlanView) -> QWidget:
        head = row(Heading(f"Version {plan.number}", wrap=False), Pill(*_signed(plan)), None, gap=10)
        card = Card(head, margins=(20, 16, 20, 18), gap=10)
        box = card.layout()
        assert isinstance(box, QVBoxLayout)
        for icon, words in (
            ("calendar", f"Made {plan.day_text}"),
            ("phone", plan.next_contact and f"Next contact: {_day(plan.next_contact)}"),
            ("refresh-cw", plan.review_on and f"Looked at again by {_day(plan.review_on)}"),
            ("file-text", plan.copy_text),
        ):
            if words:
                box.addLayout(row(Icon(icon, "muted", 16), (Text(words, "body"), 1), gap=8))
        if plan.sealed:
            self._sealing(plan, box)
            box.addWidget(self._papers(plan))
        for owner, title in OWNERS:
            steps = [a for a in plan.actions if a.owner == owner]
            if steps:
                box.addSpacing(4)
                box.addWidget(Heading(title, 3))
                for step in steps:
                    box.addWidget(line())
                    box.addWidget(self._step(step))
        return card

    def _how_sealed(self, page: CasePage) -> dict[str, Sealing | None]:
        from asbdesk.casework.seals import sealing

        desk = self.frame_.desk
        current = [plan.id for plan in page.plans if plan.current and plan.sealed]
        officer = desk.desk.landlord.officer if current else ""
        return {plan: desk.read(sealing, plan, officer) for plan in current}

    def _sealing(self, plan: PlanView, box: QVBoxLayout) -> None:
        """Who sealed it and by when; a second officer may seal it too."""
        found = self._seals.get(plan.id)
        if found is None:
            return
        line_ = row(Icon("lock-keyhole", "muted", 16), (Text(found.words, "body"), 1), gap=8)
        if found.may_follow:
            line_.addWidget(second := Button("Lock it too", icon="stamp", name=f"Lock version {plan.number} too"))
            second.clicked.connect(lambda *_: self._seal_too(plan, second))
        box.addLayout(line_)

    def _seal_too(self, plan: PlanView, button: Button) -> None:
        from asbdesk.casework.seals import second_seal

        desk, case = self.frame_.desk, self.view.case
        button.setEnabled(False)

        def done(_: bytes) -> None:
            button.hide()
            self.frame_.say(
                "done", "You have locked it as the second officer. The copy that goes out bears both names."
            )
            desk.changed.emit(frozenset({(f"case/{case}", "later_seal")}))

        def failed(problem: Exception) -> None:
            button.setEnabled(True)
            desk.errands.tell(problem)

        desk.later(lambda: second_seal(desk.desk, plan.id), done, failed, owner=self)

    def _papers(self, plan: PlanView) -> QWidget:
        look = Button("Look at it", icon="eye", name=f"Look at version {plan.number}", on=partial(self._look, plan))
        printed = Button("Print", icon="printer", name=f"Print version {plan.number}", on=partial(self._print, plan))
        saved = Button("Save a copy", icon="save", name=f"Save version {plan.number}", on=partial(self._save, plan))
        other = Button("In another form", icon="languages", on=partial(self._other, plan))
        return Wrap(look, printed, saved, *([other] if plan.current else []))

    def _step(self, step: ActionView) -> QWidget:
        tone = "green" if step.done else "red" if step.late else ""
        when = "Done" if step.done else f"{step.by_text}, late" if step.late else step.by_text
        facts = "  ·  ".join(part for part in (step.who, when) if part)
        words = column(Text(step.what, "strong"), Text(facts, "small", tone=tone or "grey"), gap=2)
        end: list[QWidget] = []
        if not step.done:
            moved = IconButton("calendar-clock", f"Another day: {step.what}", on=partial(self._moved, step))
            end = [moved, Button("Done", icon="check", name=f"Done: {step.what}", on=partial(self._done, step))]
        icon = Icon("circle-check" if step.done else "circle", tone or "muted", 20)
        return holder(row((icon, TOP), (holder(words), 1), *end, gap=12))

    def _moved(self, step: ActionView) -> None:
        open_add(self.frame_, self.view.case, "contacts", "step_moved", step.id)

    def _earlier(self, plans: list[PlanView]) -> QWidget:
        card = Card(Heading("Earlier versions"), margins=(20, 14, 16, 14), gap=8)
        box = card.layout()
        assert isinstance(box, QVBoxLayout)
        for plan in plans:
            words = Text(f"Version {plan.number}  ·  {plan.day_text}", "body")
            end: list[QWidget] = [Pill(*_signed(plan))]
            if plan.sealed:
                end.append(Button("Look at it", name=f"Look at version {plan.number}", on=partial(self._look, plan)))
            box.addLayout(row((words, 1), *end, gap=10))
        return card

    # ---- doing
    def _done(self, step: ActionView) -> None:
        from asbdesk.casework.plans import action_done

        done = self.frame_.desk.do(action_done, step.id, as_of=self.view.as_of)
        self.frame_.say_done("Marked as done.", done)

    def _pdf(self, plan: PlanView) -> bytes:
        """The locked copy, byte for byte."""
        from asbdesk.casework.plans import sealed_of

        desk = self.frame_.desk
        found = desk.read(sealed_of, plan.id)
        if found is None:
            raise UserError("The locked copy of this version is not on this laptop.")
        _, blob, key = found
        return desk.desk.files.read(blob, key)

    def _shown(self, plan: PlanView) -> bytes:
        """As it looks on paper: signatures drawn in, for a viewer that leaves them out."""
        from asbdesk.documents.preview import flattened

        return flattened(self._pdf(plan))

    def _look(self, plan: PlanView) -> None:
        from asbdesk.ui.screens.case.paper import show_paper

        self.frame_.desk.later(
            lambda: self._shown(plan),
            lambda pdf: show_paper(self.frame_, pdf, f"Plan, version {plan.number}"),
            owner=self,
        )

    def _other(self, plan: PlanView) -> None:
        from asbdesk.ui.screens.case.plan_forms import choose_form

        choose_form(self.frame_, self.view.case, self._leaving(plan))

    def _leaving(self, plan: PlanView) -> Leaving:
        """Looked at again now: a rule may have come since it was locked."""
        from asbdesk.casework.way_out import plan_leaving

        return self.frame_.desk.read(plan_leaving, plan.id, self.frame_.desk.member)

    def _print(self, plan: PlanView) -> None:
        from asbdesk.ui.screens.case.leaving import print_out

        print_out(self, self.frame_, self._leaving(plan), partial(self._shown, plan), "Plan")

    def _save(self, plan: PlanView) -> None:
        from asbdesk.ui.screens.case.leaving import save_out

        save_out(self, self.frame_, self._leaving(plan), partial(self._pdf, plan), "Your plan.pdf")


def _signed(plan: PlanView) -> tuple[str, str]:
    return plan.signing_text or ("Agreed" if plan.agreed else "Not signed"), "green" if plan.agreed else "amber"


def _day(text: str) -> str:
    """A day in words; anything else as it is."""
    try:
        return full_day(text)
    except ValueError:
        return text
