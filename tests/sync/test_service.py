"""The laptop's side of head office: what it believes, what it asks again, and what it says when something is wrong."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from asbdesk.clock import SetClock
from asbdesk.headoffice import certificate
from asbdesk.headoffice.place import HubKeys, OfficeFolder, Settings
from asbdesk.sync import names, sealing, service
from asbdesk.sync import session_words as words
from asbdesk.sync.connection import address
from asbdesk.sync.depot import DepotAway, Marker, NotTaken, NotThere

pytest.importorskip("psycopg", reason="the service's own certificates come with its extra")
ORG, DEVICE = "0" * 32, "a" * 16
Answer = Callable[[BaseHTTPRequestHandler], None]


class Other:
    """Something that answers over TLS in head office's place, as a test wants it to."""

    def __init__(self, folder: OfficeFolder) -> None:
        self.folder = folder
        self.asked: list[str] = []
        self.answers: dict[str, list[Answer]] = {}
        mine = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                mine.asked.append(self.path)
                if self.path == "/authority":
                    say(folder.authority.read_text())(self)
                    return
                script = mine.answers[self.path]
                (script.pop(0) if len(script) > 1 else script[0])(self)

            do_GET = do_POST = do_PUT = answer

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                pass  # the other side hung up, as it was meant to

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder.certificate, folder.certificate_key)
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = address("127.0.0.1", self.server.server_port, folder.authority.read_bytes())
        self._thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def end(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()

    def depot(self) -> service.ServiceDepot:
        return service.ServiceDepot(self.url, ORG, DEVICE, sealing.new_key())


def say(text: str | bytes, status: int = 200, **headers: str) -> Answer:
    """This answer, whole."""
    data = text.encode() if isinstance(text, str) else text

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def told(value: object, status: int = 200, **headers: str) -> Answer:
    return say(json.dumps(value), status, **headers)


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """No answer at all: as a server that has closed an idle connection."""
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def torn(data: bytes) -> Answer:
    """The beginning of a longer answer, then nothing."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(data) + 1000))
        handler.end_headers()
        handler.wfile.write(data)
        hang_up(handler)

    return answer


MARKER = {"org": ORG, "format": 1, "created": "2026-11-21T10:00:00.000Z", "challenge": "1.2.3"}


@pytest.fixture
def folder(tmp_path: Path) -> OfficeFolder:
    """Certificates that ran out years ago: a laptop's clock, right or wrong, must keep nobody out."""
    made = OfficeFolder(tmp_path / "office")
    made.folder.mkdir()
    long_ago = SetClock("2009-01-01T10:00:00.000Z")
    certificate.make_authority(made, "Invented Homes", long_ago)
    made.write(Settings("postgresql://", "Invented Homes", ["127.0.0.1"], 1), HubKeys(DEVICE, *(b"x" * 32,) * 3))
    certificate.see_to_server(made, long_ago)
    return made


@pytest.fixture
def other(folder: OfficeFolder) -> Iterator[Other]:
    made = Other(folder)
    made.answers["/marker"] = [told(MARKER)]
    made.answers["/session"] = [told({"token": "t", "seconds": 9})]
    yield made
    made.end()


def test_certificates_are_believed_whatever_the_date(other: Other) -> None:
    assert other.depot().marker() == Marker(ORG, 1, MARKER["created"])  # type: ignore[arg-type]


def test_a_certificate_of_another_authority_is_not(other: Other, tmp_path: Path) -> None:
    false = OfficeFolder(tmp_path / "false")
    false.folder.mkdir()
    certificate.make_authority(false, "Invented Homes", SetClock("2026-11-21T10:00:00.000Z"))
    url = address("127.0.0.1", other.server.server_port, false.authority.read_bytes())
    with pytest.raises(NotThere, match="does not show the certificate"):
        service.ServiceDepot(url, ORG, DEVICE, sealing.new_key()).marker()
    assert other.asked == ["/authority"], "nothing else was asked of it"


@pytest.mark.parametrize("url", ["http://office.example", "https://", "ftp://x/#" + "0" * 32, "https://x/#short"])
def test_what_is_no_address_is_said(url: str) -> None:
    with pytest.raises(NotThere):
        service.ServiceDepot(url, ORG, DEVICE, sealing.new_key())


def test_another_organisations_head_office(other: Other) -> None:
    other.answers["/marker"] = [told({**MARKER, "org": "f" * 32})]
    with pytest.raises(NotThere, match="another organisation"):
        other.depot().marker()


def test_a_newer_head_office(other: Other) -> None:
    other.answers["/marker"] = [told({**MARKER, "format": 2})]
    with pytest.raises(NotThere, match="up to date"):
        other.depot().marker()


@pytest.mark.parametrize("page", ["<!DOCTYPE html><title>Sign in</title>", "[]", "", "[" * 100_000, "\x00"])
def test_a_sign_in_page_is_not_head_office(other: Other, page: str) -> None:
    other.answers["/marker"] = [say(page)]
    with pytest.raises(DepotAway, match="Nothing is lost"):
        other.depot().marker()


@pytest.mark.parametrize("status", [500, 502, 503, 404, 302])
def test_a_proxys_error_is_no_end(other: Other, status: int) -> None:
    other.answers["/marker"] = [say("<html>", status)]
    with pytest.raises(DepotAway, match="Nothing is lost"):
        other.depot().marker()


def test_a_closed_connection_is_asked_once_more(other: Other) -> None:
    other.answers["/heads"] = [hang_up, told({})]
    assert other.depot().heads() == {}
    other.answers["/heads"] = [hang_up]
    with pytest.raises(DepotAway):
        other.depot().heads()


def test_busy_is_waited_for(other: Other) -> None:
    other.answers["/heads"] = [told({"error": "slowly"}, 429, Retry_After="0"), told({})]
    assert other.depot().heads() == {}
    other.answers["/heads"] = [told({"error": "Too fast."}, 429, Retry_After="0")]
    with pytest.raises(DepotAway, match=r"Too fast\."):
        other.depot().heads()


def test_a_session_that_ended_is_begun_again(other: Other) -> None:
    other.answers["/heads"] = [told({"error": "who?"}, 401), told({"roster": [1, "0" * 16]})]
    assert list(other.depot().heads()) == ["roster"]
    assert other.asked.count("/session") == 2
    other.answers["/heads"] = [told({"error": "who?"}, 401)]
    with pytest.raises(DepotAway):
        other.depot().heads()


def test_a_challenge_given_before_the_laptop_slept_is_asked_for_again(other: Other) -> None:
    other.answers["/heads"] = [told({"roster": [1, "0" * 16]})]
    other.answers["/session"] = [told({"error": "Head office does not know this laptop."}, 403), told({"token": "t"})]
    depot = other.depot()
    depot.marker()
    assert list(depot.heads()) == ["roster"]
    assert other.asked[1:] == ["/marker", "/session", "/marker", "/session", "/heads"]
    other.answers["/session"] = [told({"error": "Head office does not know this laptop."}, 403)]
    again = other.depot()
    again.marker()
    with pytest.raises(NotThere, match="does not know this laptop"):
        again.heads()


def test_one_object_that_is_not_taken_is_told_apart(other: Other) -> None:
    name = names.pack(b"x")
    other.answers[f"/o/{name}"] = [told({"error": "Too large."}, 413)]
    with pytest.raises(NotTaken, match=r"Too large\."):
        other.depot().put(name, b"x")


def test_what_broke_off_is_asked_for_from_there(other: Other) -> None:
    wanted = [names.pack(bytes([n])) for n in range(6)]
    frames = [words.frame(name, 0, bytes([n]) * 50) for n, name in enumerate(wanted)]
    moved: list[int] = []
    other.answers["/want"] = [
        torn(b"".join(frames[:2]) + frames[2][:30]),
        torn(frames[2]),
        say(b"".join(frames[3:]) + words.END),
    ]
    depot = service.ServiceDepot(other.url, ORG, DEVICE, sealing.new_key(), moved=moved.append)
    assert list(depot.get(wanted)) == [(name, bytes([n]) * 50) for n, name in enumerate(wanted)]
    assert moved == [50] * 6


def test_what_breaks_off_again_and_again_is_given_up(other: Other) -> None:
    wanted = [names.pack(b"x"), names.pack(b"y")]
    other.answers["/want"] = [say(words.frame(wanted[0], 0, b"x")[:-1])]
    with pytest.raises(DepotAway, match="again and again"):
        list(other.depot().get(wanted))


def test_what_was_not_asked_for_is_strange(other: Other) -> None:
    other.answers["/want"] = [say(words.frame(names.pack(b"z"), 0, b"z") + words.END)]
    with pytest.raises(DepotAway, match="strangely"):
        list(other.depot().get([names.pack(b"x")]))


def test_names_are_asked_for_page_by_page(other: Other) -> None:
    pages = [{"names": ["a"], "cursor": "1", "more": True}, {"names": ["b"], "cursor": "2", "more": False}]
    other.answers["/news"] = [told(page) for page in pages]
    found = other.depot().news(["roster"], "")
    assert (found.names, found.cursor) == (("a", "b"), "2")
    other.answers["/news"] = [told({"names": ["a"], "cursor": "1", "more": True})]
    assert other.depot().news(["roster"], "1").names == ("a",), "a cursor that does not move ends it"


def test_frames_are_read_as_they_were_written() -> None:
    import io

    answers = [("dev/x", 0, b"abc"), ("dev/y", 7, None), ("dev/z", 1, b"")]
    data = b"".join(words.joined(iter(answers), 4))
    assert list(words.frames(io.BytesIO(data))) == answers
    for cut in range(len(data)):
        with pytest.raises(words.Torn):
            list(words.frames(io.BytesIO(data[:cut])))


def test_receipts_are_read_whatever_they_hold() -> None:
    key = sealing.sign_key_of(sealing.new_key())
    receipt = words.Receipt(ORG, DEVICE, "dev/x", "0" * 64, "2026-11-21T10:00:00.000Z")
    made = words.make_receipt(key.private, receipt)
    assert words.read_receipt(made, key.public) == receipt
    for data in (b"", made[:-1], made + b" ", made[:20], b"x" * 200, made.replace(b"dev/x", b"dev/y")):
        assert words.read_receipt(data, key.public) is None
