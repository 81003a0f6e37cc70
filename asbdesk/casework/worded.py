"""Rows that are put into words one by one, as they are looked at: of a page of a hundred a screen shows ten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, overload

Line = TypeVar("Line", covariant=True)


class Worded(Sequence[Line]):
    """The lines that `word` makes of `rows`."""

    def __init__(self, rows: Sequence[Any], word: Callable[[Any], Line]) -> None:
        self._rows, self._word = rows, word

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> Worded[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | Worded[Line]:
        return Worded(self._rows[at], self._word) if isinstance(at, slice) else self._word(self._rows[at])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))
