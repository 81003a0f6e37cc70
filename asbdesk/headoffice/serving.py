"""Running the service: as many workers as asked for behind one port, and beside them the hub."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import socket
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asbdesk.clock import SystemClock
from asbdesk.errors import UserError
from asbdesk.headoffice.place import OfficeFolder

if TYPE_CHECKING:
    import uvicorn
    from psycopg_pool import ConnectionPool
    from starlette.applications import Starlette
    from starlette.types import ASGIApp

    from asbdesk.headoffice.office import Office

FOLDER = "ASBDESK_HEADOFFICE_DIR"
"""How a worker is told which service it is part of: a path, no secret."""
FIGURES_SECONDS = 5.0
AGAIN_SECONDS = 1.0
"""How long a worker that finds no database leaves it alone before it looks again."""
KEEP_ALIVE_SECONDS = 60

log = logging.getLogger("asbdesk.headoffice")


def serve(folder: OfficeFolder, *, host: str = "0.0.0.0", port: int | None = None, workers: int = 2) -> None:
    """Serve until told to stop. Brings the database and the certificate up to date first. Raises UserError."""
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    from asbdesk.headoffice import certificate, database
    from asbdesk.headoffice.hub_process import HubProcess

    settings = folder.settings
    write_logs()
    database.migrate(settings.database)
    certificate.see_to_server(folder, SystemClock())
    os.environ[FOLDER] = str(folder.folder.resolve())
    config = _config(folder, workers)
    with listening(host, port or settings.port) as door, HubProcess(folder):
        if workers > 1:
            Multiprocess(config, sockets=[door]).run()
        else:
            uvicorn.Server(config).run(sockets=[door])


def _config(folder: OfficeFolder, workers: int) -> uvicorn.Config:
    import uvicorn

    return uvicorn.Config(
        "asbdesk.headoffice.serving:worker",
        factory=True,
        workers=workers,
        ssl_certfile=str(folder.certificate),
        ssl_keyfile=str(folder.certificate_key),
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=10,
        limit_concurrency=2_000,
        http="h11",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )


def listening(host: str, port: int) -> socket.socket:
    """The door that all workers listen at. Raises UserError where another program has the port.

    Made here and not by uvicorn, whose own does not say that it is TCP: asyncio then leaves Nagle's algorithm on, and
    each answer waits 40 ms for the laptop's acknowledgement of its first half.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(2_048)
        made.set_inheritable(True)
    except OSError as error:
        made.close()
        raise UserError(f"The service cannot listen at {host}, port {port}: {error.strerror}.") from None
    return made


def worker() -> ASGIApp:
    """One worker's application. uvicorn asks for it in each process: where the database is away, it is waited for."""
    from psycopg import Error
    from psycopg_pool import PoolTimeout

    write_logs()
    end_with_parent()
    while True:
        try:
            return application(OfficeFolder(Path(os.environ[FOLDER])))
        except (Error, PoolTimeout):
            log.warning("a worker waits: the database does not answer")
            time.sleep(AGAIN_SECONDS)


def application(folder: OfficeFolder) -> Starlette:
    """The service of a folder; its pool is opened with it and closed with it."""
    from asbdesk.headoffice import metrics
    from asbdesk.headoffice.web import make_app

    office, pool = _opened(folder)

    @asynccontextmanager
    async def open_for(_: Starlette) -> AsyncIterator[None]:
        counting = asyncio.create_task(_hand_on(office))
        try:
            yield
        finally:
            counting.cancel()
            pool.close()

    async def _hand_on(office: Office) -> None:
        from psycopg import Error
        from psycopg_pool import PoolTimeout

        while True:
            await asyncio.sleep(FIGURES_SECONDS)
            try:
                await asyncio.to_thread(metrics.hand_on, office)
            except (Error, PoolTimeout):
                log.warning("figures were not written: the database does not answer")

    return make_app(office, open_for)


def _opened(folder: OfficeFolder) -> tuple[Office, ConnectionPool[Any]]:
    from asbdesk.headoffice import database
    from asbdesk.headoffice.objects import Objects
    from asbdesk.headoffice.office import open_office

    pool = database.make_pool(folder.settings.database)
    try:
        return open_office(folder, Objects(pool), SystemClock()), pool
    except BaseException:
        pool.close()
        raise


def end_with_parent() -> None:
    """End this process when the one that started it has ended, however it did."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(3)

    threading.Thread(target=wait, name="end-with-parent", daemon=True).start()


def write_logs() -> None:
    """Lines for the system's own log, on standard error: a time, a level, ids and counts."""
    from asbdesk.headoffice.logs import set_up

    set_up()
