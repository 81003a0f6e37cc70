"""Read back and sign, or not: the resident, then whoever helped, then the officer; then the copy is locked."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from asbdesk.casework.visit_views import SealedPlan
from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.screens.visit import signing
from asbdesk.ui.screens.visit.context import Visit
from asbdesk.ui.screens.visit.leads import Leads
from asbdesk.ui.screens.visit.sign_stages import LockingStage, OutcomeStage, PadStage, PlanList
from asbdesk.ui.widgets.announce import announce

NOT_READY = "The plan cannot be signed yet. F9 says what it still needs."


class SignPanel(Leads):
    """Stages: `read`, `ink:ROLE` in turn, `outcomes`, `locking`, `sealed`."""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit
        held = visit.stages
        self.outcome = held.get("outcome", "agreed_aloud" if visit.path.by_phone else "signed")
        self.note, self.ask_on = held.get("note", ""), held.get("ask_on", "")
        self.names = self._names()
        self.stage = "sealed" if visit.path.sealed else held.get("sign", "read")
        self.stages = QStackedWidget()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.current().gap(20))
        self._line.addWidget(self.stages, 9)
        self._list: PlanList | None = None
        self._show()

    def _names(self) -> dict[str, str]:
        said: dict[str, Any] = {a.question.id: a.value for a in self.visit.path.step("who").questions}
        try:
            officer = self.visit.path.paper().what.officer
        except UserError:
            officer = ""  # said when the plan is to be signed; the name is on the paper by then
        text = {key: value if isinstance(value, str) else "" for key, value in said.items()}
        self.language = text.get("interpreter_language", "")
        helpers = {"advocate": text.get("advocate_name", ""), "interpreter": text.get("interpreter_name", "")}
        return {"resident": self.visit.path.resident, "officer": officer, **helpers}

    # ---- what is shown
    @property
    def alone(self) -> str:
        """While somebody signs nothing else is on the page."""
        return "page" if self.stage != "read" else ""

    @property
    def wide(self) -> str:
        return "all"

    def _show(self) -> None:
        while self.stages.count():
            old = self.stages.widget(0)
            assert old is not None
            self.stages.removeWidget(old)
            old.deleteLater()
        self._show_list()
        self.stages.setVisible(self.stage != "read")
        if self.stage != "read":
            page = self._page()
            self.stages.addWidget(page)
            self._focus(page)

    def _show_list(self) -> None:
        """Whole while it is read back; beside the pad it scrolls by itself."""
        if self._list is not None:
            self._line.removeWidget(self._list)
            self._list.hide()
            self._list.deleteLater()
        self._list = PlanList(self.visit.path.plan, scrolls=self.stage != "read")
        self._line.insertWidget(0, self._list, 5)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._list is not None:  # beside a pad there must be room to sign
            self._list.setVisible(self.stage == "read" or self.width() > theme.current().px(780))

    def _page(self) -> QWidget:
        if self.stage == "outcomes":
            before = "" if self.outcome == "signed" else self.outcome
            page = OutcomeStage(self.visit.path.by_phone, self.visit.today, before, self.note, self.ask_on)
            page.changed.connect(lambda: self._chose(page.outcome))
            return page
        if self.stage.startswith("ink:"):
            role = self.stage.removeprefix("ink:")
            pad = PadStage(role, self.names.get(role, ""), self.visit.inks.get(role, ()), self.language)
            pad.changed.connect(lambda: self.visit.inks.update({role: pad.units()}))
            return pad
        locking = LockingStage()
        sealed = self.visit.path.sealed if self.stage == "sealed" else None
        if sealed is not None:
            locking.sealed(sealed.number)
        return locking

    def _chose(self, outcome: str) -> None:
        self.outcome = outcome
        self.visit.redraw()

    def _focus(self, page: QWidget) -> None:
        if isinstance(page, PadStage):
            page.pad.setFocus()
            announce(page, f"{page.pad.label}. {page.pad.accessibleDescription()}")
        elif isinstance(page, OutcomeStage):
            page.tiles.take_focus()

    def _go(self, stage: str) -> None:
        self.stage = self.visit.stages["sign"] = stage
        self._show()
        self.visit.redraw()

    # ---- the foot's buttons
    def _roles(self) -> tuple[str, ...]:
        return signing.roles(self.outcome, self.visit.path.room, self.visit.path.by_phone)

    def _following(self) -> str:
        """The stage after this one, `lock` at the end."""
        roles = self._roles()
        role = self.stage.removeprefix("ink:")
        at = roles.index(role) + 1 if role in roles else 0
        return f"ink:{roles[at]}" if at < len(roles) else "lock"

    def words(self) -> tuple[str, str]:
        if self.stage == "read":
            return "Ready to sign" if not self.visit.path.by_phone else "How do they agree?", "Come back to this later"
        if self.stage in ("locking", "sealed"):
            return ("Save and continue", "") if self.stage == "sealed" else ("", "")
        following = self._following()
        onward = "Lock this copy" if following == "lock" else f"Next: {following.removeprefix('ink:')} signs"
        own = "" if self.outcome == "signed" else "Lock it without drawing"
        aside = {"ink:resident": "Not signing today", "outcomes": "", "ink:officer": own}
        return onward, aside.get(self.stage, "Not signing")

    def onward(self) -> bool:
        if self.stage == "sealed":  # the step ended with the signing itself
            self.visit.go("out")
            return True
        if self.stage == "read":
            return self._ready()
        if self._take():
            self._next()
        return True

    def _ready(self) -> bool:
        problems = self.visit.path.problems()
        if problems:
            self.visit.say("warning", problems[0] if self.visit.mine else NOT_READY)
        else:
            self.names = self._names()
            self._go("outcomes" if self.visit.path.by_phone else "ink:resident")
        return True

    def aside(self) -> bool:
        if self.stage == "read":
            return False
        if self.stage == "ink:resident":
            self.visit.inks.pop("resident", None)
            self._go("outcomes")
        elif self.stage.startswith("ink:"):
            self.visit.inks.pop(self.stage.removeprefix("ink:"), None)
            self._next()
        return True

    def _next(self) -> None:
        following = self._following()
        if following == "lock":
            self._lock()
        else:
            self._go(following)

    def back(self) -> bool:
        if self.stage in ("read", "sealed"):
            return False
        if self.stage != "locking":
            roles = self._roles()
            role = self.stage.removeprefix("ink:")
            at = roles.index(role) if role in roles else 0
            first = "outcomes" if self.outcome != "signed" and self.stage != "outcomes" else "read"
            self._go(f"ink:{roles[at - 1]}" if at > 0 else first)
        return True

    def _take(self) -> bool:
        """Keep what this stage holds; False, and a sentence, when something is missing."""
        page = self.stages.currentWidget()
        if isinstance(page, PadStage):
            return self._take_ink(page)
        if isinstance(page, OutcomeStage):
            return self._take_outcome(page)
        return False

    def _take_ink(self, page: PadStage) -> bool:
        if not page.units():
            other = " Draw it, or choose Not signing today." if page.role == "resident" else " Draw it here."
            self.visit.say("warning", "There is no signature yet." + other)
            return False
        self.names[page.role] = page.name.text().strip() or self.names.get(page.role, "")
        self.language = page.language.text().strip() if page.role == "interpreter" else self.language
        if not self.names[page.role]:
            self.visit.say("warning", "Please write the name of who signs.")
            return False
        self.visit.inks[page.role] = page.units()
        return True

    def _take_outcome(self, page: OutcomeStage) -> bool:
        page.day.flush()
        chosen, self.note, self.ask_on = page.outcome, page.note.toPlainText().strip(), page.day.day
        if not chosen:
            self.visit.say("warning", "Please choose how it ends today.")
            return False
        problem = signing.lacking(chosen, self.note, self.ask_on)
        if problem:
            self.visit.say("warning", problem)
            return False
        wanted = signing.BY_KEY[chosen]
        self.outcome = chosen
        self.note, self.ask_on = self.note if wanted.note else "", self.ask_on if wanted.asks_day else ""
        self.visit.stages.update(outcome=chosen, note=self.note, ask_on=self.ask_on)
        return True

    # ---- locking, off the UI thread
    def _lock(self) -> None:
        roles = self._roles()
        inks = {role: self.visit.inks[role] for role in roles if role in self.visit.inks}
        asked = {"note": self.note, "ask_on": self.ask_on, "language": self.language}
        what = signing.signing(self.outcome, self.names, inks, self.visit.clock, **asked)
        path = self.visit.path
        self._go("locking")
        self.visit.busy = True
        self.visit.desk.later(lambda: path.sign(what), self._sealed, self._failed)

    def _sealed(self, _plan: SealedPlan) -> None:
        self.visit.busy = False
        self.visit.inks.clear()
        self.visit.saved()
        announce(self, "The plan is locked.")
        self._go("sealed")

    def _failed(self, problem: Exception) -> None:
        self.visit.busy = False
        known = isinstance(problem, UserError)
        self.visit.say(
            "problem", str(problem) if known else "The locked copy could not be made. Nothing is lost: try again."
        )
        self._go("ink:officer" if not self.visit.path.by_phone else "outcomes")
        if not known:
            raise problem
