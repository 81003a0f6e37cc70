"""The service's edge: every error becomes a sentence or a number, bodies are read up to what was announced."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address

from psycopg import OperationalError
from psycopg_pool import PoolTimeout, TooManyRequests
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from asbdesk.errors import UserError
from asbdesk.headoffice import metrics
from asbdesk.headoffice.limits import TooMuch
from asbdesk.headoffice.logs import fault
from asbdesk.headoffice.taking import Refused

log = logging.getLogger("asbdesk.headoffice")
AWAY = "Head office's database does not answer just now. Nothing is lost: asbdesk tries again later."
BUSY_SECONDS = 2
SLOWEST = 8 << 10
"""Bytes a second that a line must carry."""


class Edge:
    """Counts and logs each request, and turns what was raised into an answer: a sentence, never a trace."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            if message["type"] == "http.response.start":
                metrics.count(f"answers_{message['status']}")
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except ClientDisconnect:
            metrics.count("hung_up")
        except Exception as error:  # noqa: BLE001  (the service's edge: a laptop gets a number, the log the place)
            if begun:
                fault(error)
                raise _Broken from None
            await _answer(error)(scope, receive, watched)


class _Broken(Exception):
    """An answer that was begun cannot be finished: the connection ends, and the laptop asks again."""


def _answer(error: Exception) -> JSONResponse:
    if isinstance(error, Refused):
        return JSONResponse({"error": error.sentence}, error.code)
    if isinstance(error, TooMuch):
        wait = {"Retry-After": str(error.seconds)} if error.seconds else None
        return JSONResponse({"error": error.sentence}, 429 if error.seconds else 413, headers=wait)
    if isinstance(error, UserError):
        return JSONResponse({"error": str(error)}, 503)
    if isinstance(error, OperationalError | PoolTimeout | TooManyRequests):
        metrics.count("database_away")
        log.warning("the database does not answer")
        return JSONResponse({"error": AWAY}, 503, headers={"Retry-After": str(BUSY_SECONDS)})
    metrics.count("faults")
    number = fault(error)
    said = f"Something went wrong at head office that is asbdesk's mistake (number {number}). Nothing is lost."
    return JSONResponse({"error": said}, 500)


# ---- bodies
def announced(request: Request) -> int:
    """How many bytes the request says that it brings. Raises Refused."""
    told = request.headers.get("content-length", "")
    if not told.isdecimal() or len(told) > 12:
        raise Refused(411, "This request does not say how long it is.")
    return int(told)


async def body(request: Request, size: int, patience: float = 30.0) -> bytes:
    """Exactly `size` bytes. Raises Refused for fewer or more, and for a line on which they would never end: whoever
    sends holds memory that others wait for. `patience`: seconds that the first byte may take."""
    parts: list[bytes] = []
    held = 0
    try:
        async with asyncio.timeout(patience + size / SLOWEST):
            async for part in request.stream():
                held += len(part)
                if held > size:
                    break
                parts.append(part)
    except TimeoutError:
        raise Refused(408, "It did not arrive in time. It is sent again.") from None
    if held != size:
        raise Refused(400, "It did not arrive as it was sent. It is sent again.")
    return b"".join(parts)


class Memory:
    """So many bytes of bodies at a time, whoever sends them: the next one waits."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held = 0
        self._free = asyncio.Condition()

    @asynccontextmanager
    async def room(self, size: int) -> AsyncIterator[None]:
        """Wait until `size` more bytes fit; one that would never fit goes alone."""
        async with self._free:
            await self._free.wait_for(lambda: self._held == 0 or self._held + size <= self._most)
            self._held += size
        try:
            yield
        finally:
            async with self._free:
                self._held -= size
                self._free.notify_all()


def is_this_machine(request: Request) -> bool:
    """Whether the request comes from the machine that the service runs on."""
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False
