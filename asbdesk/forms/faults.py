"""What is wrong with a form file: each fault names the file, the line, what is wrong, and the mend."""

from __future__ import annotations

from dataclasses import dataclass

from asbdesk.errors import UserError

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
