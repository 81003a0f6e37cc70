"""The forms a copy may take, made from the sealed plan or its paper; and a copy for the screen, ink and all."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from asbdesk.casework.visit import VisitPath
from asbdesk.errors import UserError


@dataclass(frozen=True)
class Made:
    """`data` is what is given, `shown` the same with its fields drawn into the page."""

    data: bytes = field(repr=False)
    shown: bytes = field(repr=False)


def make(path: VisitPath, form: str) -> Made:
    """The plan as sealed, in large print, or as a pocket card. Slow: run it in `later`. Raises UserError."""
    from asbdesk.documents.preview import flattened

    if path.sealed is None:
        raise UserError("There is no plan to give yet. Sign it first, or choose how it ended without signing.")
    if form == "plan":
        data = path.sealed.pdf
    elif form == "large":
        from asbdesk.casework.plans import to_read

        data = to_read(path.desk, path.case)
    else:
        from asbdesk.documents import pocket_card

        data = pocket_card.make(path.paper())
    return Made(data, flattened(data))


def save(data: bytes, where: Path) -> None:
    """Write a copy where the officer chose. Raises UserError."""
    try:
        where.write_bytes(data)
    except OSError as problem:
        raise UserError(f"The copy could not be saved there: {problem.strerror}. Choose another place.") from None
