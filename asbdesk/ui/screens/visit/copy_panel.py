"""Your copy, and out: look at it, print it, save it; how it reaches them safely; then out and safe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from asbdesk.casework.languages import languages
from asbdesk.casework.saved import save
from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.papers import OPEN_PLACE
from asbdesk.ui.screens.visit import copies
from asbdesk.ui.screens.visit.context import Visit
from asbdesk.ui.screens.visit.leads import Leads
from asbdesk.ui.screens.visit.plan_form import language_options
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.fields import Choice, Field, Labelled
from asbdesk.ui.widgets.layout import Card, Columns, column, holder, row
from asbdesk.ui.widgets.pdf_preview import PdfPreview
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text
from asbdesk.ui.widgets.tiles import TileGroup

if TYPE_CHECKING:
    from asbdesk.casework.way_out import Leaving

FORMS = (("plan", "The plan"), ("large", "Large print"), ("easy", "Easy to read"), ("pocket_card", "Pocket card"))
WAYS = (
    *(("left", "Left with you"), ("posted", "By post"), ("texted", "By text"), ("emailed", "By e-mail")),
    ("kept", "Kept for you"),
)
KEPT_HOW = "Where can they see it, and when? Or the safe address or number"


class CopyPanel(Leads):
    """Two stages: `copy`, with the resident; `out`, alone."""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit, self._shown = visit, b""
        self.stage = visit.stages.get("copy", "copy")
        if visit.path.sealed is not None:
            self._questions()
        self.pages = {"copy": self._copy_stage(), "out": self._out_stage()}
        self.setLayout(column(*self.pages.values(), gap=0))
        self._show_stage()
        if visit.path.sealed is not None:
            self._show_form("plan")

    def _questions(self) -> None:
        self.preview = PdfPreview()
        self.preview.setMinimumHeight(theme.current().gap(420))
        self.form = TileGroup(FORMS, name="Which form?", columns=2, small=True)
        known = languages(self.visit.path.desk)
        options = [("", "As we agreed it"), *language_options(known)]
        self.language = Choice(options, name="In which language?")
        self.way = TileGroup(WAYS, name="How is it safe for you to have it?", columns=3, small=True)
        self.note = Field(name=KEPT_HOW, hint=KEPT_HOW)
        self.given = Text("", "strong", tone="green")
        self.given.hide()
        self.form.set_value("plan")
        self.form.chosen.connect(lambda form: self._show_form(str(form)))
        self.language.chosen.connect(lambda _: self._show_form(str(self.form.value() or "plan")))

    def _copy_stage(self) -> QWidget:
        if self.visit.path.sealed is None:
            words = "There is no plan to give yet. It is made in step 8. You can still leave, and come back to it."
            return holder(column(Card(Text(words, "body"), kind="soft", margins=(18, 14, 18, 14)), None))
        ask = Labelled("Which form?", self.form)
        way = Labelled("How is it safe for you to have it?", self.way)
        keep = PrimaryButton("Write this down", icon="check", name="Write down how they got it", on=self._give)
        give = column(
            ask,
            Labelled("In which language?", self.language),
            self._outs(),
            way,
            self.note,
            row(keep, None, gap=12),
            self.given,
            None,
            gap=14,
        )
        if self.visit.path.sealed.held:
            self.held = self._held_box()
            give.insertWidget(0, self.held)
        return Columns(holder(give), self.preview, side_width=470, needs=820, gap=20)

    def _held_box(self) -> Card:
        """Nothing goes out until a safe way is written down; it can be, here, with them."""
        self.safe_way = Field(name="A safe way to reach you", hint="For example: ring me at work, after two")
        words = Text("We keep your copy for you. Nothing is left, posted or sent until you tell us a safe way.")
        keep = Button("Keep this", icon="check", name="Keep this safe way", on=self._keep_safe_way)
        head = row(Icon("lock-keyhole", "amber", 20), (words, 1), gap=10)
        return Card(head, row((self.safe_way, 1), keep, gap=8), kind="ask", margins=(16, 12, 16, 12))

    def _keep_safe_way(self) -> None:
        words = self.safe_way.text().strip()
        if words and self.visit.tried(lambda: self.visit.path.set_safe_way(words)):
            sealed = self.visit.path.sealed
            self.held.setVisible(sealed is not None and sealed.held)
            self.visit.redraw()

    def _outs(self) -> QWidget:
        """Print, save."""
        made = Button("Print", icon="printer", on=self._print), Button("Save a copy", icon="save", on=self._save)
        warns = Muted("A shared printer may keep what it prints. Stand by it, or use another.", small=True)
        return holder(column(row(*made, None, gap=10), warns, gap=4))

    def _show_stage(self) -> None:
        for stage, page in self.pages.items():
            page.setVisible(stage == self.stage)

    def _out_stage(self) -> QWidget:
        head = row(Icon("house", "accent", 26), (Heading("Are you out, and safe?", 2), 1), gap=12)
        words = Muted(
            "These last questions are only for you. How you are goes to nobody unless you say who should know."
        )
        return holder(column(head, words, None, gap=8))

    # ---- the copy
    def _show_form(self, form: str) -> None:
        """Make what was chosen, and its copy for the screen, off the UI thread."""
        path, language = self.visit.path, self.language.value() or None
        self.visit.busy = True
        self.visit.desk.later(lambda: copies.make(path, form, language), self._made, self._failed)

    def _made(self, made: copies.Made) -> None:
        self.visit.busy = False
        self._shown = made.data
        self._flat = made.shown
        self._tried(lambda: self.preview.show_pdf(made.shown))

    def _failed(self, problem: Exception) -> None:
        self.visit.busy = False
        known = isinstance(problem, UserError)
        self.visit.say(
            "problem", str(problem) if known else "This could not be made. The locked copy is safe: try again."
        )
        if not known:
            raise problem

    def _tried(self, fn: Callable[[], object]) -> bool:
        try:
            fn()
        except UserError as problem:
            self.visit.say("problem", str(problem))
            return False
        return True

    def _leaving(self) -> Leaving:
        from asbdesk.casework.way_out import plan_leaving

        path = self.visit.path
        return path.desk.read(plan_leaving, path.state.held("sealed"), path.desk.member)

    def _may_leave(self) -> bool:
        """On paper or as a file it leaves the desk: not before a safe way is recorded, nor by somebody barred, nor with
        words that a rule keeps from them since it was signed."""
        from asbdesk.casework.release import release_out

        return self._tried(lambda: self.visit.path.desk.read(release_out, self._leaving(), None, "copy", ""))

    def _print(self) -> None:
        from asbdesk.ui.papers import print_pages

        if not self._may_leave():
            return
        form = dict(FORMS)[str(self.form.value() or "plan")]
        printed = print_pages(self, self._flat, "Plan", self.visit.desk)
        if printed is not None:
            self._write_down("print", f"{form}: {printed.words}")
            self.visit.say("done", "Sent to the printer, and written down.")

    def _write_down(self, way: str, what: str) -> None:
        from asbdesk.casework.sharing import left

        out = self._leaving()
        self.visit.path.desk.do(left, out.case, way, what, to=out.to)

    def _save(self) -> None:
        """Qt's own dialog, so that F12 covers it as well."""
        name = f"Your plan {self.visit.path.reference}.pdf"
        box = QFileDialog(self, f"Save a copy. {OPEN_PLACE}", name, "PDF (*.pdf)")
        box.setOption(QFileDialog.Option.DontUseNativeDialog)
        box.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        box.setDefaultSuffix("pdf")
        box.fileSelected.connect(lambda where: self.save_to(Path(where)))
        box.open()

    def save_to(self, where: Path) -> None:
        """Write the copy that is shown, sealed as it is, to a place of the officer's choosing."""
        if self._may_leave() and self._tried(lambda: save(where, self._shown, "the copy")):
            self._write_down("copy", dict(FORMS)[str(self.form.value() or "plan")])
            self.visit.say("warning", f"Saved as “{where.name}”. {OPEN_PLACE}")

    def _give(self) -> None:
        way, form = str(self.way.value() or ""), str(self.form.value() or "plan")
        if not way:
            self.visit.say("warning", "Please choose how they get their copy.")
            return
        note = self.note.text().strip()
        if self.visit.tried(lambda: self.visit.path.copy_given(way, form=form, note=note)):
            self.given.setText(f"Written down: {dict(FORMS)[form].lower()}, {dict(WAYS)[way].lower()}.")
            self.given.show()

    @property
    def wide(self) -> str:
        return "side"

    @property
    def alone(self) -> str:
        return "head" if self.stage == "out" else ""

    # ---- the foot's buttons
    def words(self) -> tuple[str, str]:
        if self.stage == "out":
            return "Finish the visit", ""
        return ("I am out" if not self.visit.path.by_phone else "The talk is over"), "Come back to this later"

    def onward(self) -> bool:
        if self.stage == "copy":
            self.stage = self.visit.stages["copy"] = "out"
            self._show_stage()
            self.visit.show_mine()
        else:
            self.visit.end()
        return True

    def back(self) -> bool:
        if self.stage == "out":
            self.stage = self.visit.stages["copy"] = "copy"
            self._show_stage()
            self.visit.redraw()
            return True
        return False
