"""The organisation's kit: one code on paper from which its root key and its recovery box are made again."""

from __future__ import annotations

from typing import NamedTuple

from asbdesk.store.recovery_code import new_recovery_code, parse_recovery
from asbdesk.sync import sealing, statement

SECRET = "org_kit"
"""Where the code lies in `local_secret` until somebody says that the paper is printed and put away."""


class Kit(NamedTuple):
    """What the code opens. The private halves are used and let go of: they lie on no laptop."""

    code: str
    root: sealing.KeyPair
    recovery: sealing.KeyPair

    @property
    def org(self) -> str:
        """The id of the organisation that it founds."""
        return statement.org_of(self.root.public)


def new() -> Kit:
    """A new organisation's kit."""
    return of(new_recovery_code())


def of(code: str) -> Kit:
    """The kit of a code as it is printed. Raises RecoveryTypo."""
    secret = parse_recovery(code)
    root = sealing.sign_key_of(sealing.derived(secret, "asbdesk/kit/founding/1"))
    return Kit(code, root, sealing.box_key_of(sealing.derived(secret, "asbdesk/kit/recovery/1")))
