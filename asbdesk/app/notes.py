"""What the desk has to say about itself: the clock, room on the disk, what was mended, forms that cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.paths import StorePaths
from asbdesk.ui.door import FormFault, Note

if TYPE_CHECKING:
    from asbdesk.store.vault import Store

RESERVE_USED = (
    "The disk was full, and the room that asbdesk keeps in reserve was used to save your work. Nothing is lost. "
    "Delete or move something else from this computer today: the reserve comes back by itself."
)


def faults(paths: StorePaths) -> tuple[FormFault, ...]:
    """The landlord's own forms and letters that cannot be used, read anew."""
    from asbdesk.forms.load import library
    from asbdesk.letters.load import library as letters

    forms = (FormFault(f.faults[0].file, tuple(map(str, f.faults))) for f in library(paths.own_forms).refused)
    return (*forms, *(FormFault(f.file, (str(f),)) for f in letters(paths.own_letters).refused))


def notes(paths: StorePaths, store: Store, faults: tuple[FormFault, ...]) -> tuple[Note, ...]:
    """What should be known now of this desk and this laptop."""
    from asbdesk.store.ballast import space_warning

    found = [
        Note("clock", store.clock_note() or "", button="The clock is right"),
        Note("space", space_warning(paths) or "", button="Look again"),
        Note("reserve", RESERVE_USED if store.trouble.reserve_used else "", closes=True),
        Note("mended", store.mended or "", "soft", closes=True),
        Note("forms", _forms_note(faults), button="Show what is wrong"),
        Note("conflict", _conflict_note(store), button="Look at both"),
    ]
    return tuple(note for note in found if note.words)


def _conflict_note(store: Store) -> str:
    """What two of us wrote differently in the landlord's own records, which no case owes anybody to decide."""
    from asbdesk.casework.conflicts import of_the_landlord

    found = store.ask(of_the_landlord, store.journal.member, store.journal.role).value
    if not found:
        return ""
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return f"{found[0].title}{more}: our landlord’s own records. Both are kept until somebody decides which is right."


def _forms_note(faults: tuple[FormFault, ...]) -> str:
    names = ", ".join(fault.file for fault in faults)
    if not names:
        return ""
    which = (
        "One form or letter of your own is" if len(faults) == 1 else f"{len(faults)} forms or letters of your own are"
    )
    return f"{which} not used, because of a mistake in the file: {names}. What it would have replaced stays in use."
