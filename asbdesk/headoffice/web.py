"""The service's requests: a few, each of which may be repeated without harm. See `sync.service` for the other side."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractAsyncContextManager
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from asbdesk.headoffice import edge, limits, metrics
from asbdesk.headoffice.limits import Rates, TooMuch
from asbdesk.headoffice.office import Office
from asbdesk.headoffice.sessions import TOKEN_SECONDS, signature_of
from asbdesk.headoffice.taking import Refused, data_of
from asbdesk.sync import names, session_words

log = logging.getLogger("asbdesk.headoffice")
PIECE = 256 << 10
"""Bytes of an answer that are handed on together."""

NO_ORG = "This head-office service has no organisation yet. Found it from head office's first laptop."
NO_TOKEN = "Head office does not know this laptop's session (any more). It begins another by itself."
UNKNOWN = (
    "Head office does not know this laptop: it was not admitted yet, or it was taken off the list. "
    "What was written on it stays on it. Ask whoever looks after members."
)
BACKWARDS = "This cannot be a question of asbdesk's."


class Web:
    """One worker's requests."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.requests, self.uploads = Rates(limits.REQUESTS), Rates(limits.UPLOADS)
        self.strangers, self.joining = Rates(limits.STRANGERS), Rates(limits.JOINING)
        self.memory = edge.Memory(limits.IN_MEMORY)

    def routes(self) -> list[Route]:
        return [
            Route("/marker", self.marker),
            Route("/authority", self.authority),
            Route("/hub", self.hub),
            Route("/found", self.found, methods=["POST"]),
            Route("/session", self.session, methods=["POST"]),
            Route("/heads", self.heads),
            Route("/news", self.news, methods=["POST"]),
            Route("/want", self.want, methods=["POST"]),
            Route("/blocks", self.blocks, methods=["POST"]),
            Route("/has", self.has, methods=["POST"]),
            Route("/remove", self.remove, methods=["POST"]),
            Route("/o/{name:path}", self.put, methods=["PUT"]),
            Route("/health", self.health),
            Route("/metrics", self.metrics),
        ]

    # ---- before it is known who asks
    async def marker(self, request: Request) -> Response:
        self.strangers.take(_address(request))
        marker = self.office.known_marker or await run_in_threadpool(self.office.marker)
        if marker is None:
            raise Refused(404, NO_ORG)
        return JSONResponse({**marker, "challenge": self.office.sessions.challenge()})

    async def authority(self, request: Request) -> Response:
        self.strangers.take(_address(request))
        return Response(await run_in_threadpool(self.office.authority), media_type="application/x-pem-file")

    async def hub(self, request: Request) -> Response:
        self.strangers.take(_address(request))
        return JSONResponse(self.office.hub_public())

    async def found(self, request: Request) -> Response:
        self.joining.take(_address(request))
        told = await self._question(request, limits.FOUNDING_QUESTION)
        await run_in_threadpool(self.office.found, told)
        return JSONResponse({"founded": True}, 201)

    async def session(self, request: Request) -> Response:
        self.strangers.take(_address(request))
        told = await self._question(request, limits.STRANGERS_QUESTION)
        device, challenge = _text(told, "device"), _text(told, "challenge")
        token = await run_in_threadpool(self.office.let_in, device, challenge, signature_of(told.get("signature")))
        if token is None:
            raise Refused(403, UNKNOWN)
        return JSONResponse({"token": token, "seconds": TOKEN_SECONDS})

    # ---- members' questions
    async def heads(self, request: Request) -> Response:
        await self._device(request)
        return JSONResponse(await run_in_threadpool(self.office.heads))

    async def news(self, request: Request) -> Response:
        await self._device(request)
        told = await self._question(request)
        areas = [area for area in _texts(told.get("areas")) if _may_list(area)]
        found, cursor, more = await run_in_threadpool(self.office.objects.news, areas, _text(told, "cursor"))
        return JSONResponse({"names": found, "cursor": cursor, "more": more})

    async def want(self, request: Request) -> Response:
        device = await self._device(request)
        wanted = _texts((await self._question(request)).get("names"))
        found = self.office.objects.get([n for n in wanted if _may_get(n, device)], self.office.scope(device))
        answers = ((name, 0, None if stored is None else data_of(name, stored)) for name, stored in found)
        return _stream(answers)

    async def blocks(self, request: Request) -> Response:
        device = await self._device(request)
        wanted = [(str(name), index) for name, index in _pairs((await self._question(request)).get("blocks"))]
        return _stream(self.office.objects.blocks(wanted, self.office.scope(device)))

    async def has(self, request: Request) -> Response:
        await self._device(request)
        wanted = _texts((await self._question(request)).get("names"))
        return JSONResponse({"names": sorted(await run_in_threadpool(self.office.objects.has, wanted))})

    async def remove(self, request: Request) -> Response:
        device = await self._device(request)
        gone = _texts((await self._question(request)).get("names"))
        return JSONResponse({"removed": await run_in_threadpool(self.office.remove, gone, device)})

    async def put(self, request: Request) -> Response:
        name = str(request.path_params["name"])
        joins = name.startswith("join/")
        if joins:
            self.joining.take(_address(request))
        device = "" if joins else await self._device(request)
        size = edge.announced(request)
        self.uploads.take(device or _address(request), size)
        told = names.read(name)
        limits.too_large(told.kind if told else "join", size)
        async with self.memory.room(size):
            data = await edge.body(request, size)
            placed, receipt = await run_in_threadpool(self.office.taking.put, name, data, device)
        metrics.count("objects_in" if placed.new else "objects_again")
        metrics.count("bytes_in", len(data))
        if told and placed.new and placed.forked:
            log.warning("a number was used twice by one laptop: device=%s number=%s", told.device, told.number)
        return Response(receipt, 201 if placed.new else 200, media_type="application/octet-stream")

    # ---- who looks after it
    async def health(self, request: Request) -> Response:
        if not edge.is_this_machine(request):
            self.strangers.take(_address(request))
        await run_in_threadpool(self.office.objects.ready)
        return JSONResponse({"ok": True})

    async def metrics(self, request: Request) -> Response:
        if not edge.is_this_machine(request):
            raise Refused(403, "Figures are given to this machine alone.")
        return Response(await run_in_threadpool(metrics.page, self.office), media_type="text/plain; version=0.0.4")

    # ---- parts
    async def _device(self, request: Request) -> str:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        device = self.office.sessions.device(token) if kind.lower() == "bearer" else None
        if device is None:
            self.strangers.take(_address(request))
            raise Refused(401, NO_TOKEN)
        self.requests.take(device)
        members = self.office.members
        if not members.at_hand(device) and await run_in_threadpool(members.role, device) is None:
            raise Refused(403, UNKNOWN)
        return device

    async def _question(self, request: Request, most: int = limits.LARGEST_QUESTION) -> dict[str, Any]:
        size = edge.announced(request)
        if size > most:
            raise TooMuch("This laptop asks for too much at once. Bring asbdesk up to date on it.")
        async with self.memory.room(size):
            data = await edge.body(request, size)
        try:
            told = session_words.plain(data)
        except ValueError:
            told = None
        if not isinstance(told, dict):
            raise Refused(400, BACKWARDS)
        return told


def make_app(office: Office, lifespan: Callable[[Starlette], AbstractAsyncContextManager[None]]) -> Starlette:
    """The service over an opened office; what goes on beside the requests is the lifespan's."""
    app = Starlette(routes=Web(office).routes(), lifespan=lifespan)
    app.add_middleware(edge.Edge)
    return app


# ---- small things
def _stream(answers: Iterator[tuple[str, int, bytes | None]]) -> Response:
    def counted() -> Iterator[bytes]:
        for piece in session_words.joined(answers, PIECE):
            metrics.count("bytes_out", len(piece))
            yield piece

    return StreamingResponse(counted(), media_type="application/octet-stream")


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name, "")
    if not isinstance(value, str):
        raise Refused(400, BACKWARDS)
    return value


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list) or len(value) > limits.MOST_NAMES or not all(isinstance(v, str) for v in value):
        raise Refused(400, BACKWARDS)
    return value


def _pairs(value: Any) -> Collection[tuple[str, int]]:
    def is_pair(one: Any) -> bool:
        return isinstance(one, list) and len(one) == 2 and isinstance(one[0], str) and 0 <= _number(one[1]) < 1 << 31

    if not isinstance(value, list) or len(value) > limits.MOST_NAMES or not all(map(is_pair, value)):
        raise Refused(400, BACKWARDS)
    return [(name, index) for name, index in value]


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _may_list(area: str) -> bool:
    return area in ("roster", "join") or area.startswith(("dev/", "keys/"))


def _may_get(name: str, device: str) -> bool:
    told = names.read(name)
    return told is not None and (told.kind != "keys" or told.device == device)
