"""Brings a spare copy back: proved whole first, put beside, and only then in place; what was there is moved aside."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from asbdesk.clock import Clock, london_day, long_day
from asbdesk.errors import NotWhole, UserError
from asbdesk.paths import StorePaths
from asbdesk.store import copies as lying
from asbdesk.store import disk
from asbdesk.store.copies import Copy, open_database
from asbdesk.store.files import sha256_of
from asbdesk.store.keys import Slots, before


@dataclass(frozen=True)
class Restored:
    """What a restore did. `aside` is where the former store lies, None when there was none; `sentence` says it all."""

    copy: Copy
    aside: Path | None
    missing: tuple[str, ...]  # evidence files that neither the copy nor its neighbours have
    sentence: str


def restore(
    copy: Path,
    paths: StorePaths,
    clock: Clock,
    *,
    without_evidence: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Restored:
    """Make the copy (its folder, or its manifest) this computer's store. Its passphrase or recovery sheet opens it.

    Every file is checked against its hash before anything is touched. A store that is there is moved whole into a
    dated folder beside, never overwritten. `without_evidence` goes on where evidence files are not to be found.
    Raises NotWhole (damaged), UserError (not a copy, open in another window, no room); then nothing has changed.
    """
    found = lying.read(copy)
    missing = _missing(found)
    if missing and not without_evidence:
        raise NotWhole(
            f"{len(missing)} evidence files of this copy are not beside it. They lie in the folder {lying.EVIDENCE} "
            f"that was next to {found.folder.name}: put it there and try again. You can also go on without them."
        )
    with _alone(paths):
        disk.sweep_unfinished(paths.folder, clock)
        staged = _stage(found, missing, paths, progress)
        try:
            aside = _move_aside(paths, clock)
            _put_in_place(staged, paths)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
        _mark(paths, aside, found)
    return Restored(found, aside, missing, _sentence(found, aside, missing))


@contextlib.contextmanager
def _alone(paths: StorePaths) -> Iterator[None]:
    """Hold the store's lock; what the disk refuses meanwhile is told in words."""
    disk.make_folder(paths.folder)
    lock = FileLock(paths.lock, mode=0o600)
    try:
        with lock.acquire(timeout=0):
            yield
    except Timeout:
        raise UserError("asbdesk is open on this computer. Close it, then restore the copy.") from None
    except OSError as error:
        raise disk.in_words(error, paths.folder, "restore the copy") from None


def _missing(copy: Copy) -> tuple[str, ...]:
    return tuple(blob for blob, _ in copy.evidence if copy.evidence_path(blob) is None)


def _stage(
    copy: Copy, missing: tuple[str, ...], paths: StorePaths, progress: Callable[[int, int], None] | None
) -> Path:
    """Copy everything into a folder of the store, and hash what has arrived there. Raises NotWhole, OSError."""
    if shutil.disk_usage(paths.folder).free < copy.size + (64 << 20):
        raise UserError(
            f"The disk with {paths.folder} has too little room for this copy: it needs {(copy.size >> 20) + 64} MB."
        )
    staged = paths.folder / f"{disk.NEW}restore-{secrets.token_hex(4)}"
    todo = [(copy.folder / p.path, p.path, p.sha256, p.size) for p in copy.parts]
    todo += [(_at(copy, b), f"files/{b}", b, size) for b, size in copy.evidence if b not in missing]
    done, total = 0, sum(size for *_, size in todo)
    try:
        staged.mkdir(mode=0o700)
        for source, name, sha256, size in todo:
            target = staged / name
            target.parent.mkdir(mode=0o700, exist_ok=True)
            _fetch(source, target, sha256)
            done += size
            if progress:
                progress(done, total)
        _check_slots(staged / "slots.json", copy)
        shutil.copyfile(staged / "slots.json", before(staged / "slots.json"))
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    return staged


def _at(copy: Copy, blob: str) -> Path:
    path = copy.evidence_path(blob)
    if path is None:
        raise FileNotFoundError(2, "taken away", blob)
    return path


def _fetch(source: Path, target: Path, sha256: str) -> None:
    if not source.is_file():
        raise NotWhole(f"The copy is not whole: {source} is missing. Use another copy. Nothing here has changed.")
    shutil.copyfile(source, target)
    with target.open("rb+") as out:
        disk.sync_file(out.fileno())
    if os.name == "posix":
        target.chmod(0o600)
    if sha256_of(target) != sha256:
        raise NotWhole(f"The copy is not whole: {source} was altered. Use another copy. Nothing here has changed.")


def _check_slots(path: Path, copy: Copy) -> None:
    if Slots.load(path).store != copy.store:
        raise NotWhole(f"The key file in {copy.folder} is another desk's. Use another copy. Nothing here has changed.")


def _kept_in(paths: StorePaths) -> list[Path]:
    """What makes up a store, the database and its log first: without them no later step can be taken for a store."""
    database = [paths.database.with_name(paths.database.name + end) for end in ("", "-wal", "-shm")]
    return [
        *database,
        paths.slots,
        before(paths.slots),
        paths.evidence,
        paths.authority,
        paths.own_forms,
        paths.own_letters,
        paths.own_words,
    ]


def _move_aside(paths: StorePaths, clock: Clock) -> Path | None:
    """Move the store that is there into a dated folder in its own; None when there is none. Nothing is ever deleted."""
    there = [path for path in _kept_in(paths) if path.is_file() or (path.is_dir() and any(path.iterdir()))]
    if not there:
        return None
    aside = lying.new_folder(paths.folder, lying.made_now(clock), "moved-aside")
    for path in there:
        path.replace(aside / path.name)
    disk.sync_folder(aside)
    disk.sync_folder(paths.folder)
    return aside


def _put_in_place(staged: Path, paths: StorePaths) -> None:
    """Rename the staged files in, the database last: until then a start finds no store, and says so."""
    order = [
        "files",
        "forms",
        "letters",
        "words",
        "authority.pem",
        "desk.db-wal",
        "slots.json.before",
        "slots.json",
        "desk.db",
    ]
    targets = {
        "files": paths.evidence,
        "forms": paths.own_forms,
        "letters": paths.own_letters,
        "words": paths.own_words,
    }
    for name in order:
        if (staged / name).exists():
            target = targets.get(name, paths.folder / name)
            if target.is_dir():  # an empty one was left
                target.rmdir()
            disk.put_in_place(staged / name, target)


def _mark(paths: StorePaths, aside: Path | None, copy: Copy) -> None:
    """Leave word for the next unlock, which holds the copy to what was erased since (`erased_since`)."""
    told = {"aside": aside.name if aside else None, "made": copy.made}
    with contextlib.suppress(UserError):
        disk.write_whole(paths.restored, json.dumps(told).encode(), "note the restore")


@dataclass(frozen=True)
class Erasure:
    """A line of the former store's list of what was erased."""

    file: str
    order_id: str
    at: str


def erased_since(paths: StorePaths, key: bytes) -> tuple[Erasure, ...]:
    """What the store that a restore moved aside had erased by order: erase it here too before anything is shown.

    For the first unlock after a restore; empty otherwise, and where the former store was another one or is damaged.
    When it is done, `settled`.
    """
    try:
        name = json.loads(paths.restored.read_bytes())["aside"]
    except (OSError, ValueError, TypeError, KeyError):
        return ()
    former = paths.folder / str(name) / paths.database.name
    if not isinstance(name, str) or not former.is_file() or former.parent.parent != paths.folder:
        return ()
    from sqlcipher3 import dbapi2 as sqlcipher

    connection = open_database(former, key)
    try:
        return tuple(Erasure(*map(str, row)) for row in connection.execute("SELECT file, order_id, at FROM erased"))
    except sqlcipher.Error:
        return ()
    finally:
        connection.close()


def settled(paths: StorePaths) -> None:
    """Forget that there was a restore: what was erased since has been erased here."""
    with contextlib.suppress(OSError):
        paths.restored.unlink(missing_ok=True)


def _sentence(copy: Copy, aside: Path | None, missing: tuple[str, ...]) -> str:
    words = [f"The copy of {long_day(london_day(copy.made))} is in place. Its passphrase or recovery sheet opens it."]
    if aside:
        words.append(f"What was here before has not been deleted: it lies in {aside}.")
    if missing:
        words.append(f"{len(missing)} evidence files are missing from it.")
    return " ".join(words)
