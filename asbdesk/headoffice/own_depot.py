"""The service's own database as the hub's place to meet: the same few functions, without a network between."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from asbdesk.headoffice.limits import TooMuch
from asbdesk.headoffice.office import Office
from asbdesk.headoffice.taking import Refused, data_of
from asbdesk.sync.depot import Area, DepotAway, Marker, News, NotTaken

AWAY = "Head office has no organisation yet."


class OwnDepot:
    """Everything that is kept, as the hub sees it."""

    where = "head office"

    def __init__(self, office: Office) -> None:
        self._office = office
        self._device = office.folder.keys.device

    def marker(self) -> Marker:
        found = self._office.marker()
        if found is None:
            raise DepotAway(AWAY)
        return Marker(found["org"], found["format"], found["created"])

    def heads(self) -> Mapping[str, Area]:
        return {area: Area(*held) for area, held in self._office.heads().items()}

    def news(self, areas: Collection[str], cursor: str) -> News:
        found: list[str] = []
        more = True
        while more:
            some, cursor, more = self._office.objects.news(areas, cursor)
            found += some
        return News(tuple(found), cursor)

    def get(self, wanted: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        for name, stored in self._office.objects.get(wanted, None):
            yield name, None if stored is None else data_of(name, stored)

    def blocks(self, wanted: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int, bytes | None]]:
        return self._office.objects.blocks(wanted, None)

    def put(self, name: str, data: bytes) -> bytes | None:
        try:
            return self._office.taking.put(name, data, self._device)[1]
        except (Refused, TooMuch) as error:
            raise NotTaken(error.sentence) from None

    def has(self, wanted: Collection[str]) -> set[str]:
        return self._office.objects.has(wanted)

    def remove(self, gone: Collection[str]) -> None:
        self._office.objects.remove(gone)
