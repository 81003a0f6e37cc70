"""Quick unlock: with a real gnome-keyring on a bus of its own, and with every way a keyring is known to fail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from asbdesk.store import keys
from asbdesk.store.keyring_slot import Keyring, KeyringAway, open_quickly, switch_off, switch_on
from asbdesk.store.keys import KDF_FAST, Slots

ROOT = Path(__file__).parents[2]
UNLOCK = "printf %s {word} | gnome-keyring-daemon --unlock --components=secrets --foreground & sleep 0.1; {wait}"
# until the daemon has taken its name on the bus; dbus-send would start one by itself, so the names are listed
WAIT = (
    "for i in $(seq 100); do dbus-send --session --print-reply --dest=org.freedesktop.DBus / "
    "org.freedesktop.DBus.ListNames | grep -q org.freedesktop.secrets && break; sleep 0.05; done"
)


class Computer:
    """A user's home without a display, where a Python script can be run on a session bus of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        kept = ("PATH", "LANG", "TMPDIR")
        self.env = {name: os.environ[name] for name in kept if name in os.environ}
        self.env |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_RUNTIME_DIR": str(home / "run")}
        self.env |= {"PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(home / "config")}
        for folder in ("data", "run", "config"):
            (home / folder).mkdir(mode=0o700)

    def run(self, script: str, *, bus: bool = True, unlock: str | None = None, **env: str) -> Any:
        """What `script` printed last, as JSON."""
        python = [sys.executable, "-c", textwrap.dedent(script)]
        command = python
        if unlock is not None:
            daemon = UNLOCK.format(word=unlock, wait=WAIT)
            command = ["dbus-run-session", "--", "sh", "-c", f'{daemon}; "$@"', "sh", *python]
        elif bus:
            command = ["dbus-run-session", "--", *python]
        done = subprocess.run(command, env=self.env | env, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def end_daemons(self) -> None:
        """End the daemons that outlived their bus: those with this home, which only this test can have started."""
        for process in psutil.process_iter():
            try:
                if process.environ().get("HOME") == str(self.home):
                    process.kill()
                    process.wait(5)
            except psutil.Error:
                continue


@pytest.fixture
def computer(tmp_path: Path) -> Iterator[Computer]:
    home = tmp_path / "home"
    home.mkdir()
    made = Computer(home)
    yield made
    made.end_daemons()


SAY = """
    import json
    from asbdesk.store.keyring_slot import Keyring, KeyringAway
    def say(*answers):
        plain = lambda a: a.why if isinstance(a, KeyringAway) else a.hex() if isinstance(a, bytes) else a
        print(json.dumps([plain(a) for a in answers]))
    k = Keyring("5c" * 16, seconds=20)
"""
real = pytest.mark.needs("dbus-run-session", "dbus-send", "gnome-keyring-daemon")


@real
def test_a_real_keyring_keeps_gives_back_and_forgets(computer: Computer) -> None:
    kept, fetched, other, forgot, after, again = computer.run(
        SAY + "    say(k.keep(), k.fetch(), Keyring('7d' * 16).fetch(), k.forget(), k.fetch(), k.forget())",
        unlock="word",
    )
    assert kept == fetched and len(kept) == 64
    assert (other, forgot, after, again) == ("empty", None, "empty", None)


@real
def test_a_real_keyring_opens_the_store_until_it_is_switched_off(computer: Computer) -> None:
    script = """
    import json, pathlib
    from asbdesk.store import keys, keyring_slot as q
    path, slots, key = pathlib.Path.home() / "slots.json", keys.Slots.new(), keys.new_key()
    slots.put_passphrase(key, "four words of mine", keys.KDF_FAST)
    slots.save(path)
    on = q.switch_on(path, key)
    opened = q.open_quickly(keys.Slots.load(path)) == key
    off = q.switch_off(path)
    print(json.dumps([on, opened, off, q.open_quickly(keys.Slots.load(path)).why, keys.Slots.load(path).kinds()]))
    """
    assert computer.run(script, unlock="word") == [None, True, None, "none", ["passphrase"]]


@real
def test_a_real_keyring_that_is_locked_says_so(computer: Computer) -> None:
    computer.run(SAY + "    say(k.keep())", unlock="word")
    computer.end_daemons()
    assert computer.run(SAY + "    say(k.fetch(), k.keep())", unlock="another") == ["locked", "locked"]


@real
def test_a_bus_where_no_keyring_was_ever_made_says_so(computer: Computer) -> None:
    [kept] = computer.run(SAY + "    say(k.keep())")
    assert kept in ("locked", "none")  # the service starts by itself and cannot ask for a password without a display


def test_without_a_bus_there_is_no_keyring(computer: Computer) -> None:
    assert computer.run(SAY + "    say(k.keep(), k.fetch(), k.forget())", bus=False) == ["none"] * 3


@pytest.mark.parametrize("backend", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring", "no.such.Thing"])
def test_a_keyring_that_keeps_nothing_is_never_used(computer: Computer, backend: str) -> None:
    kept, fetched = computer.run(SAY + "    say(k.keep(), k.fetch())", bus=False, PYTHON_KEYRING_BACKEND=backend)
    assert kept == fetched and kept in ("none", "failed")


def test_a_plain_text_keyring_is_refused(computer: Computer) -> None:
    (computer.home / "plain.py").write_text(
        "from keyring.backend import KeyringBackend\n"
        "class PlaintextKeyring(KeyringBackend):\n"
        "    priority = 9\n"
        "    def set_password(self, *a): open('secret', 'w').write(repr(a))\n"
        "    def get_password(self, *a): return 'x'\n"
    )
    computer.env["PYTHONPATH"] += os.pathsep + str(computer.home)
    said = computer.run(SAY + "    say(k.keep())", bus=False, PYTHON_KEYRING_BACKEND="plain.PlaintextKeyring")
    assert said == ["none"]
    assert not list(ROOT.glob("secret")) and not list(computer.home.glob("secret"))


def test_the_program_ends_while_a_keyring_still_hangs(computer: Computer) -> None:
    script = """
    import json, time
    from asbdesk.store.keyring_slot import Keyring
    class Hangs:
        def get_password(self, *a): time.sleep(300)
    print(json.dumps(Keyring("a", find=Hangs, seconds=0.2).fetch().why))
    """
    started = time.monotonic()
    assert computer.run(script, bus=False) == "hangs"
    assert time.monotonic() - started < 30


class Kept(dict[tuple[str, str], str]):
    """A keyring in memory, as the real ones answer."""

    def set_password(self, service: str, user: str, secret: str) -> None:
        self[service, user] = secret

    def get_password(self, service: str, user: str) -> str | None:
        return self.get((service, user))

    def delete_password(self, service: str, user: str) -> None:
        del self[service, user]


class Loses(Kept):
    def set_password(self, service: str, user: str, secret: str) -> None:
        """Says yes and keeps nothing, as the null backend does."""


class Strange(Exception):
    """Stands for pywintypes.error, which is no KeyringError."""


class Raises(Kept):
    def get_password(self, service: str, user: str) -> str | None:
        raise Strange(1783, "CredRead", "the stub received bad data")


class Hangs(Kept):
    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()

    def get_password(self, service: str, user: str) -> str | None:
        self.free.wait(60)
        return None


def quick(find: Callable[[], Any], seconds: float = 5) -> Keyring:
    return Keyring("ab" * 16, find=find, seconds=seconds)


@pytest.mark.parametrize(("backend", "why"), [(Loses(), "refused"), (Raises(), "failed")])
def test_a_failing_keyring_is_an_answer_and_not_an_error(backend: Kept, why: str) -> None:
    answer = quick(lambda: backend).keep()
    assert isinstance(answer, KeyringAway) and answer.why == why
    assert answer.sentence.endswith("Your passphrase opens the desk as always.")


def test_a_hanging_keyring_is_left_behind_in_time() -> None:
    backend, started = Hangs(), time.monotonic()
    answer = quick(lambda: backend, seconds=0.2).fetch()
    backend.free.set()
    assert isinstance(answer, KeyringAway) and answer.why == "hangs"
    assert time.monotonic() - started < 5


def test_what_was_changed_in_the_keyring_opens_nothing_and_says_so(tmp_path: Path) -> None:
    path, slots, key, backend = tmp_path / "slots.json", Slots.new(), keys.new_key(), Kept()
    slots.put_passphrase(key, "four words of mine", KDF_FAST)
    slots.save(path)
    keyring = quick(lambda: backend)
    assert switch_on(path, key, keyring) is None
    assert open_quickly(Slots.load(path), keyring) == key
    for value, why in (("00" * 32, "changed"), ("not hex", "changed"), ("", "empty")):
        backend["asbdesk " + "ab" * 16, "store key"] = value
        answer = open_quickly(Slots.load(path), keyring)
        assert isinstance(answer, KeyringAway) and answer.why == why
    assert Slots.load(path).open_passphrase("four words of mine") == key


def test_a_refusing_keyring_adds_no_slot(tmp_path: Path) -> None:
    path, slots, key = tmp_path / "slots.json", Slots.new(), keys.new_key()
    slots.put_passphrase(key, "four words of mine", KDF_FAST)
    slots.save(path)
    assert switch_on(path, key, quick(Loses)) is not None
    assert Slots.load(path).kinds() == ("passphrase",)


def test_quick_unlock_is_off_even_where_the_keyring_does_not_answer(tmp_path: Path) -> None:
    path, slots, key, backend = tmp_path / "slots.json", Slots.new(), keys.new_key(), Hangs()
    slots.put_passphrase(key, "four words of mine", KDF_FAST)
    slots.put_keyring(key, b"s" * 32)
    slots.save(path)
    answer = switch_off(path, quick(lambda: backend, seconds=0.1))
    backend.free.set()
    assert answer is not None and answer.why == "hangs"
    assert Slots.load(path).kinds() == ("passphrase",)
