"""Work done side by side comes back in its order, few things or many, and what one of them raises is raised."""

from __future__ import annotations

import threading

import pytest

from asbdesk.sync.several import WORTH, side_by_side


@pytest.mark.parametrize("count", [0, 1, WORTH, 2 * WORTH - 1, 2 * WORTH, 5 * WORTH + 3])
def test_the_order_is_kept(count: int) -> None:
    assert side_by_side(lambda n: n * n, range(count)) == [n * n for n in range(count)]


def test_few_things_need_no_thread() -> None:
    assert set(side_by_side(lambda _: threading.get_ident(), range(WORTH))) == {threading.get_ident()}


def test_what_one_raises_is_raised() -> None:
    def work(n: int) -> int:
        return 1 // (n - 150)

    with pytest.raises(ZeroDivisionError):
        side_by_side(work, range(4 * WORTH + 100))
