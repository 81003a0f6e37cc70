"""A crash of an unlocked desk writes nothing of it to the disk."""

from __future__ import annotations

import ctypes
import sys

import pytest

from asbdesk.store.vault import Store


@pytest.mark.skipif(sys.platform != "linux", reason="how others are asked is not the same")
def test_an_unlocked_store_is_not_dumped(store: Store) -> None:
    import resource

    assert store.key and resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0, "PR_GET_DUMPABLE"
