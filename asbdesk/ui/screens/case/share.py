"""Making a share pack: whom for, why we may, what goes; then a place, and the password to be said another way."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from asbdesk.casework.parts import Taking
from asbdesk.casework.parts.sharing import bodies, terms_of
from asbdesk.casework.release import Override
from asbdesk.casework.sharing import Chosen, Made, Terms, files_of, hand_out, make_pack, new_password, offered
from asbdesk.casework.words import size
from asbdesk.documents.share_pack import Told
from asbdesk.forms.answers import is_unanswered
from asbdesk.forms.filling import with_choices
from asbdesk.forms.load import one_form
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.case.leaving import with_reason
from asbdesk.ui.screens.form_page import FormPage
from asbdesk.ui.tab_order import Dialog
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.layout import Card, column, row
from asbdesk.ui.widgets.slices import soon
from asbdesk.ui.widgets.text import Heading, Muted, Text

WORDS = 90
"""Characters of a record's words that tell it from others in the list."""


COPIED_FOR = 60_000
"""Milliseconds for which a copied password stays on the clipboard."""


class SharePage(FormPage):
    """One pack of one case; what is typed is kept until it is written out or thrown away."""

    def __init__(self, frame: Frame, case: str, told: tuple[Told, ...] | None = None) -> None:
        desk = frame.desk
        told = desk.read(offered, case, desk.today) if told is None else told
        files = desk.read(files_of, case)
        picks = {
            **desk.read(bodies, case, ""),
            "told": tuple((each.id, _line(each.group, each.title, each.when, each.text)) for each in told),
            "files": tuple((each.id, f"{each.name}, {each.came}, {size(each.size)}") for each in files),
        }
        form = with_choices(one_form("share_pack", desk.desk.store.paths.own_forms), picks)
        super().__init__(frame, case, form, form.banner, "Write it out locked")

    def save(self, answers: Mapping[str, Any]) -> None:
        given = {question: value for question, value in answers.items() if not is_unanswered(value)}
        taking = Taking(self.frame_.desk.desk, self.case, "", given)
        self.write(terms_of(taking), tuple(taking.many("told")), tuple(taking.many("files")))

    def write(self, terms: Terms, told: tuple[str, ...], files: tuple[str, ...]) -> None:
        """Look whether it may go, make it, ask where, and write it."""
        password = new_password()
        desk = self.frame_.desk.desk
        chosen: list[Chosen] = []

        def make(why: Override) -> Made:
            chosen.append(Chosen(told, files, why))
            return make_pack(desk, self.case, terms, chosen[-1], password)

        made = with_reason(self, make)
        place = self.ask_place(f"{made.pack.reference} for {terms.to}.pdf") if made is not None else None
        if made is None or place is None:
            return
        done = hand_out(desk, self.case, terms, chosen[-1], made, place)
        if self.run:
            self._drafts.end(self.run)
        self.frame_.desk.changed.emit(done.changed)
        self.left.emit()
        self.say_password(place, terms, password)
        self.frame_.say_done("It is written out and in the sharing log. Tell the resident what was shared.", done)

    def ask_place(self, name: str) -> Path | None:
        """Where the officer wants it; None when they changed their mind."""
        found, _ = QFileDialog.getSaveFileName(self, "Where shall the pack go?", name, "PDF (*.pdf)")
        return Path(found) if found else None

    def say_password(self, place: Path, terms: Terms, password: str) -> None:
        """Once, and never again."""
        PasswordDialog(self.frame_, place, terms, password).exec()


class PasswordDialog(Dialog):
    """The password, large enough to be read out. It is kept nowhere."""

    def __init__(self, parent: QWidget, place: Path, terms: Terms, password: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("The password of the pack")
        who = terms.person or terms.to
        words = Text(password, "code")
        words.setAccessibleName(f"The password: {password}")
        told = Text(f"Ring {who} on a number you know, and say it. Do not send it with the pack.", "body")
        once = Muted(
            f"It is shown this once, and kept nowhere. A copy is forgotten after a minute. The pack is {place.name}."
        )
        copy = Button("Copy", icon="copy", on=partial(_copy, password))
        done = PrimaryButton("I have it", on=self.accept)
        head = Heading("The password, to be said another way")
        card = Card(row((words, 1), copy, gap=10))
        self.setLayout(column(head, card, told, once, 8, row(None, done), gap=10, margins=(24, 20, 24, 18)))
        self.setMinimumWidth(theme.current().gap(560))
        done.setFocus()


def _copy(password: str) -> None:
    """For a minute: what comes after it may be copied by any program, and pasted by mistake into a letter."""
    QGuiApplication.clipboard().setText(password)
    app = QGuiApplication.instance()
    assert app is not None
    soon(app, partial(_forget, password), COPIED_FOR)


def _forget(password: str) -> None:
    clipboard = QGuiApplication.clipboard()
    if clipboard.text() == password:
        clipboard.clear()


def _line(group: str, title: str, when: str, text: str) -> str:
    said = " ".join(text.split())
    short = said if len(said) <= WORDS else said[:WORDS].rsplit(" ", 1)[0] + " …"
    return " · ".join(t for t in (title, when, short or group) if t)


def open_share(frame: Frame, case: str) -> SharePage:
    """Over the window."""
    return _show(frame, SharePage(frame, case))


def share_when_read(frame: Frame, case: str) -> None:
    """Over the window, once what a long case has to offer was read beside."""
    desk = frame.desk
    read = partial(desk.read, offered, case, desk.today)
    desk.later(read, lambda told: _show(frame, SharePage(frame, case, told)), owner=frame)


def _show(frame: Frame, page: SharePage) -> SharePage:
    page.left.connect(frame.close_over)
    frame.open_over(page)
    return page
