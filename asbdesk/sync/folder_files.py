"""Files of a shared folder as copying tools leave them, spoilt names and torn contents; writing that outlasts it."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from asbdesk.store.disk import sync_file, sync_folder
from asbdesk.sync import names
from asbdesk.sync.depot import Marker

T = TypeVar("T")
FORMAT = 1
LARGEST = 64 << 20
"""Most bytes of one object; a larger file is not ours and is not read."""

_SPOILT = r"(?![a-z0-9])"  # what a copying tool adds begins with a space, a bracket, a dot, a dash
TOP = re.compile(rf"(dev|keys|roster|join|blob){_SPOILT}")
DEVICES = ("dev", "keys")
"""Kinds that have a folder for each device."""
SUB = {kind: re.compile(names.DEVICE + _SPOILT) for kind in DEVICES}
SUB["blob"] = re.compile(rf"[0-9a-f]{{2}}{_SPOILT}")
_FILE = {
    kind: re.compile(rf"(?<![0-9a-f])({number}[0-9a-f]{{32}})(?![0-9a-f]).*(\.{ending}){_SPOILT}")
    for kind, number, ending in (
        ("dev", "[0-9]{8}-", "seg"),
        ("keys", "[0-9]{8}-", "grt"),
        ("roster", "[0-9]{8}-", "ros"),
        ("join", "", "req"),
        ("blob", "", "pak"),
    )
}
_UNFINISHED = re.compile(r"[.~]|.*\.(tmp|temp|part|partial|filepart|crdownload)$")
_CANNOT_SYNC = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}
MARKER_LARGEST = 4096


# ---- names as copying tools leave them
def is_marker(name: str) -> bool:
    """Whether it is the marker, or what a copying tool made of its name."""
    low = name.lower()
    stem, _, ending = names.MARKER.rpartition(".")
    return low.startswith(stem) and f".{ending}" in low and not _UNFINISHED.match(low)


def right_name(area: str, found: str) -> str | None:
    """`00000042-<hash> (1).SEG`, `Copy of …`, `….sync-conflict-….seg`: what the object is called, or None."""
    if names.hash_in(name := f"{area}/{found}"):
        return name
    low = found.lower()
    match = None if _UNFINISHED.match(low) else _FILE[area.partition("/")[0]].search(low)
    name = f"{area}/{match[1]}{match[2]}" if match else ""
    return name if names.read(name) else None


def matches(parts: names.Name, data: bytes) -> bool:
    """Whether these bytes are the object; a join request, whose name is random, proves itself otherwise."""
    return bool(data) if parts.kind == "join" else names.digest(data) == parts.hash


def marker_in(data: bytes | None) -> Marker | None:
    """What a marker says; None when it is not whole."""
    try:
        said = json.loads((data or b"").decode())
        org, made_as, created = said["org"], said["format"], said["created"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    right = isinstance(org, str) and re.fullmatch(r"[0-9a-f]{32}", org) and type(made_as) is int
    return Marker(org, made_as, created) if right and isinstance(created, str) else None


# ---- files
def long_path(path: Path) -> Path:
    """Windows takes more than 260 characters only so."""
    path = path.absolute()
    if sys.platform != "win32" or str(path).startswith("\\\\?\\"):
        return path
    return Path(f"\\\\?\\UNC\\{str(path)[2:]}" if str(path).startswith("\\\\") else f"\\\\?\\{path}")


def entries(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder, none when there is no such folder below a root that is there. Raises OSError."""
    try:
        with os.scandir(folder) as found:
            return list(found)
    except NotADirectoryError:
        return []


def is_plain(entry: os.DirEntry[str], empty: bool) -> bool:
    """Whether it is a plain file (opening a pipe would wait for ever); `empty`: also one without a byte."""
    try:
        return entry.is_file() and (empty or entry.stat().st_size > 0)
    except OSError:
        return False


def read(path: Path, most: int = LARGEST) -> bytes | None:
    """A file's bytes; None when it is missing, too large, or held by another program. Raises OSError otherwise."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as source:
            data = source.read(most + 1)
    except (FileNotFoundError, PermissionError):
        return None
    return data if len(data) <= most else None


def patiently(work: Callable[[], T]) -> T:
    """On Windows a virus scanner or a copying tool may hold a file for a moment: tried for about a second."""
    for pause in (0.05, 0.2, 0.6):
        try:
            return work()
        except PermissionError:
            if sys.platform != "win32":
                raise
            threading.Event().wait(pause)
    return work()


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, never through a link. Raises OSError; no part of it is left then."""
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
            out.flush()
            try:
                sync_file(out.fileno())
            except OSError as error:  # some shares have no such call; what counts is read back afterwards
                if error.errno not in _CANNOT_SYNC:
                    raise
            if hasattr(os, "posix_fadvise"):  # so that a stick is read back, and not this machine's memory of it
                os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink()
        raise
    sync_folder(path.parent)


def replaced(path: Path, data: bytes) -> bool:
    """Write over what is torn or absent and see that it is there; False when something there cannot be taken away."""
    try:
        patiently(partial(path.unlink, missing_ok=True))
    except OSError as error:
        if error.errno == errno.EROFS:
            raise
        return False
    patiently(partial(write_new, path, data))
    return read(path) == data
