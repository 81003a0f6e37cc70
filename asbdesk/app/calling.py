"""A second start on a desk that stands open calls its window forward, and says that it is open."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from asbdesk.paths import StorePaths


@contextlib.contextmanager
def calling_forward(paths: StorePaths) -> Iterator[None]:
    """Where the store is open elsewhere, the window that has it is called. Raises InUse, as what is tried does."""
    from asbdesk.store.in_use import InUse

    try:
        yield
    except InUse:
        with contextlib.suppress(OSError):
            paths.call.touch()
        raise
