"""`headoffice init`: the database's form, the hub's keys, the certificates, the code for the first laptop."""

from __future__ import annotations

import base64
import secrets
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from asbdesk.clock import Clock
from asbdesk.errors import UserError
from asbdesk.headoffice.place import HubKeys, OfficeFolder, Settings, replace_private

PORT = 8443


@dataclass(frozen=True)
class Begun:
    """What the first laptop is given. `address` holds the authority's fingerprint; `code` is used once."""

    folder: Path
    address: str
    code: str


def begin(
    folder: OfficeFolder, database: str, landlord: str, clock: Clock, *, names: Sequence[str] = (), port: int = PORT
) -> Begun:
    """Make the service, or bring an existing one's database and certificate up to date. Raises UserError."""
    from asbdesk.headoffice import certificate
    from asbdesk.headoffice import database as base

    if not landlord.strip():
        raise UserError("--landlord: give the landlord's name.")
    base.migrate(database)
    if folder.settings_file.exists():
        if folder.settings.database != database:
            raise UserError(f"{folder.folder}: this service has another database. Name another folder with --dir.")
    else:
        _make(folder, Settings(database, landlord.strip(), list(names) or own_names(), port), clock)
    certificate.see_to_server(folder, clock)
    return first_laptop(folder)


def _make(folder: OfficeFolder, settings: Settings, clock: Clock) -> None:
    from asbdesk.headoffice import certificate
    from asbdesk.store.ticking import new_device

    folder.folder.mkdir(parents=True, exist_ok=True)
    if any(folder.folder.iterdir()):
        raise UserError(f"{folder.folder}: there are files here already. Name a new folder with --dir.")
    folder.folder.chmod(0o700)
    certificate.make_authority(folder, settings.landlord, clock)
    folder.write(settings, HubKeys(new_device(), *(secrets.token_bytes(32) for _ in range(3))))


def first_laptop(folder: OfficeFolder) -> Begun:
    """The address and the code for head office's first laptop; the code is made where there is none."""
    from asbdesk.sync.service import address

    settings = folder.settings
    where = address(settings.names[0], settings.port, folder.authority.read_bytes())
    if not folder.first_laptop.exists():
        code = base64.b32encode(secrets.token_bytes(15)).decode().lower()
        code = "-".join(code[i : i + 4] for i in range(0, len(code), 4))
        said = f"Address: {where}\nCode: {code}\n\nFor head office's first laptop. Delete this file afterwards.\n"
        replace_private(folder.first_laptop, said)
    lines = folder.first_laptop.read_text(encoding="utf-8").splitlines()
    code = next((line.partition(":")[2].strip() for line in lines if line.startswith("Code:")), "")
    return Begun(folder.folder, where, code)


def own_names() -> list[str]:
    """What this machine is called; laptops reach it by one of these unless told otherwise."""
    found = [socket.getfqdn(), socket.gethostname(), "localhost", "127.0.0.1"]
    return list(dict.fromkeys(name for name in found if name and name != "."))
