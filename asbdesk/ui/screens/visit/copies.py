"""The forms a copy may take, made from the sealed plan or its paper, and the same for the screen, ink and all."""

from __future__ import annotations

from dataclasses import dataclass, field

from asbdesk.casework.visit import VisitPath
from asbdesk.errors import UserError


@dataclass(frozen=True)
class Made:
    """`data` is what is given, `shown` the same with its fields drawn into the page."""

    data: bytes = field(repr=False)
    shown: bytes = field(repr=False)


def make(path: VisitPath, form: str, language: str | None = None) -> Made:
    """The plan as sealed, in another layout or language (a code; None: as it was agreed), or as a pocket card.

    Slow: run it in `later`. Raises UserError."""
    from asbdesk.documents.preview import flattened

    if path.sealed is None:
        raise UserError("There is no plan to give yet. Sign it first, or choose how it ended without signing.")
    from asbdesk.casework.plan_papers import CARD, to_read

    if form == "plan" and language is None:
        data = path.sealed.pdf
    else:
        layout = {"plan": "standard", "pocket_card": CARD}.get(form, form)
        data = to_read(path.desk, path.case, layout=layout, language=language)
    return Made(data, flattened(data))
