"""The key's slots: each opens alone, none can be weakened or moved, and a damaged file says what to do."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asbdesk.errors import UserError
from asbdesk.store import keys
from asbdesk.store.keys import KDF_FAST, KDF_FULL, Slots, SlotsDamaged, SlotsMissing, WrongSecret
from asbdesk.store.slot import canonical

WORDS = "gable kettle otter thunder"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "slots.json"


@pytest.fixture
def made(path: Path) -> tuple[Slots, bytes, str]:
    slots, key, code = Slots.new(), keys.new_key(), keys.new_recovery_code()
    slots.put_passphrase(key, WORDS, KDF_FAST)
    slots.put_recovery(key, code)
    slots.put_keyring(key, b"k" * 32)
    slots.save(path)
    return slots, key, code


def rewrite(path: Path, **change: Any) -> None:
    """Alter the file as somebody would who knows how it is summed, its spare copy too."""
    told = json.loads(path.read_bytes()) | change
    told.pop("sum")
    told["sum"] = keys._sum(told)
    for file in (path, keys.before(path)):
        file.write_text(json.dumps(told))


def test_each_slot_opens_the_store_alone(path: Path, made: tuple[Slots, bytes, str]) -> None:
    _, key, code = made
    read = Slots.load(path)
    assert read.mended is None and read.kinds() == ("passphrase", "recovery", "keyring")
    assert read.open_passphrase(WORDS) == read.open_recovery(code.lower()) == read.open_keyring(b"k" * 32) == key


def test_wrong_secrets_are_refused_in_words(made: tuple[Slots, bytes, str]) -> None:
    slots, _, _ = made
    with pytest.raises(WrongSecret, match="not the passphrase"):
        slots.open_passphrase("gable kettle otter Thunder")
    with pytest.raises(WrongSecret, match="another desk or to a sheet that was replaced"):
        slots.open_recovery(keys.new_recovery_code())
    with pytest.raises(WrongSecret, match="another key"):
        slots.open_keyring(b"x" * 32)


def test_a_passphrase_is_the_same_on_every_keyboard(path: Path) -> None:
    slots, key = Slots.new(), keys.new_key()
    slots.put_passphrase(key, "café ﬁn Ⅳ", KDF_FAST)
    assert slots.open_passphrase("cafe\u0301 fin IV") == key


def test_the_full_cost_is_stored_in_the_slot_and_slow_enough(path: Path) -> None:
    slots, key = Slots.new(), keys.new_key()
    slots.put_passphrase(key, WORDS)
    [slot] = slots.slots
    assert (slot["kdf"], slot["m"], slot["t"], slot["l"]) == ("argon2id", 65536, 3, 4)
    assert (KDF_FULL.memory, KDF_FULL.passes, KDF_FULL.lanes) == (65536, 3, 4)
    started = time.perf_counter()
    assert slots.open_passphrase(WORDS) == key
    assert time.perf_counter() - started > 0.02


def test_nothing_of_the_secrets_is_in_the_file(path: Path, made: tuple[Slots, bytes, str]) -> None:
    _, key, code = made
    text = path.read_text()
    for secret in (WORDS, code, code.replace("-", ""), key.hex(), base64.b64encode(key).decode()):
        assert secret not in text
    assert sys.platform == "win32" or path.stat().st_mode & 0o077 == 0


def test_a_slot_cannot_be_weakened_or_moved(path: Path, made: tuple[Slots, bytes, str]) -> None:
    slots, key, code = made
    slot = dict(slots.slots[0])
    for change in ({"t": 2}, {"m": 65}, {"v": 2}, {"new": "thing"}, {"store": "0" * 32}):
        altered = Slots(slots.store, [slot | change])
        with pytest.raises(WrongSecret):
            altered.open_passphrase(WORDS)
    recovery = {**slots.slots[1], "kind": "keyring"}
    with pytest.raises(WrongSecret):
        Slots(slots.store, [recovery]).open_keyring(keys.parse_recovery(code))
    other = Slots.new()
    other.put_passphrase(keys.new_key(), WORDS, KDF_FAST)
    rewrite(path, slots=[*other.slots])
    with pytest.raises(SlotsDamaged, match="key of another store"):
        Slots.load(path)
    assert key


def test_kinds_of_a_newer_version_are_kept_untouched(path: Path, made: tuple[Slots, bytes, str]) -> None:
    slots, key, _ = made
    office = {"v": 7, "store": slots.store, "kind": "escrow", "suite": "X25519/…", "sealed": [1, {"a": None}]}
    rewrite(path, slots=[office, *slots.slots], later={"kept": True})
    read = Slots.load(path)
    read.put_passphrase(key, "another four words here", KDF_FAST)
    read.save(path)
    told = json.loads(path.read_bytes())
    assert told["slots"][0] == office and told["later"] == {"kept": True}
    assert Slots.load(path).kinds() == ("escrow", "recovery", "keyring", "passphrase")


def test_a_missing_file_says_what_to_do(path: Path) -> None:
    with pytest.raises(SlotsMissing, match=r"missing, and without it nothing can open.*spare copy"):
        Slots.load(path)


@pytest.mark.parametrize("keep", [0, 1, 100, -1, -2])
def test_a_truncated_file_says_so_where_no_spare_copy_helps(
    path: Path, made: tuple[Slots, bytes, str], keep: int
) -> None:
    path.write_bytes(path.read_bytes()[:keep] if keep != -1 else path.read_bytes()[:-2])
    keys.before(path).unlink()
    with pytest.raises(SlotsDamaged, match=r"(cut short|empty).*spare copy"):
        Slots.load(path)


def test_a_damaged_or_missing_file_is_mended_from_its_spare_copy(path: Path, made: tuple[Slots, bytes, str]) -> None:
    whole = path.read_bytes()
    for damage in (path.unlink, lambda: path.write_bytes(whole[:300]), lambda: path.write_bytes(b"\0" * len(whole))):
        damage()
        read = Slots.load(path)
        assert read.mended is not None and "spare copy" in read.mended
        assert read.open_passphrase(WORDS) == made[1]
        assert path.read_bytes() == whole


def test_any_changed_byte_is_seen(path: Path, made: tuple[Slots, bytes, str]) -> None:
    keys.before(path).unlink()
    whole = path.read_bytes()
    for place in range(0, len(whole) - 2, 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            read = Slots.load(path)
        except UserError:
            continue
        assert canonical({"s": read.slots}) == canonical({"s": made[0].slots})  # a changed space, nothing else


def test_a_newer_file_says_so(path: Path, made: tuple[Slots, bytes, str]) -> None:
    rewrite(path, version=2)
    with pytest.raises(UserError, match="newer asbdesk"):
        Slots.load(path)


@pytest.mark.parametrize("change", [{"m": 2**40}, {"m": True}, {"t": 0}, {"l": "4"}, {"salt": "!"}, {"kdf": "md5"}])
def test_a_slot_of_the_wrong_shape_is_damage_and_costs_nothing(
    path: Path, made: tuple[Slots, bytes, str], change: dict[str, Any]
) -> None:
    rewrite(path, slots=[made[0].slots[0] | change])
    with pytest.raises(SlotsDamaged, match="altered"):
        Slots.load(path)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda c: st.lists(c) | st.dictionaries(st.text(), c)
    )
)
def test_any_json_in_its_place_is_refused_in_words(tmp_path_factory: pytest.TempPathFactory, told: Any) -> None:
    path = tmp_path_factory.getbasetemp() / "any-slots.json"
    for value in (told, {"what": "asbdesk key slots", "version": 1, "store": "a", "slots": told, "sum": told}):
        path.write_text(json.dumps(value))
        with pytest.raises(UserError):
            Slots.load(path)


def test_a_new_passphrase_ends_the_old_one_in_both_files(path: Path, made: tuple[Slots, bytes, str]) -> None:
    _, key, code = made
    assert keys.change_passphrase(path, "marsh piano violet wasp", old=WORDS, cost=KDF_FAST) == key
    for file in (path, keys.before(path)):
        read = Slots._read(file)
        assert read.open_passphrase("marsh piano violet wasp") == key
        with pytest.raises(WrongSecret):
            read.open_passphrase(WORDS)
    assert keys.change_passphrase(path, WORDS, recovery=code, cost=KDF_FAST) == key
    assert Slots.load(path).open_passphrase(WORDS) == key


def test_a_failed_change_changes_nothing(path: Path, made: tuple[Slots, bytes, str]) -> None:
    whole = path.read_bytes()
    with pytest.raises(WrongSecret):
        keys.change_passphrase(path, "new one", old="wrong", cost=KDF_FAST)
    with pytest.raises(keys.RecoveryTypo):
        keys.change_passphrase(path, "new one", recovery="AAAAA", cost=KDF_FAST)
    assert path.read_bytes() == whole


def test_a_new_recovery_sheet_ends_the_old_one(path: Path, made: tuple[Slots, bytes, str]) -> None:
    _, key, code = made
    renewed = keys.renew_recovery(path, key)
    assert Slots.load(path).open_recovery(renewed) == key
    with pytest.raises(WrongSecret):
        Slots.load(path).open_recovery(code)


def test_the_last_way_in_is_never_taken_away(made: tuple[Slots, bytes, str]) -> None:
    slots, _, _ = made
    slots.remove("keyring")
    slots.remove("recovery")
    with pytest.raises(UserError, match="only way into the store"):
        slots.remove("passphrase")
    assert slots.kinds() == ("passphrase",)


def test_a_folder_that_cannot_be_written_is_told_in_words(path: Path, made: tuple[Slots, bytes, str]) -> None:
    slots, _, _ = made
    with pytest.raises(UserError, match="could not write the key file"):
        slots.save(path.parent / "gone" / "slots.json")


def test_a_power_cut_at_any_write_of_the_file_leaves_one_that_opens(path: Path, made: tuple[Slots, bytes, str]) -> None:
    script = """
    import sys, os
    from pathlib import Path
    from asbdesk.store.keys import KDF_FAST, change_passphrase
    left = int(sys.argv[3])
    def die(event, args):
        global left
        if event == "os.rename" or (event == "open" and ".new-" in str(args[0])):
            left -= 1
            if left < 0: os._exit(9)
    sys.addaudithook(die)
    change_passphrase(Path(sys.argv[1]), "marsh piano violet wasp", recovery=sys.argv[2], cost=KDF_FAST)
    """
    _, key, code = made
    run = [sys.executable, "-c", textwrap.dedent(script), str(path), code]
    for cut_at in range(20):
        ended = subprocess.run([*run, str(cut_at)], check=False, capture_output=True, text=True)
        read = Slots.load(path)
        assert read.mended is None and read.open_recovery(code) == key
        opened = [words for words in (WORDS, "marsh piano violet wasp") if _opens(read, words)]
        assert len(opened) == 1
        if ended.returncode == 0:
            break
        assert ended.returncode == 9, ended.stderr
    assert cut_at >= 5 and opened == ["marsh piano violet wasp"]


def _opens(slots: Slots, words: str) -> bool:
    try:
        return bool(slots.open_passphrase(words))
    except WrongSecret:
        return False
