"""A place to meet in any folder: a network share, a USB stick, a folder that a cloud client copies (SYNC.md 2.2).

Nothing is renamed, replaced while whole, or locked, because copying tools do all three badly. A name carries the hash
of its bytes, so that a torn, empty or foreign file is told apart by reading it, and the rest of the name may be spoilt.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from asbdesk.clock import Clock, instant
from asbdesk.store.disk import in_words
from asbdesk.sync import folder_files as files
from asbdesk.sync import names, segment
from asbdesk.sync.depot import Area, DepotAway, Marker, News, NotThere, area_of
from asbdesk.sync.headers import Misread

_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


def create(path: Path, org: str, clock: Clock) -> Marker:
    """Make a folder the place where an organisation (`org`: 32 hex digits) meets; again is no harm.

    Raises NotThere when the folder is another organisation's, or has other files in it; UserError with the disk's no.
    """
    depot = FolderDepot(path, "")
    try:
        depot.root.mkdir(exist_ok=True)
        there = depot.root_entries()
        if any(files.is_marker(entry.name) for entry in there):
            found = depot.marker()
            if found.org != org:
                raise NotThere(f"{path} is the folder of another organisation. Choose another folder.")
            return found
        if strangers := [e.name for e in there if not files.TOP.match(e.name.lower()) and e.name[0] not in ".~$"]:
            raise NotThere(f"{path} has other files in it, such as {strangers[0]}. Choose an empty folder.")
        made = Marker(org, files.FORMAT, instant(clock.now()))
        said = {"created": made.created, "format": made.format, "org": org}
        files.write_new(depot.root / names.MARKER, json.dumps(said, sort_keys=True).encode())
    except OSError as error:
        raise in_words(error, path, "make the shared folder") from None
    return depot.marker()


class FolderDepot:
    """One folder, as one device sees it."""

    def __init__(self, path: Path, device: str) -> None:
        self.where = str(path)
        self.device = device
        self.root = files.long_path(path)
        self._marked: Path | None = None

    # ---- what it is
    def marker(self) -> Marker:
        """Read what the folder is, from the marker or a copy of it under a spoilt name."""
        with self._spoken("read the shared folder"):
            paths = [Path(e.path) for e in self.root_entries() if files.is_marker(e.name)]
            found = {said: path for path in paths if (said := files.marker_in(files.read(path, files.MARKER_LARGEST)))}
        if not paths:
            raise DepotAway(
                f"{self.where} is there, but without the file {names.MARKER}. Is the right stick or drive in, and has "
                "the folder been copied to this laptop? Nothing is lost: asbdesk tries again later."
            )
        if not found:
            raise DepotAway(f"{self.where} is still arriving: {names.MARKER} is not whole yet. Try again later.")
        if len({marker.org for marker in found}) > 1:
            raise NotThere(f"{self.where} holds the markers of two organisations. Take the wrong one out.")
        marker, self._marked = next(iter(found.items()))
        if marker.format != files.FORMAT:
            raise NotThere(f"{self.where} was made by a newer asbdesk. Bring this laptop up to date.")
        return marker

    def root_entries(self) -> list[os.DirEntry[str]]:
        """What lies at the top. Raises OSError."""
        return files.entries(self.root)

    def _stay(self) -> None:
        """Raise unless the marker is there: an unmounted drive leaves an empty folder in its place."""
        if self._marked is None or not self._marked.is_file():
            self.marker()

    @contextlib.contextmanager
    def _spoken(self, doing: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in _REFUSED and self.root.is_dir():
                raise NotThere(str(in_words(error, Path(self.where), doing))) from None
            raise DepotAway(str(in_words(error, Path(self.where), doing))) from None

    # ---- what it holds
    def heads(self) -> Mapping[str, Area]:
        """By listing alone, because reading would fetch what a cloud client keeps online; empty files do not count."""
        with self._spoken("read the shared folder"):
            self._stay()
            return {area: area_of(self._held(area, empty=False)) for area in self._areas()}

    def news(self, areas: Collection[str], cursor: str) -> News:
        """All names in these areas, whole or not."""
        with self._spoken("read the shared folder"):
            self._stay()
            return News(tuple(sorted(n for area in sorted(areas) for n in self._held(area))), "")

    def _areas(self) -> list[str]:
        tops = self._tops()
        found = {
            f"{kind}/{device[0]}"
            for kind in files.DEVICES
            for top in tops.get(kind, ())
            for entry in files.entries(top)
            if (device := files.SUB[kind].match(entry.name.lower()))
        }
        return ["roster", "join", *sorted(found | ({f"keys/{self.device}"} if self.device else set()))]

    def _tops(self) -> dict[str, list[Path]]:
        found: dict[str, list[Path]] = {}
        for entry in self.root_entries():
            if top := files.TOP.match(entry.name.lower()):
                found.setdefault(top[1], []).append(Path(entry.path))
        return found

    def _folders(self, area: str) -> list[Path]:
        """Where an area's files lie: its folder, in whatever case, and copies of it under spoilt names."""
        kind, _, sub = area.partition("/")
        tops = self._tops().get(kind, [])
        if not sub:
            return tops
        return [
            Path(entry.path)
            for top in tops
            for entry in files.entries(top)
            if (found := files.SUB[kind].match(entry.name.lower())) and found[0] == sub
        ]

    def _held(self, area: str, *, empty: bool = True) -> dict[str, list[str]]:
        """An area's objects by their right names, and the files that may be them."""
        held: dict[str, list[str]] = {}
        for folder in self._folders(area):
            for entry in files.entries(folder):
                name = files.right_name(area, entry.name)
                if name is not None and files.is_plain(entry, empty):
                    held.setdefault(name, []).append(entry.path)
        return held

    # ---- reading
    def get(self, wanted: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """Each whole object; None for what is missing, torn, or cannot be read now."""
        with self._spoken("read the shared folder"):
            self._stay()
            known: dict[str, dict[str, list[str]]] = {}
            for name in wanted:
                yield name, self._whole(name, known)

    def _whole(self, name: str, known: dict[str, dict[str, list[str]]]) -> bytes | None:
        parts = names.read(name)
        if parts is None:
            return None
        data = files.read(self.root / name)
        if data is not None and files.matches(parts, data):
            return data
        self._stay()
        if parts.area not in known:
            known[parts.area] = self._held(parts.area)
        for path in known[parts.area].get(name, ()):
            data = files.read(Path(path))
            if data is not None and files.matches(parts, data):
                return data
        return None

    def blocks(self, wanted: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int, bytes | None]]:
        """Blocks out of whole segments, segment by segment: a folder keeps nothing back."""
        for name, data in self.get(list(dict.fromkeys(name for name, _ in wanted))):
            held: Sequence[bytes | None] = ()
            if data is not None:
                with contextlib.suppress(Misread):
                    held = segment.parse(data).blocks
            for index in (index for which, index in wanted if which == name):
                yield name, index, held[index] if 0 <= index < len(held) else None

    def has(self, wanted: Collection[str]) -> set[str]:
        """Those that are whole, by reading them."""
        return {name for name, data in self.get(sorted(wanted)) if data is not None}

    # ---- writing
    def put(self, name: str, data: bytes) -> bytes | None:
        """Write an object under its name, have the disk hold it, and read it back."""
        parts = names.read(name)
        if parts is None or len(data) > files.LARGEST or not files.matches(parts, data):
            raise ValueError(f"not an object of a depot: {name}")
        with self._spoken("write into the shared folder"):
            self._stay()
            path, folder = self.root / name, self.root
            if files.read(path) == data:
                return None
            for level in parts.area.split("/"):
                folder = folder / level
                folder.mkdir(exist_ok=True)
            # what stands there torn may be held fast, or be no file at all: then a second name, read by its hash too
            for place in (path, path.with_name(f"{path.stem}-2{path.suffix}")):
                if files.replaced(place, data):
                    return None
        raise DepotAway(f"{self.where} did not keep what was written into it. Look at the drive, then try again.")

    def remove(self, gone: Collection[str]) -> None:
        """Delete these objects and their copies under spoilt names."""
        with self._spoken("take away old files from the shared folder"):
            self._stay()
            known: dict[str, dict[str, list[str]]] = {}
            for name in gone:
                parts = names.read(name)
                if parts is None:
                    continue
                held = known.setdefault(parts.area, self._held(parts.area))
                for path in held.get(name, ()):
                    files.patiently(partial(Path(path).unlink, missing_ok=True))
