"""The service's requests over real TLS and a real PostgreSQL."""

from __future__ import annotations

import http.client
import json
import logging
import ssl
from collections.abc import Callable
from typing import Any

import pytest

from asbdesk.headoffice import limits
from asbdesk.sync import bundle, invitation, names, place, sealing, segment, service
from asbdesk.sync import session_words as words
from asbdesk.sync.connection import Connection
from asbdesk.sync.depot import DepotAway, NotTaken, NotThere, area_of
from asbdesk.sync.keys import FileKey
from tests.headoffice.offices import AT, Laptop, Organisation, Served, name_of
from tests.sync.memory_depot import thin

KEY, OTHER_KEY = "0" * 32, "1" * 32


def grant(org: Organisation, to: Laptop, key_id: str, by: Laptop | None = None) -> tuple[str, bytes]:
    """A bundle with one key for a laptop."""
    author = by or org.first
    given = [FileKey(key_id, "case/x", 1, b"k" * 32, "")]
    data = bundle.make(
        author.sign.private, to.box.public, org=org.id, by=author.device, to=to.device, given=given,
        holders=lambda _: [to.device],
    )  # fmt: skip
    return names.grants(to.device, 1, data), data


def raw(served: Served, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, Any]]:
    """One request as somebody else's program might make it."""
    context = ssl.create_default_context(cafile=str(served.folder.authority))
    asked = http.client.HTTPSConnection("127.0.0.1", served.port, context=context, timeout=20)
    try:
        asked.request(method, path, body=body or None, headers=headers)
        answer = asked.getresponse()
        return answer.status, json.loads(answer.read() or b"{}")
    finally:
        asked.close()


def test_an_object_is_put_once_and_got_back(served: Served, org: Organisation) -> None:
    depot = org.depot(served.url, org.first)
    assert depot.marker() == org.marker
    name, data = org.first.segment(org.id, [(KEY, b"x" * 100)])
    first, again = depot.put(name, data), depot.put(name, data)
    assert first == again
    assert dict(depot.get([name])) == {name: data}
    area = f"dev/{org.first.device}"
    assert depot.heads()[area] == area_of([name])
    news = depot.news([area], "")
    assert news.names == (name,)
    assert depot.news([area], news.cursor).names == ()
    assert depot.news([area], "an older service's").names == (name,)
    assert depot.has([name, names.pack(b"other")]) == {name}


def test_the_receipt_is_the_hubs_word(served: Served, org: Organisation) -> None:
    depot = org.depot(served.url, org.first)
    name, data = org.first.segment(org.id, [(KEY, b"x" * 100)])
    receipt = words.read_receipt(depot.put(name, data) or b"", service.hub(served.url).sign)
    assert receipt is not None
    assert (receipt.org, receipt.name, receipt.hub) == (org.id, name, served.folder.keys.device)
    assert words.read_receipt(depot.put(name, data) or b"", org.first.sign.public) is None


def test_a_stranger_is_not_let_in(served: Served, org: Organisation) -> None:
    depot = org.depot(served.url, Laptop("z" * 16, "m", "officer"))
    with pytest.raises(NotThere, match="does not know this laptop"):
        depot.heads()
    copied = Laptop(org.first.device, "m", "officer")  # the name of one that belongs, and another key
    with pytest.raises(NotThere, match="does not know this laptop"):
        org.depot(served.url, copied).heads()


def test_a_token_is_needed_and_cannot_be_made_up(served: Served, org: Organisation) -> None:
    for headers in (
        {},
        {"Authorization": "Bearer x"},
        {"Authorization": f"Bearer {org.first.device}.99999999999.{'A' * 43}"},
    ):
        assert raw(served, "GET", "/heads", **headers)[0] == 401
        assert raw(served, "PUT", f"/o/{names.pack(b'x')}", b"x", **headers)[0] == 401


def test_a_challenge_is_answered_for_one_organisation_and_one_device(served: Served, org: Organisation) -> None:
    officer = org.officer()
    org.depot(served.url, org.first).put(name_of(org.lines[-1]), org.lines[-1])
    with Connection(served.url) as asked:
        challenge = asked.words("GET", "/marker")["challenge"]

        def answered(device: str, told: bytes) -> int:
            signature = sealing.sign(officer.sign.private, words.DOMAIN, told).hex()
            body = json.dumps({"device": device, "challenge": challenge, "signature": signature}).encode()
            return raw(served, "POST", "/session", body)[0]

        assert answered(officer.device, words.told(org.id, officer.device, challenge)) == 200
        assert answered(org.first.device, words.told(org.id, org.first.device, challenge)) == 403
        assert answered(officer.device, words.told("f" * 32, officer.device, challenge)) == 403
        assert answered(officer.device, words.told(org.id, officer.device, challenge + "0")) == 403


def test_what_is_not_founded_says_so(served: Served) -> None:
    mine = Organisation()
    with pytest.raises(NotThere, match="no organisation yet"):
        mine.depot(served.url, mine.first).marker()
    with pytest.raises(NotThere, match="not the code"):
        mine.found_at(served.url, "wrong")
    told = service.hub(served.url)
    assert (told.device, told.landlord) == (served.folder.keys.device, "Invented Homes")


def test_a_service_is_founded_once(served: Served, org: Organisation) -> None:
    org.found_at(served.url, served.begun.code)
    with pytest.raises(NotThere, match="another organisation"):
        Organisation().found_at(served.url, served.begun.code)


def test_another_authority_is_not_believed(served: Served, org: Organisation) -> None:
    wrong = served.url.partition("#")[0] + "#" + "0" * 32
    with pytest.raises(NotThere, match="does not show the certificate"):
        org.depot(wrong, org.first).marker()
    unpinned = served.url.partition("#")[0]
    with pytest.raises(NotThere, match="does not show the certificate"):
        org.depot(unpinned, org.first).marker()


def test_an_officer_is_handed_what_he_was_given_keys_for(served: Served, org: Organisation) -> None:
    officer = org.officer()
    office = org.depot(served.url, org.first)
    office.put(name_of(org.lines[-1]), org.lines[-1])
    name, data = org.first.segment(org.id, [(KEY, b"a" * 100), (OTHER_KEY, b"b" * 100)])
    office.put(name, data)
    office.put(*grant(org, officer, KEY))
    depot = org.depot(served.url, officer)
    (got,) = (data for _, data in depot.get([name]))
    assert segment.parse(got or b"").blocks == (b"a" * 100, None)
    assert list(depot.blocks([(name, 0), (name, 1), (name, 9)])) == [
        (name, 0, b"a" * 100),
        (name, 1, None),
        (name, 9, None),
    ]
    assert dict(office.get([name])) == {name: data}
    mine, whole = officer.segment(org.id, [(OTHER_KEY, b"c" * 100)])
    depot.put(mine, whole)
    assert dict(depot.get([mine])) == {mine: whole}


def test_nobody_gives_himself_what_he_was_not_given(served: Served, org: Organisation) -> None:
    """A bundle may name any key, and so may a segment; neither opens the door to blocks of others under that key."""
    officer, colleague = org.officer(), org.officer("c")
    office = org.depot(served.url, org.first)
    for line in org.lines[-2:]:
        office.put(name_of(line), line)
    name, data = org.first.segment(org.id, [(KEY, b"a" * 100)])
    office.put(name, data)
    depot = org.depot(served.url, officer)
    depot.put(*officer.segment(org.id, [(KEY, b"c" * 100), (OTHER_KEY, b"d" * 100)]))
    for given in (grant(org, officer, KEY, by=officer), grant(org, colleague, KEY, by=officer)):
        depot.put(*given)
    assert list(depot.blocks([(name, 0)])) == [(name, 0, None)]
    assert list(org.depot(served.url, colleague).blocks([(name, 0)])) == [(name, 0, None)]
    depot.put(*grant(org, colleague, OTHER_KEY, by=officer))  # his own he may give
    (own,) = (n for n in depot.news([f"dev/{officer.device}"], "").names)
    assert [b for _, _, b in org.depot(served.url, colleague).blocks([(own, 0), (own, 1)])] == [None, b"d" * 100]
    office.put(*grant(org, officer, KEY))
    assert list(depot.blocks([(name, 0)])) == [(name, 0, b"a" * 100)]


def test_keys_of_another_laptop_are_not_handed_out(served: Served, org: Organisation) -> None:
    officer = org.officer()
    office = org.depot(served.url, org.first)
    office.put(name_of(org.lines[-1]), org.lines[-1])
    name, data = grant(org, org.first, KEY, by=officer)
    depot = org.depot(served.url, officer)
    depot.put(name, data)
    assert dict(depot.get([name])) == {name: None}
    area = f"keys/{org.first.device}"
    assert depot.heads()[area] == area_of([name]), "who gave it sees that it lies there"
    assert depot.news([area], "").names == (name,)
    assert dict(office.get([name])) == {name: data}


def test_two_segments_of_one_number_are_both_kept(
    served: Served, org: Organisation, caplog: pytest.LogCaptureFixture
) -> None:
    depot = org.depot(served.url, org.first)
    one = org.first.segment(org.id, [(KEY, b"a" * 100)], seq=1)
    org.first.prev = segment.FIRST
    other = org.first.segment(org.id, [(KEY, b"b" * 100)], seq=1)
    with caplog.at_level(logging.WARNING):
        depot.put(*one)
        depot.put(*other)
    assert depot.heads()[f"dev/{org.first.device}"] == area_of([one[0], other[0]])
    assert "used twice" in caplog.text and org.first.device in caplog.text


def test_a_segment_thinned_by_an_erasure_is_no_fork(
    served: Served, org: Organisation, caplog: pytest.LogCaptureFixture
) -> None:
    depot = org.depot(served.url, org.first)
    name, data = org.first.segment(org.id, [(KEY, b"a" * 100), (OTHER_KEY, b"b" * 100)])
    emptied = thin(data, {1})
    thinned = names.segment(org.first.device, 1, emptied)
    with caplog.at_level(logging.WARNING):
        depot.put(name, data)
        depot.put(thinned, emptied)
    assert dict(depot.get([name, thinned])) == {name: data, thinned: emptied}
    assert "used twice" not in caplog.text


def bad_segments() -> dict[str, Callable[[Organisation], tuple[str, bytes]]]:
    def garbage(org: Organisation) -> tuple[str, bytes]:
        return names.segment(org.first.device, 1, b"<html>"), b"<html>"

    def torn(org: Organisation) -> tuple[str, bytes]:
        name, data = org.first.segment(org.id, [(KEY, b"a" * 100)])
        return name, data[:-1]

    def stranger(org: Organisation) -> tuple[str, bytes]:
        return Laptop("z" * 16, "m", "officer").segment(org.id, [(KEY, b"a" * 100)])

    def forged(org: Organisation) -> tuple[str, bytes]:
        return Laptop(org.first.device, "m", "officer").segment(org.id, [(KEY, b"a" * 100)])

    def misnamed(org: Organisation) -> tuple[str, bytes]:
        _, data = org.first.segment(org.id, [(KEY, b"a" * 100)])
        return names.segment(org.first.device, 9, data), data

    def elsewhere(org: Organisation) -> tuple[str, bytes]:
        return org.first.segment("f" * 32, [(KEY, b"a" * 100)])

    return {made.__name__: made for made in (garbage, torn, stranger, forged, misnamed, elsewhere)}


@pytest.mark.parametrize("kind", bad_segments())
def test_what_is_not_right_is_not_kept(kind: str, served: Served, org: Organisation) -> None:
    name, data = bad_segments()[kind](org)
    depot = org.depot(served.url, org.first)
    with pytest.raises(NotThere):
        depot.put(name, data)
    assert depot.has([name]) == set()
    assert not any(area.startswith("dev/") for area in depot.heads())


def test_a_statement_or_bundle_by_a_stranger_is_not_kept(served: Served, org: Organisation) -> None:
    depot = org.depot(served.url, org.first)
    other = Organisation()
    with pytest.raises(NotTaken, match="another organisation"):
        depot.put(name_of(other.lines[0]), other.lines[0])
    stranger = Laptop("z" * 16, "m", "officer")
    with pytest.raises(NotTaken, match="not signed by anybody"):
        depot.put(*grant(org, org.first, KEY, by=stranger))
    name, data = grant(org, org.first, KEY)
    with pytest.raises(NotTaken, match="not for whom"):
        depot.put(name.replace(org.first.device, "z" * 16), data)


def test_a_revoked_laptop_is_not_let_in_and_what_it_wrote_is_kept(served: Served, org: Organisation) -> None:
    officer = org.officer()
    office = org.depot(served.url, org.first)
    office.put(name_of(org.lines[-1]), org.lines[-1])
    depot = org.depot(served.url, officer)
    depot.heads()
    line = org.say("revoke", device=officer.device, held=[], why="lost")
    office.put(name_of(line), line)
    with pytest.raises(NotThere, match="does not know this laptop"):
        depot.heads()
    late = officer.segment(org.id, [(KEY, b"a" * 100)])
    office.put(*late)  # what a colleague carried over: it is for a person to look at, so it must be kept
    assert office.has([late[0]]) == {late[0]}


def asking(stranger: Laptop, org: str) -> invitation.Request:
    """A request to join an organisation."""
    admin = sealing.box_key_of(sealing.new_key()).public.hex()
    where = place.Place(place.SERVICE, "https://localhost/")
    told = invitation.Invitation("2" * 32, org, "", "a" * 16, "", admin, "Homes", "officer", "", "", AT, where)
    public = {"sign": stranger.sign.public, "box": stranger.box.public}
    return invitation.make_request(told, b"code", device=stranger.device, member="3" * 32, told={}, **public)


def test_a_request_to_join_needs_no_session_and_only_so_many_wait(served: Served, org: Organisation) -> None:
    stranger = Laptop("z" * 16, "m", "officer")
    outside = org.depot(served.url, stranger)
    made, elsewhere = (asking(stranger, of) for of in (org.id, "9" * 32))
    asked = names.join_request(made.id)
    outside.put(asked, made.data())
    office = org.depot(served.url, org.first)
    assert dict(office.get([asked])) == {asked: made.data()}
    for name, data in (
        (names.join_request("1" * 32), b"x" * (limits.LARGEST["join"] + 1)),
        (names.join_request("1" * 32), b"please"),
        (names.join_request("1" * 32), made.data()),
        (names.join_request(elsewhere.id), elsewhere.data()),
    ):
        with pytest.raises(NotThere):
            outside.put(name, data)
    office.remove([asked])
    assert office.has([asked]) == set()
    assert "join" not in office.heads()


def test_nothing_that_counts_can_be_taken_away(served: Served, org: Organisation) -> None:
    depot = org.depot(served.url, org.first)
    name, data = org.first.segment(org.id, [(KEY, b"x" * 100)])
    depot.put(name, data)
    for gone in (name, name_of(org.lines[0])):
        with pytest.raises(NotThere, match="keeps this"):
            depot.remove([gone])
    assert depot.has([name]) == {name}


def test_an_officer_takes_away_nothing_of_others(served: Served, org: Organisation) -> None:
    officer = org.officer()
    office = org.depot(served.url, org.first)
    office.put(name_of(org.lines[-1]), org.lines[-1])
    pack = names.pack(b"evidence")
    office.put(pack, b"evidence")
    theirs, own = grant(org, org.first, KEY, by=officer), grant(org, officer, KEY)
    for one in (theirs, own):
        office.put(*one)
    org.depot(served.url, officer).remove([pack, theirs[0], own[0]])
    assert office.has([pack, theirs[0], own[0]]) == {pack, theirs[0]}
    office.remove([pack])
    assert office.has([pack]) == set()


def test_what_is_too_large_is_said_in_words(served: Served, org: Organisation) -> None:
    depot = org.depot(served.url, org.first)
    data = b"x" * (limits.LARGEST["blob"] + 1)
    with pytest.raises(NotTaken, match="at most 9 MiB"):
        depot.put(names.pack(data), data)
    assert raw(served, "POST", "/session", b"{" * 100)[0] == 400
    assert raw(served, "POST", "/session", b" " * (limits.STRANGERS_QUESTION + 1))[0] == 413
    assert raw(served, "POST", "/found", b" " * (limits.FOUNDING_QUESTION + 1))[0] == 413
    assert raw(served, "POST", "/session", b'{"device": 3}')[0] == 400


def test_backwards_questions_are_refused(served: Served, org: Organisation) -> None:
    depot = org.depot(served.url, org.first)
    depot.heads()
    token = depot._connection.token
    bearer = {"Authorization": f"Bearer {token}"}
    for path, told in (
        ("/news", b'{"areas": 3, "cursor": ""}'),
        ("/news", b'{"areas": [], "cursor": 9}'),
        ("/want", b'{"names": {}}'),
        ("/want", b"[" * 60_000),
        ("/blocks", b'{"blocks": [["a", -1]]}'),
        ("/has", b'{"names": [1]}'),
        ("/has", b"\xff\xfe"),
    ):
        status, said = raw(served, "POST", path, told, **bearer)
        assert status == 400 and said["error"], path
    for name in ("dev/x", "../../etc/passwd", "asbdesk-depot.json", "roster/00000001-" + "0" * 32 + ".seg", "%00"):
        assert raw(served, "PUT", f"/o/{name}", b"x", **bearer)[0] in (400, 404, 422), name


def test_health_and_figures(served: Served, org: Organisation) -> None:
    assert raw(served, "GET", "/health") == (200, {"ok": True})
    depot = org.depot(served.url, org.first)
    depot.put(*org.first.segment(org.id, [(KEY, b"x" * 100)]))
    context = ssl.create_default_context(cafile=str(served.folder.authority))
    asked = http.client.HTTPSConnection("127.0.0.1", served.port, context=context, timeout=20)
    asked.request("GET", "/metrics")
    page = asked.getresponse().read().decode()
    asked.close()
    assert "asbdesk_objects 3\n" in page and "asbdesk_devices 1\n" in page
    assert "# TYPE asbdesk_bytes_in_total counter\n" in page


def test_names_in_pages_and_objects_in_the_order_asked(served: Served, org: Organisation) -> None:
    depot = org.depot(served.url, org.first)
    put = [org.first.segment(org.id, [(KEY, bytes([i]) * 100)]) for i in range(12)]
    for name, data in put:
        depot.put(name, data)
    wanted = [name for name, _ in reversed(put)]
    missing = names.segment(org.first.device, 77, b"never")
    got = list(depot.get([*wanted[:5], missing, *wanted[5:]]))
    assert [name for name, _ in got] == [*wanted[:5], missing, *wanted[5:]]
    assert dict(got)[missing] is None
    assert all(dict(got)[name] == data for name, data in put)


def test_a_closed_connection_is_opened_again(served: Served, org: Organisation) -> None:
    depot = org.depot(served.url, org.first)
    depot.heads()
    held = depot._connection._open
    assert held is not None and held.sock is not None
    held.sock.shutdown(2)
    assert depot.heads()


def test_an_answer_that_is_not_read_to_its_end_is_in_nobodys_way(served: Served, org: Organisation) -> None:
    depot = org.depot(served.url, org.first)
    put = [org.first.segment(org.id, [(KEY, bytes([i]) * 300_000)]) for i in range(12)]
    for name, data in put:
        depot.put(name, data)
    begun = depot.get([name for name, _ in put])
    assert next(begun) == put[0]
    assert depot.has([put[1][0]]) == {put[1][0]}
    assert list(begun) == put[1:]


def test_nobody_there_is_away(begun: Served) -> None:
    mine = Organisation()
    with pytest.raises(DepotAway, match="Nothing is lost"):
        mine.depot(begun.url, mine.first).marker()
