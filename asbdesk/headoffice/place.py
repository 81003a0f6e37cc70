"""The service's own folder: where its database is, the hub's keys, the certificates, the code for the first laptop.

The keys lie here and not in the database, so that who runs the database can read what the hub reads and can sign
nothing. The folder is copied with the database's dump, and kept apart from it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from asbdesk.errors import UserError
from asbdesk.paths import private


@dataclass(frozen=True)
class OfficeFolder:
    """The files of one service."""

    folder: Path

    @property
    def settings_file(self) -> Path:
        return self.folder / "headoffice.json"

    @property
    def keys_file(self) -> Path:
        """Private: the hub's signing and box keys, and what session tokens are made with."""
        return self.folder / "hub-keys.json"

    @property
    def authority(self) -> Path:
        """The certificate of the service's own authority; laptops hold its fingerprint."""
        return self.folder / "authority.pem"

    @property
    def authority_key(self) -> Path:
        return self.folder / "authority-key.pem"

    @property
    def certificate(self) -> Path:
        return self.folder / "server.pem"

    @property
    def certificate_key(self) -> Path:
        return self.folder / "server-key.pem"

    @property
    def first_laptop(self) -> Path:
        """The address and the one-time code that the first laptop founds the organisation with."""
        return self.folder / "first-laptop.txt"

    @property
    def log(self) -> Path:
        return self.folder / "headoffice.log"

    @cached_property
    def settings(self) -> Settings:
        """Raises UserError where `headoffice init` was never run."""
        if not self.settings_file.exists():
            raise UserError(
                f"{self.folder}: there is no head-office service here. Make one with "
                "`asbdesk headoffice init --database URL --dir DIR --landlord NAME`, or name its folder with --dir."
            )
        return Settings(**_read(self.settings_file))

    @cached_property
    def keys(self) -> HubKeys:
        read = _read(self.keys_file)
        return HubKeys(read["device"], *(bytes.fromhex(read[name]) for name in ("sign", "box", "session")))

    def write(self, settings: Settings, keys: HubKeys) -> None:
        """Write both files; nothing that is there is overwritten."""
        secret = {name: getattr(keys, name).hex() for name in ("sign", "box", "session")}
        write_private(self.keys_file, _text({"device": keys.device, **secret}))
        write_private(self.settings_file, _text(vars(settings)))


@dataclass(frozen=True)
class Settings:
    """What `headoffice init` was told. `names`: host names and addresses that laptops reach the service by."""

    database: str
    landlord: str
    names: list[str]
    port: int


@dataclass(frozen=True)
class HubKeys:
    """The hub's name and its private keys, 32 bytes each. `session`: what the tokens of sessions are made with."""

    device: str
    sign: bytes
    box: bytes
    session: bytes


def write_private(path: Path, text: str) -> None:
    """A new file that its owner alone may read. FileExistsError where there is one."""
    with open(path, "x", encoding="utf-8", opener=private) as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def replace_private(path: Path, text: str) -> None:
    """The same in place of an older one."""
    fresh = path.with_name(path.name + ".new")
    with open(fresh, "w", encoding="utf-8", opener=private) as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UserError(
            f"{path}: this file cannot be read. Bring it back from the copy of the service's folder."
        ) from None
    if not isinstance(found, dict):
        raise UserError(f"{path}: this is not the service's own file. Bring it back from the copy of its folder.")
    return found
