"""What is wrong with a form file: each fault names the file, the line, what is wrong, and the mend."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from asbdesk.errors import UserError

Place = tuple[str | int, ...]
"""Where something stands: `("sections", 0, "id")`."""
Trouble = tuple[Place, str, str]
"""Where, what is wrong, the mend."""

MOST_SHOWN = 50


@dataclass(frozen=True, order=True)
class Fault:
    """One fault, at a line counted from 1."""

    line: int
    what: str
    mend: str
    file: str = ""

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what}; {self.mend}"


class FormError(UserError):
    """A form that cannot be used; its sentence lists every fault."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        shown = [str(fault) for fault in self.faults[:MOST_SHOWN]]
        if len(self.faults) > MOST_SHOWN:
            shown.append(f"and {len(self.faults) - MOST_SHOWN} more")
        super().__init__("\n".join(shown))


def near(word: str, known: list[str]) -> str:
    """The mend for a word that nobody knows: the nearest one, or all of them."""
    close = get_close_matches(word, known, 1)
    return f"did you mean “{close[0]}”?" if close else f"use one of: {', '.join(known)}"
