"""A bad line between two network namespaces: packets are carried by hand, late, and some not at all.

The kernel's own netem is not everywhere; two TUN devices are. Needs root.
"""

from __future__ import annotations

import contextlib
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
NEAR, FAR = "10.99.0.1", "10.99.0.2"


@dataclass
class Line:
    """Two namespaces and what lies between. `loss`: of packets; `delay`: seconds, each way. `cut` ends all traffic."""

    near: str
    far: str
    loss: float
    delay: float
    fds: tuple[int, int]
    cut: bool = False
    carried: int = 0
    lost: int = 0
    _over: bool = False
    _waiting: list[tuple[float, int, int, bytes]] = field(default_factory=list)

    def carry(self) -> None:
        """Packets from one end to the other until it is over."""
        chance, count = random.Random(1), 0
        while not self._over:
            wait = max(0.0, self._waiting[0][0] - time.monotonic()) if self._waiting else 0.05
            for fd in select.select(self.fds, [], [], min(wait, 0.05))[0]:
                packet = os.read(fd, 65536)
                if self.cut or chance.random() < self.loss:
                    self.lost += 1
                    continue
                count += 1
                other = self.fds[1] if fd == self.fds[0] else self.fds[0]
                heapq.heappush(self._waiting, (time.monotonic() + self.delay, count, other, packet))
            while self._waiting and self._waiting[0][0] <= time.monotonic():
                _, _, to, packet = heapq.heappop(self._waiting)
                with contextlib.suppress(OSError):
                    os.write(to, packet)
                self.carried += 1

    def end(self) -> None:
        self._over = True

    def inside(self, end: str, *words: str) -> list[str]:
        """A command as it is run at one end."""
        return ["ip", "netns", "exec", end, *words]


@contextlib.contextmanager
def bad_line(loss: float, delay: float) -> Iterator[Line]:
    """The line, while it is wanted. Skips where it cannot be made."""
    names = tuple(f"asb{os.getpid()}{end}" for end in "nf")
    made: list[str] = []
    fds: list[int] = []
    try:
        for name, address in zip(names, (NEAR, FAR), strict=True):
            _run("ip", "netns", "add", name)
            made.append(name)
            fds.append(_tun(name))
            _run("ip", "link", "set", name, "netns", name)
            for words in (
                ["addr", "add", f"{address}/24", "dev", name],
                ["link", "set", name, "up"],
                ["link", "set", "lo", "up"],
            ):
                _run("ip", "netns", "exec", name, "ip", *words)
        line = Line(*names, loss, delay, (fds[0], fds[1]))
        carrying = threading.Thread(target=line.carry)
        carrying.start()
        try:
            yield line
        finally:
            line.end()
            carrying.join()
    finally:
        for fd in fds:
            os.close(fd)
        for name in made:
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)


def _run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"network namespaces cannot be made here: {done.stderr.strip()[:200]}")


def _tun(name: str) -> int:
    try:
        fd = os.open("/dev/net/tun", os.O_RDWR)
        fcntl.ioctl(fd, _TUNSETIFF, struct.pack("16sH22x", name.encode(), _IFF_TUN | _IFF_NO_PI))
    except OSError as error:
        pytest.skip(f"TUN devices cannot be made here: {error.strerror}")
    return fd
