"""Spare copies as they lie on a stick or share: what a whole one is, which there are, and which are kept.

    asbdesk-copy-2026-11-21-1042/   desk.db  slots.json  authority.pem  forms/…  letters/…  words/…  manifest.json
    asbdesk-files/                  the evidence of all copies, encrypted, named by hash: copied once

Everything in them that concerns a person is encrypted as in the store; the manifest holds hashes, sizes and an instant.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from asbdesk.clock import Clock, instant, london_time, parse_instant
from asbdesk.errors import NotWhole, UserError
from asbdesk.settings import Settings
from asbdesk.store import disk

VERSION = 1
MANIFEST = "manifest.json"
EVIDENCE = "asbdesk-files"
KEEP_NEWEST, KEEP_MONTHS = 7, 12
LATE_DAYS = 14  # the lock screen says it in red from then on (PRACTICE.md 22)
_NAME = re.compile(r"asbdesk-copy-\d{4}-\d\d-\d\d-\d{4}(-\d+)?")
_INSIDE = re.compile(
    r"desk\.db|desk\.db-wal|slots\.json|authority\.pem|(?:forms|letters|words)/[\w .()-]{1,100}\.ya?ml"
)
_BLOB = re.compile(r"[0-9a-f]{64}")
_LIMIT = 64 << 20  # bytes of a manifest: about half a million evidence files
_A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Part:
    """A file of a copy: its place in the copy's folder, its bytes, their SHA-256 in hex."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Copy:
    """One whole copy."""

    folder: Path
    store: str  # the id of the store it is of
    made: str  # instant
    parts: tuple[Part, ...]
    evidence: tuple[tuple[str, int], ...]  # (name, bytes) of each evidence file it counts on
    lacks: tuple[str, ...] = ()  # names of evidence files that were damaged in the store when it was made

    @property
    def size(self) -> int:
        """Bytes, evidence included."""
        return sum(p.size for p in self.parts) + sum(size for _, size in self.evidence)

    def evidence_path(self, blob: str) -> Path | None:
        """Where an evidence file of this copy lies, or None: in the copy, in the shared folder, or beside a store."""
        places = (self.folder / "files", self.folder.parent / EVIDENCE, self.folder.parent / "files")
        return next((place / blob for place in places if (place / blob).is_file()), None)


@dataclass(frozen=True)
class CopyAge:
    """How old the newest copy off this laptop is, for the lock screen. `days` is None when there is none."""

    days: int | None
    late: bool
    sentence: str


def copies(to: Path) -> list[Copy]:
    """The whole copies in folder `to`, newest first; unfinished and damaged ones are left out."""
    found = []
    for folder in _dated(to):
        with contextlib.suppress(UserError):
            found.append(read(folder))
    return sorted(found, key=lambda copy: (copy.made, copy.folder.name), reverse=True)


def read(copy: Path) -> Copy:
    """The copy at `copy`: its folder, or its manifest. The files themselves are not read yet.

    Raises NotWhole (unfinished, altered) or UserError (not a copy, newer version), with what to do.
    """
    folder = copy.parent if copy.name == MANIFEST else copy
    if not folder.is_dir():
        raise UserError(f"{folder} is not there. Is the stick or shared drive connected?")
    try:
        with (folder / MANIFEST).open("rb") as stream:
            data = stream.read(_LIMIT + 1)
    except FileNotFoundError:
        if _NAME.fullmatch(folder.name):
            raise NotWhole(f"The copy {folder} was never finished. Use an older one beside it.") from None
        raise UserError(f"{folder} is not a spare copy. Choose a folder whose name begins with asbdesk-copy.") from None
    except OSError as error:
        raise disk.in_words(error, folder, "read the copy") from None
    return _copy(folder, _told(data, folder))


def _told(data: bytes, folder: Path) -> dict[str, Any]:
    try:
        told = json.loads(data) if len(data) <= _LIMIT else None
    except (ValueError, RecursionError):
        told = None
    if isinstance(told, dict) and isinstance(told.get("version"), int) and told["version"] > VERSION:
        raise UserError(f"The copy {folder} was made by a newer asbdesk. Install the newest version on this computer.")
    if not isinstance(told, dict) or told.pop("sum", None) != _sum(told):
        raise NotWhole(f"The list of contents of the copy {folder} is damaged. Use another copy beside it.")
    return told


def _copy(folder: Path, told: dict[str, Any]) -> Copy:
    try:
        parts = tuple(Part(str(p["path"]), int(p["size"]), str(p["sha256"])) for p in told["files"])
        evidence = tuple((str(blob), int(size)) for blob, size in told["evidence"])
        copy = Copy(folder, str(told["store"]), str(told["made"]), parts, evidence, tuple(map(str, told["lacks"])))
        parse_instant(copy.made)
    except (KeyError, TypeError, ValueError):
        raise NotWhole(f"The list of contents of the copy {folder} cannot be read. Use another copy.") from None
    names = {part.path for part in parts}
    strange = [name for name in names if not _INSIDE.fullmatch(name)]
    strange += [blob for blob, _ in evidence if not _BLOB.fullmatch(blob)]
    if strange or not {"desk.db", "slots.json"} <= names:
        raise NotWhole(f"The copy {folder} lists files that no copy of asbdesk has. Use another copy.")
    return copy


def finish(copy: Copy) -> None:
    """Write the manifest, whole and last: from now on the copy counts. Raises UserError."""
    told = {
        "what": "asbdesk copy",
        "version": VERSION,
        "store": copy.store,
        "made": copy.made,
        "files": [{"path": p.path, "size": p.size, "sha256": p.sha256} for p in copy.parts],
        "evidence": [list(each) for each in copy.evidence],
        "lacks": list(copy.lacks),
    }
    data = json.dumps({**told, "sum": _sum(told)}, indent=1).encode()
    disk.write_whole(copy.folder / MANIFEST, data, "finish the copy")


def new_folder(to: Path, made: str, name: str = "asbdesk-copy") -> Path:
    """Make the dated folder of a new copy; a second one in the same minute gets `-2`. Raises UserError."""
    stem = f"{name}-{london_time(made):%Y-%m-%d-%H%M}"
    for number in range(1, 100):
        folder = to / (stem if number == 1 else f"{stem}-{number}")
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            continue
        except OSError as error:
            raise disk.in_words(error, to, "make the folder for the copy") from None
        return folder
    raise UserError(f"There are a hundred copies of this minute in {to} already. Wait a minute.")


def rotate(to: Path, store: str, clock: Clock) -> list[Path]:
    """Take away copies of this store beyond the newest 7 and the newest of each of 12 months; what was taken away.

    Unfinished ones older than a day go too, and evidence that no copy in the folder counts on. Only files that a copy
    is known to have are deleted, so that anything else somebody put there stays.
    """
    own = [copy for copy in copies(to) if copy.store == store]
    gone = []
    for copy in own:
        if copy not in _kept(own):
            _take_away(copy.folder, [part.path for part in copy.parts])
            gone.append(copy.folder)
    before = disk.time_at(to, clock) - _A_DAY.total_seconds()
    for folder in _dated(to):
        if not (folder / MANIFEST).exists() and folder.stat().st_mtime < before:
            _take_away(folder, _ours(folder))
            gone.append(folder)
    _sweep_evidence(to, before)
    return gone


def age(settings: Settings, clock: Clock) -> CopyAge:
    """The age of the newest copy, from the settings (they can be read while locked). One from a later day says that a
    clock was wrong, and nothing of when it was made."""
    if settings.newest_copy is None:
        return CopyAge(
            None, True, "There is no spare copy yet. Make one today, on a stick or another computer's folder."
        )
    days = (clock.now() - parse_instant(settings.newest_copy)).days
    if days < -1:
        return CopyAge(None, True, "The newest spare copy bears a day that is still to come. Make a new one today.")
    days = max(0, days)
    told = {0: "from today", 1: "1 day old"}.get(days, f"{days} days old")
    late = days >= LATE_DAYS
    return CopyAge(days, late, f"The newest spare copy is {told}." + (" Make a new one today." if late else ""))


def follow_slots(slots: Path, store: str) -> None:
    """Give the copies in the store's own folder (before an upgrade, moved aside) the key file as it is now.

    The key is the same, so a passphrase that was replaced would otherwise still open them, and by them the store.
    Copies on sticks keep the passphrase they were made with. Refusals are left: the copy stays as it was.
    """
    data = slots.read_bytes()
    for old in [
        p for name in ("before-upgrade-*", "moved-aside-*") for p in slots.parent.glob(f"{name}/{slots.name}*")
    ]:
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError, UserError):
            if json.loads(old.read_bytes())["store"] != store:
                continue
            disk.write_whole(old, data, "bring a copy's key file up to date")
            if old.name == slots.name and (old.parent / MANIFEST).exists():
                copy = read(old.parent)
                part = Part(slots.name, len(data), hashlib.sha256(data).hexdigest())
                finish(replace(copy, parts=(*(p for p in copy.parts if p.path != slots.name), part)))


def _kept(own: list[Copy]) -> list[Copy]:
    months: dict[str, Copy] = {}
    for copy in own:  # newest first, so the first of a month is its newest
        months.setdefault(f"{london_time(copy.made):%Y-%m}", copy)
    return own[:KEEP_NEWEST] + list(months.values())[:KEEP_MONTHS]


def _dated(to: Path) -> list[Path]:
    try:
        return sorted(p for p in to.iterdir() if _NAME.fullmatch(p.name) and p.is_dir())
    except OSError:
        return []


def _ours(folder: Path) -> list[str]:
    found = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]
    return [name for name in found if _INSIDE.fullmatch(name) or name.rpartition("/")[2].startswith(disk.NEW)]


def _take_away(folder: Path, names: list[str]) -> None:
    """Delete a copy, its manifest first: one that is half gone must not look whole. Refusals wait for the next time."""
    with contextlib.suppress(OSError):
        (folder / MANIFEST).unlink(missing_ok=True)
        for name in names:
            (folder / name).unlink(missing_ok=True)
        for inner in (folder / "forms", folder / "letters", folder / "words", folder):
            if inner.is_dir():
                inner.rmdir()


def discard(folder: Path) -> None:
    """Take away a copy that was stopped before it was whole."""
    _take_away(folder, _ours(folder))


def _sweep_evidence(to: Path, before: float) -> None:
    shared = to / EVIDENCE
    counted: set[str] = set()
    for folder in _dated(to):
        try:
            counted.update(blob for blob, _ in read(folder).evidence)
        except UserError:
            return  # who knows what that one counts on
    with contextlib.suppress(OSError):
        for path in shared.iterdir():
            ours = _BLOB.fullmatch(path.name) or path.name.startswith(disk.NEW)
            if ours and path.name not in counted and path.stat().st_mtime < before:
                path.unlink()


def _sum(told: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def may_hold(name: str) -> bool:
    """Whether a copy may have a file of that name."""
    return _INSIDE.fullmatch(name) is not None


def open_database(path: Path, key: bytes) -> Any:
    """A plain connection for copying a database, with none of the store's triggers or rules."""
    from sqlcipher3 import dbapi2 as sqlcipher

    connection = sqlcipher.connect(os.fspath(path), timeout=10, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA temp_store=MEMORY")
    return connection


def made_now(clock: Clock) -> str:
    """The instant a copy that is begun now is dated by."""
    return instant(clock.now())
