"""Names in a depot: what is one, what is none, and the quick reading of many says the same as the slow one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asbdesk.sync import names
from asbdesk.sync.depot import area_of

ME = "m2" * 8
GOOD = [
    names.segment(ME, 42, b"x"),
    names.roster_line(7, b"x"),
    names.grants(ME, 12, b"x"),
    names.pack(b"x"),
    names.join_request("0f" * 16),
]
HASH = "0f" * 16
BAD = ["", names.MARKER, "dev", f"dev/{ME}/00000042-{HASH}.grt", f"keys/{ME}/00000042-{HASH}.seg", "dev/../x.seg"]
BAD += [f"roster/00000042-{HASH}.seg", f"dev/{ME.upper()}/00000042-{HASH}.seg", f"blob/aa/{HASH}.pak"]
BAD += [f"dev/{ME}/42-{HASH}.seg", f"dev/{ME}/00000042-{HASH}.seg\n", f"dev/{'1' * 16}/00000042-{HASH}.seg"]
BAD += [f"dev/{ME}/00000042-{HASH} (1).seg", f"dev/{ME}/٠٠٠٠٠٠٤٢-{HASH}.seg", f"blob/{HASH[:2]}/{HASH}.seg"]


@pytest.mark.parametrize("name", GOOD)
def test_our_names_are_taken_apart(name: str) -> None:
    parts = names.read(name)
    assert parts is not None
    assert name.startswith(parts.area)
    assert parts.hash in name
    assert names.hash_in(name) == parts.hash
    assert parts.device in (ME, "")
    assert len(name) < 90


@pytest.mark.parametrize("name", BAD)
def test_others_are_none_of_ours(name: str) -> None:
    assert names.read(name) is None
    assert names.hash_in(name) == ""


@given(st.sampled_from(GOOD), st.data())
def test_quick_and_slow_reading_agree(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name)))
    spoilt = name[:at] + data.draw(st.text("/-.0fsegrtdvk A\n", max_size=3)) + name[at + data.draw(st.integers(0, 3)) :]
    parts = names.read(spoilt)
    assert names.hash_in(spoilt) == (parts.hash if parts else "")


def test_an_areas_digest_is_order_free_and_counts_only_our_names() -> None:
    assert area_of(GOOD) == area_of([*reversed(GOOD), "x"])
    assert area_of([names.pack(b"1"), names.pack(b"2")]) != area_of([names.pack(b"2"), names.pack(b"3")])
    assert area_of([]).count == 0
