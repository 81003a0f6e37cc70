"""Settings: whatever the file holds, the desk opens, says so, and keeps what can be kept."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asbdesk.settings import Settings, load, save

MINE = Settings(theme="dark", text_size=1.5, lock_minutes=3, quick_unlock=True, newest_copy="2026-11-21T10:42:07.113Z")


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert save(MINE, path) is None
    assert load(path) == (MINE, None)
    assert [p.name for p in tmp_path.iterdir()] == ["settings.json"]


def test_without_a_file_the_usual_ones_hold_without_a_word(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.json") == (Settings(), None)


@pytest.mark.parametrize("data", [b"", b"{", b"[1]", b"null", b"\xff\xfe", b"[" * 100_000, b" " * 70_000])
def test_a_broken_file_is_kept_aside_and_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(data)
    settings, told = load(path)
    assert settings == Settings() and told is not None and "damaged" in told
    assert path.with_name("settings.json.broken").read_bytes() == data and not path.exists()
    assert save(MINE, path) is None and load(path) == (MINE, None)


def test_one_wrong_value_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save(MINE, path)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"lock_minutes": 600, "text_size": True}))
    settings, told = load(path)
    assert settings == replace(MINE, lock_minutes=5, text_size=1.0)
    assert told is not None and "lock minutes, text size" in told


@given(
    st.dictionaries(
        st.sampled_from([f.name for f in fields(Settings)]),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers()),
    )
)
def test_any_values_load(tmp_path_factory: pytest.TempPathFactory, told: dict[str, Any]) -> None:
    path = tmp_path_factory.getbasetemp() / "any-settings.json"
    path.write_text(json.dumps(told))
    settings, _ = load(path)
    assert save(settings, path) is None


def test_what_a_newer_version_keeps_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"later": [1], "theme": "dark"}')
    settings, told = load(path)
    assert told is None and settings.theme == "dark"
    save(MINE, path)
    assert json.loads(path.read_text())["later"] == [1]


def test_a_folder_that_cannot_be_written_costs_a_sentence(tmp_path: Path) -> None:
    told = save(MINE, tmp_path / "gone" / "settings.json")
    assert told is not None and "until asbdesk is closed" in told


def test_a_wrong_value_of_our_own_is_our_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="theme"):
        save(replace(MINE, theme="beige"), tmp_path / "settings.json")


def test_it_holds_no_more_than_the_lock_screen_needs() -> None:
    known = {"theme", "text_size", "lock_minutes", "quick_unlock", "reminders", "newest_copy"}
    assert {f.name for f in fields(Settings)} == known
