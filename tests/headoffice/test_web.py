"""The service's requests over real TLS and a real PostgreSQL."""

from __future__ import annotations

import pytest

from asbdesk.sync import names, service
from asbdesk.sync.depot import NotThere, area_of
from tests.headoffice.offices import Organisation, Served


def test_an_object_is_put_once_and_got_back(served: Served, org: Organisation) -> None:
    depot = org.depot(served.url, org.first)
    assert depot.marker() == org.marker
    name, data = org.first.segment(org.id, [("0" * 32, b"x" * 100)])
    assert depot.put(name, data) and depot.put(name, data)
    assert dict(depot.get([name])) == {name: data}
    assert depot.heads()[f"dev/{org.first.device}"] == area_of([name])
    news = depot.news([f"dev/{org.first.device}"], "")
    assert news.names == (name,)
    assert depot.news([f"dev/{org.first.device}"], news.cursor).names == ()
    assert depot.has([name, names.pack(b"other")]) == {name}


def test_a_stranger_is_not_let_in(served: Served, org: Organisation) -> None:
    stranger = Organisation().first
    depot = org.depot(served.url, stranger)
    with pytest.raises(NotThere, match="does not know this laptop"):
        depot.heads()


def test_what_is_not_founded_says_so(served: Served) -> None:
    mine = Organisation()
    with pytest.raises(NotThere, match="no organisation yet"):
        mine.depot(served.url, mine.first).marker()
    with pytest.raises(NotThere, match="not the code"):
        mine.found_at(served.url, "wrong")
    assert service.hub(served.url).device == served.folder.keys.device
