"""How the plan is printed: the layout, the language beside English, and what was written put into that language."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from asbdesk.casework.languages import LAYOUT_NAMES, Language, Offer
from asbdesk.documents.scripts import script_of
from asbdesk.ui import theme
from asbdesk.ui.widgets.fields import Choice, Field, Labelled
from asbdesk.ui.widgets.layout import Card, column, empty
from asbdesk.ui.widgets.text import Heading, Muted, Text
from asbdesk.ui.widgets.tiles import TileGroup

ENGLISH = "en"
CHECK = "Ask an interpreter to write these. Nobody can check here what another language must not say."


def language_options(known: tuple[Language, ...]) -> list[tuple[str, str]]:
    """English alone, and each language beside it; one that nobody approved says so."""
    draft = {True: "", False: " (draft)"}
    return [(ENGLISH, "English"), *((one.code, f"{one.english} and English{draft[bool(one.by)]}") for one in known)]


class FormSection(Card):
    """`changed(dict of PlanDraft's fields)`."""

    changed = Signal(object)

    def __init__(self, known: tuple[Language, ...], form: Offer) -> None:
        theme.load_scripts()
        self.layouts = TileGroup(list(LAYOUT_NAMES.items()), name="How is it printed?", columns=3, small=True)
        self.layouts.set_value(form.layout)
        self.languages = Choice(language_options(known), name="In which language?", value=form.language or ENGLISH)
        self.names = {one.code: one.english for one in known}
        self._box = column(gap=10)
        self.fields: dict[str, Field] = {}
        words = Muted("What helps them to read comes first here, from what they told us.")
        super().__init__(
            *(Heading("How this plan is printed", 2), words, self.layouts, Labelled("Language", self.languages)),
            self._box,
            kind="inner",
            gap=12,
            margins=(20, 16, 20, 16),
        )
        self.layouts.chosen.connect(lambda value: self.changed.emit({"layout": str(value)}))
        self.languages.chosen.connect(lambda value: self.changed.emit({"language": value}))

    def show_words(self, language: str, asked: tuple[tuple[str, str], ...]) -> None:
        """A field for each text that the language does not have yet; those that are there stay as they are."""
        if [*self.fields] == [text for text, _ in asked] and self.fields:
            return
        empty(self._box)
        self.fields = {}
        if not language or not asked:
            return
        name = self.names.get(language, language)
        self._box.addWidget(Text(f"The same in {name}", "strong"))
        self._box.addWidget(Muted(CHECK, small=True))
        for text, own in asked:
            field = Field(own, name=f"In {name}: {text}", hint=name, limit=600)
            if script_of(language).right_to_left:
                field.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            field.said.connect(lambda _: self._said())
            self.fields[text] = field
            self._box.addWidget(Labelled(text, field))

    def _said(self) -> None:
        told = tuple((text, field.text().strip()) for text, field in self.fields.items() if field.text().strip())
        self.changed.emit({"own": told})

    def flush(self) -> None:
        """Save what is being typed, now."""
        for field in self.fields.values():
            field.flush()
