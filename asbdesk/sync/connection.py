"""A connection to head office: TLS against the authority of the invitation, every request repeated once where the
other side had closed it, every failure a sentence.

Why plain `http.client`: a few requests, bytes in and out, and retries that must be our own. The laptop's clock decides
nothing here either: a pinned authority's certificates are taken whatever the date.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import re
import ssl
import threading
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from asbdesk.sync.depot import DepotAway, NotTaken, NotThere

CONNECT_SECONDS, ANSWER_SECONDS = 15, 90
TRIES = {429: 6, 503: 2}
"""How often something is asked, by the answer: this laptop is too fast; head office is busy, or its database away."""
LONGEST_WAIT = 20
"""Seconds that are waited at a time when head office asks for patience."""
LARGEST_WORDS = 8 << 20
_PIN = re.compile(r"[0-9a-f]{32}([0-9a-f]{32})?")
_NO_CHECK_TIME = 0x200000  # OpenSSL's X509_V_FLAG_NO_CHECK_TIME, which the ssl module does not name
_CLOSED = (
    ConnectionError, http.client.BadStatusLine, http.client.CannotSendRequest, http.client.ResponseNotReady,
    ssl.SSLEOFError,
)  # fmt: skip
"""What a connection meets that the other side has closed, or on which an answer was not read to its end."""

_authorities: dict[str, str] = {}
_lock = threading.Lock()


class NotLetIn(Exception):
    """Head office wants to know who asks: a session is begun, or begun again."""


def address(host: str, port: int, authority_pem: bytes) -> str:
    """The address that an invitation holds: host, port, and what the service's authority is known by."""
    name = f"[{host}]" if ":" in host else host
    return f"https://{name}:{port}/#{fingerprint(authority_pem.decode())}"


def fingerprint(pem: str) -> str:
    """32 hex digits of the SHA-256 of a certificate."""
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()[:32]


class Connection:
    """One service by its address, for one thread at a time."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname:
            raise NotThere(f"{url} is not the address of a head office: it begins with https:// and names a computer.")
        if parts.fragment and not _PIN.fullmatch(parts.fragment):
            raise NotThere("The address of head office is not whole: what follows # should be 32 letters and digits.")
        self.where = f"https://{parts.netloc}"
        self._host, self._port = parts.hostname, parts.port or 443
        self._path = parts.path.rstrip("/")
        self._pin = parts.fragment
        self._open: http.client.HTTPSConnection | None = None
        self._context: ssl.SSLContext | None = None
        self.token = ""

    # ---- requests
    def ask(self, method: str, path: str, told: Any = None, data: bytes | None = None) -> bytes:
        """An answer's bytes. Raises DepotAway, NotThere, NotTaken, NotLetIn."""
        for tries in range(max(TRIES.values())):
            answer = self._answer(method, path, told, data)
            body = self._read(answer)
            wait = _seconds(answer.getheader("Retry-After"))
            if wait is not None and tries + 1 < TRIES.get(answer.status, 1):
                time.sleep(wait)
                continue
            self._refused(answer, body)
            return body
        raise DepotAway(self._away("it is very busy"))

    def words(self, method: str, path: str, told: Any = None) -> dict[str, Any]:
        """An answer in JSON."""
        body = self.ask(method, path, told)
        try:
            found = json.loads(body)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise DepotAway(self._away("what answers there is not head office; is a sign-in page in between?"))
        return found

    def stream(self, path: str, told: Any) -> http.client.HTTPResponse:
        """An answer to be read as it comes; whoever reads it meets `http.client.HTTPException` and OSError."""
        answer = self._answer("POST", path, told, None)
        if answer.status != 200:
            self._refused(answer, self._read(answer))
        return answer

    def close(self) -> None:
        """End the connection; the next request opens another."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_open", None) is not None:
            self.close()

    # ---- parts
    def _answer(self, method: str, path: str, told: Any, data: bytes | None) -> http.client.HTTPResponse:
        body = json.dumps(told).encode() if told is not None else data
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        fresh = self._open is None
        try:
            return self._once(method, path, body, headers)
        except _CLOSED as error:
            self.close()
            if fresh and isinstance(error, ConnectionRefusedError):
                raise DepotAway(self._away("nothing answers there")) from None
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise self._trouble(error) from None
        try:  # an idle connection is closed by the other side after a while: once more, on a new one
            return self._once(method, path, body, headers)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise self._trouble(error) from None

    def _once(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> http.client.HTTPResponse:
        if self._open is None:
            self._open = self._connect(self._trusted())
        self._open.request(method, self._path + path, body=body, headers=dict(headers))
        return self._open.getresponse()

    def _connect(self, context: ssl.SSLContext) -> http.client.HTTPSConnection:
        made = http.client.HTTPSConnection(self._host, self._port, timeout=CONNECT_SECONDS, context=context)
        made.connect()
        made.sock.settimeout(ANSWER_SECONDS)
        return made

    def _read(self, answer: http.client.HTTPResponse) -> bytes:
        try:
            return answer.read(LARGEST_WORDS)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise self._trouble(error) from None

    def _refused(self, answer: http.client.HTTPResponse, body: bytes) -> None:
        if answer.status < 300:
            return
        sentence = _sentence(body)
        if answer.status == 401:
            raise NotLetIn
        if sentence is None or answer.status >= 500 or answer.status == 429:
            raise DepotAway(sentence or self._away(f"it answers with {answer.status}"))
        raise (NotTaken if answer.status in (400, 409, 413, 422) else NotThere)(sentence)

    def _trouble(self, error: Exception) -> DepotAway | NotThere:
        if isinstance(error, ssl.SSLCertVerificationError):
            return NotThere(
                f"{self.where} does not show the certificate of head office. Nothing was sent. Is this another "
                "network, or was the service set up anew? Ask whoever looks after it before you go on."
            )
        if isinstance(error, TimeoutError):
            return DepotAway(self._away("it does not answer in time"))
        return DepotAway(self._away("it cannot be reached"))

    def _away(self, why: str) -> str:
        return f"Head office ({self.where}) is away: {why}. Nothing is lost: asbdesk tries again later."

    # ---- trust
    def _trusted(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = self._pinned() if self._pin else ssl.create_default_context()
        return self._context

    def _pinned(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cadata=self._authority())
        context.check_hostname = False  # this authority makes no certificate but the service's own
        context.verify_flags = ssl.VerifyFlags(int(context.verify_flags) | _NO_CHECK_TIME)
        return context

    def _authority(self) -> str:
        """The authority's certificate: asked of anybody, believed by its fingerprint alone."""
        with _lock:
            held = _authorities.get(self._pin)
        if held is not None:
            return held
        anyone = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
        asked = self._connect(anyone)
        try:
            asked.request("GET", self._path + "/authority")
            pem = asked.getresponse().read(64 << 10).decode("ascii", "replace")
        finally:
            asked.close()
        try:
            right = fingerprint(pem).startswith(self._pin[:32])
        except ValueError:
            right = False
        if not right:
            raise ssl.SSLCertVerificationError("not the authority of the invitation")
        with _lock:
            _authorities[self._pin] = pem
        return pem


def _seconds(told: str | None) -> int | None:
    """How long to wait; None for what is longer than anybody waits, and for what is no number."""
    right = told is not None and told.isdecimal() and len(told) < 4 and int(told) <= LONGEST_WAIT
    return int(told or 0) if right else None


def _sentence(body: bytes) -> str | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    said = found.get("error") if isinstance(found, dict) else None
    return said if isinstance(said, str) and len(said) < 1000 else None
