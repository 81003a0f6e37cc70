"""Lines made of rows as they are looked at."""

from __future__ import annotations

from asbdesk.casework.worded import Worded


def test_only_what_is_looked_at_is_put_into_words() -> None:
    made: list[int] = []

    def word(row: int) -> str:
        made.append(row)
        return f"line {row}"

    lines = Worded(range(100), word)
    assert (len(lines), lines[2], list(lines[3:5])) == (100, "line 2", ["line 3", "line 4"])
    assert made == [2, 3, 4]
    assert lines[:2] == ("line 0", "line 1") and repr(lines[:1]) == "('line 0',)"
    assert lines != Worded(range(99), word) and Worded([], word) == ()
