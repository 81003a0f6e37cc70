"""Head office as a place to meet: the same few functions as a folder, asked over one TLS connection."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from asbdesk.sync import sealing
from asbdesk.sync import session_words as words
from asbdesk.sync.connection import Connection, NotLetIn, address
from asbdesk.sync.depot import Area, DepotAway, Marker, News, NotThere

if TYPE_CHECKING:
    pass

__all__ = ["Hub", "ServiceDepot", "address", "found", "hub"]

AT_ONCE = 2_000
"""Names in one question."""
BREAKS = 5
"""How often in a row an answer may break off without bringing anything more."""
T = TypeVar("T")
Asked = tuple[str, int]


class ServiceDepot:
    """Head office as one device sees it. Not for two threads at once.

    `sign_key`: the device's private signing key, 32 bytes. `moved` is told the bytes of each object as it has come or
    gone. Every method may raise DepotAway, NotThere; `put` also NotTaken, for the one object.
    """

    def __init__(
        self, url: str, org: str, device: str, sign_key: bytes, *, moved: Callable[[int], None] | None = None
    ) -> None:
        self._connection = Connection(url)
        self.where = self._connection.where
        self._org, self._device, self._sign_key = org, device, sign_key
        self._moved = moved or (lambda _: None)
        self._challenge = ""

    # ---- what it is
    def marker(self) -> Marker:
        """What head office is. NotThere where it is another organisation's, or has none yet."""
        told = self._connection.words("GET", "/marker")
        org, created, challenge = (str(told.get(name, "")) for name in ("org", "created", "challenge"))
        if told.get("format") != 1:
            raise NotThere("Head office speaks a newer language. Bring asbdesk up to date on this laptop.")
        if self._org and org != self._org:
            raise NotThere(f"{self.where} is the head office of another organisation.")
        self._challenge = challenge
        return Marker(org, 1, created)

    def heads(self) -> Mapping[str, Area]:
        found = self._words("GET", "/heads")
        try:
            return {area: Area(int(held), str(digest)) for area, (held, digest) in found.items()}
        except (TypeError, ValueError):
            raise self._strange() from None

    def news(self, areas: Collection[str], cursor: str) -> News:
        found: list[str] = []
        while True:
            told = self._words("POST", "/news", {"areas": sorted(areas), "cursor": cursor})
            some, on = told.get("names"), told.get("cursor")
            if not isinstance(some, list) or not isinstance(on, str):
                raise self._strange()
            found += map(str, some)
            if not told.get("more") or on == cursor:
                return News(tuple(found), on)
            cursor = on

    def has(self, wanted: Collection[str]) -> set[str]:
        ordered = sorted(wanted)
        found: set[str] = set()
        for part in _parts(ordered):
            found |= set(self._words("POST", "/has", {"names": part}).get("names") or ())
        return found

    # ---- out of it
    def get(self, wanted: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        for part in _parts(wanted):
            for (name, _), data in self._all("/want", [(name, 0) for name in part]):
                yield name, data

    def blocks(self, wanted: Sequence[Asked]) -> Iterator[tuple[str, int, bytes | None]]:
        for part in _parts(wanted):
            for (name, index), data in self._all("/blocks", part):
                yield name, index, data

    def _all(self, path: str, wanted: Sequence[Asked]) -> Iterator[tuple[Asked, bytes | None]]:
        """Every answer, in order, asked for again from where it broke off."""
        done, breaks = 0, 0
        while done < len(wanted):
            before = done
            try:
                for asked, data in self._some(path, wanted[done:]):
                    yield asked, data
                    done += 1
                return
            except (words.Torn, OSError, http.client.HTTPException):
                self._connection.close()
            breaks = 0 if done > before else breaks + 1
            if breaks >= BREAKS:
                raise DepotAway(
                    f"The connection to head office ({self.where}) breaks off again and again. What has come is kept: "
                    "asbdesk goes on from there later."
                )

    def _some(self, path: str, wanted: Sequence[Asked]) -> Iterator[tuple[Asked, bytes | None]]:
        """Answers as one request brings them: those that head office passes over are None."""
        told = {"names": [n for n, _ in wanted]} if path == "/want" else {"blocks": [[n, i] for n, i in wanted]}
        place = 0
        answer = self._let_in(lambda: self._connection.stream(path, told))
        for name, index, data in words.frames(answer):
            while place < len(wanted) and wanted[place] != (name, index):
                yield wanted[place], None
                place += 1
            if place == len(wanted):
                raise self._strange()
            self._moved(len(data or b""))
            yield wanted[place], data
            place += 1
        answer.read(1)  # to its end, so that the connection can be used again
        for asked in wanted[place:]:
            yield asked, None

    # ---- into it
    def put(self, name: str, data: bytes) -> bytes | None:
        """Store an object; head office's receipt (`session_words.read_receipt`)."""
        if name.startswith("join/"):
            receipt = self._connection.ask("PUT", f"/o/{name}", data=data)
        else:
            receipt = self._let_in(lambda: self._connection.ask("PUT", f"/o/{name}", data=data))
        self._moved(len(data))
        return receipt

    def remove(self, gone: Collection[str]) -> None:
        for part in _parts(sorted(gone)):
            self._words("POST", "/remove", {"names": part})

    def close(self) -> None:
        """End the connection; the next request opens another."""
        self._connection.close()

    # ---- who asks
    def _words(self, method: str, path: str, told: Any = None) -> dict[str, Any]:
        return self._let_in(lambda: self._connection.words(method, path, told))

    def _let_in(self, ask: Callable[[], T]) -> T:
        if not self._connection.token:
            self._begin_session()
        try:
            return ask()
        except NotLetIn:
            self._begin_session()
        try:
            return ask()
        except NotLetIn:
            raise self._strange() from None

    def _begin_session(self) -> None:
        self._connection.token = ""
        if self._challenge:
            with suppress(NotThere):  # it may have been given too long ago: this laptop slept meanwhile
                self._answer_challenge()
                return
        self.marker()
        self._answer_challenge()

    def _answer_challenge(self) -> None:
        challenge, self._challenge = self._challenge, ""
        signature = sealing.sign(self._sign_key, words.DOMAIN, words.told(self._org, self._device, challenge))
        told = {"device": self._device, "challenge": challenge, "signature": signature.hex()}
        self._connection.token = str(self._connection.words("POST", "/session", told).get("token", ""))

    def _strange(self) -> DepotAway:
        return DepotAway(f"Head office ({self.where}) answers strangely. Nothing is lost: asbdesk tries again later.")


# ---- before there is a session
@dataclass(frozen=True)
class Hub:
    """The service as a member to be: its name, public keys, and the landlord's name as it was set up with."""

    device: str
    sign: bytes
    box: bytes
    landlord: str


def hub(url: str) -> Hub:
    """Who the service at this address is, for the desk that enrols it with the role `hub`."""
    with Connection(url) as connection:
        told = connection.words("GET", "/hub")
    try:
        sign, box = bytes.fromhex(told["sign"]), bytes.fromhex(told["box"])
        return Hub(str(told["device"]), sign, box, str(told.get("landlord", "")))
    except (KeyError, TypeError, ValueError):
        raise NotThere(f"{url.partition('#')[0]} is not a head-office service.") from None


def found(url: str, code: str, marker: Marker, first: bytes, roster: Sequence[bytes]) -> None:
    """Make the service at this address the organisation's. `first`: the founding statement; `roster`: those after it,
    in order; `code`: from the service's first-laptop.txt. The same once more is no harm.
    """
    told = {
        "code": code.strip(),
        "marker": vars(marker),
        "first": first.hex(),
        "roster": [line.hex() for line in roster],
    }
    with Connection(url) as connection:
        connection.words("POST", "/found", told)


def _parts(wanted: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(wanted), AT_ONCE):
        yield wanted[start : start + AT_ONCE]
