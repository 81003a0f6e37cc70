"""Who asks: a challenge that only the device's own key can answer, and a token that is good for a while.

Nothing is remembered of either, so that any worker can look at what another gave. The time is head office's alone: a
laptop whose clock is wrong gets in all the same.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets

from asbdesk.clock import Clock
from asbdesk.sync import names, sealing, session_words

CHALLENGE_SECONDS = 120
TOKEN_SECONDS = 15 * 60
_TOKEN = re.compile(rf"(?P<device>{names.DEVICE})\.(?P<until>[0-9]{{1,12}})\.(?P<mac>[A-Za-z0-9_-]{{43}})")


class Sessions:
    """Makes challenges and tokens, and looks at them, with the service's own secret."""

    def __init__(self, secret: bytes, clock: Clock) -> None:
        self._secret = secret
        self._clock = clock

    def challenge(self) -> str:
        """Something new to sign."""
        told = f"{self._now()}.{secrets.token_hex(16)}"
        return f"{told}.{self._mac('challenge', told)}"

    def answered(self, org: str, device: str, challenge: str, signature: bytes, public: bytes) -> bool:
        """Whether the device signed a challenge of ours, not long ago, for this organisation."""
        told, _, mac = challenge.rpartition(".")
        made = told.partition(".")[0]
        if not (made.isdecimal() and sealing.same(mac.encode(), self._mac("challenge", told).encode())):
            return False
        if abs(self._now() - int(made)) > CHALLENGE_SECONDS:  # of two machines one is always a little ahead
            return False
        return sealing.verify(public, signature, session_words.DOMAIN, session_words.told(org, device, challenge))

    def token(self, device: str) -> str:
        """What the device shows with each request until it runs out."""
        told = f"{device}.{self._now() + TOKEN_SECONDS}"
        return f"{told}.{self._mac('token', told)}"

    def device(self, token: str) -> str | None:
        """Whose token it is; None for one that is not ours or has run out."""
        found = _TOKEN.fullmatch(token)
        if found is None:
            return None
        told = f"{found['device']}.{found['until']}"
        if not sealing.same(found["mac"].encode(), self._mac("token", told).encode()):
            return None
        left = int(found["until"]) - self._now()
        # one that would be good for longer was made when the clock here was ahead
        return found["device"] if 0 <= left <= TOKEN_SECONDS + CHALLENGE_SECONDS else None

    def _mac(self, what: str, told: str) -> str:
        made = sealing.mac(self._secret, f"asbdesk/headoffice/{what}/1", told.encode())
        return base64.urlsafe_b64encode(made).rstrip(b"=").decode()

    def _now(self) -> int:
        return int(self._clock.now().timestamp())


def signature_of(text: object) -> bytes:
    """A signature as a request carries it; empty for what is none."""
    try:
        return binascii.unhexlify(text) if isinstance(text, str) else b""
    except (binascii.Error, ValueError):
        return b""
