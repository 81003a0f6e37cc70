"""Qt's player of sounds and films, brought in when one is opened: it plays from memory, and tells nobody what."""

from __future__ import annotations

import importlib
import itertools
import os
import struct
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QIODevice, QLoggingCategory, QObject, qRegisterResourceData, qUnregisterResourceData
from PySide6.QtGui import QImageReader

Made = TypeVar("Made", bound=QObject)

ALONE = {
    # what is played may name files and addresses beside it: none of them is opened
    "QT_FFMPEG_PROTOCOL_WHITELIST": "none",
    # one way of drawing on every laptop; a film from a stranger is kept away from the drivers of its graphics
    "QT_FFMPEG_DECODING_HW_DEVICE_TYPES": ",",
}
QUIET = "qt.multimedia*=false"
"""Qt would write out what a file says of itself: its title, its maker, the place where it was taken."""


def multimedia() -> Any:
    """`PySide6.QtMultimedia`. Raises ImportError where it, or what it needs of the system, is not here."""
    os.environ.update(ALONE)
    QLoggingCategory.setFilterRules(QUIET)
    return importlib.import_module("PySide6.QtMultimedia")


def can_play() -> bool:
    """Whether sounds and films can be played on this laptop."""
    try:
        multimedia()
    except ImportError:
        return False
    return True


def unhindered(thing: Made) -> Made:
    """`thing`, ready to be let go of by a player's threads. They tell it so while they hold a lock of Qt's, and what
    Python made asks Python once whether it wants to hear: a window that is at work just then would wait for that lock,
    and the thread for Python, for ever. It is asked here, while nobody waits."""
    thing.objectNameChanged.connect(_nothing)
    thing.objectNameChanged.disconnect(_nothing)
    return thing


def _nothing(_: str) -> None:
    """Hears, and does nothing."""


class InMemory:
    """Bytes that players read at a place of Qt's own. From a device that Python made they would be read through Python:
    a player's thread would wait for it, and at the end of the program Python for that thread. It would never end."""

    def __init__(self, data: bytes) -> None:
        self._at = next(_NUMBERS)
        name = str(self._at)
        named = struct.pack(">HI", len(name), _hash(name)) + name.encode("utf-16-be")
        tree = _FOLDER.pack(0, 2, 1, 1) + _FILE.pack(0, 0, 0, 1, 0)
        _HELD[self._at] = _Held((1, tree, named, struct.pack(">I", len(data)) + data))
        qRegisterResourceData(*_HELD[self._at].parts)

    def device(self, player: QObject) -> QIODevice:
        """For `player` to read from. All is let go of when the last that has one is gone."""
        at = self._at
        opened = QImageReader(f":/{at}")  # it makes a file of Qt's own; nothing here makes one without Python in it
        _HELD[at].opened.append(opened)
        player.destroyed.connect(lambda *_: _let_go(at))
        opened.device().open(QIODevice.OpenModeFlag.ReadOnly)
        return opened.device()


@dataclass
class _Held:
    """What Qt reads in place, so that it must stay where it is; by whom it is read, and how many are gone already."""

    parts: tuple[int, bytes, bytes, bytes]
    opened: list[QImageReader] = field(default_factory=list)
    gone: int = 0


_NUMBERS = itertools.count()
_HELD: dict[int, _Held] = {}
_FOLDER, _FILE = struct.Struct(">IHII"), struct.Struct(">IHHHI")


def _hash(name: str) -> int:
    """Qt's own, by which it finds a name."""
    found = 0
    for sign in name:
        found = (found << 4) + ord(sign)
        found = (found ^ (found & 0xF0000000) >> 23) & 0x0FFFFFFF
    return found


def _let_go(at: int) -> None:
    held = _HELD[at]
    held.gone += 1
    if held.gone == len(held.opened):
        del _HELD[at]
        held.opened.clear()
        qUnregisterResourceData(*held.parts)
