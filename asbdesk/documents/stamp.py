"""Puts a time stamp on a sealed PDF (RFC 3161): PAdES B-B becomes B-T, and every byte that was there stays.

Only a digest leaves the laptop: 32 bytes from which nothing of the paper can be read. The authority is whoever the
landlord named; nobody else is asked, and none is built in.
"""

from __future__ import annotations

import asyncio
import http.client
import io
import urllib.error
import urllib.request
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from asbdesk.clock import instant
from asbdesk.documents.adding import adding_to
from asbdesk.documents.authority import common_name
from asbdesk.documents.checking import chain_of
from asbdesk.errors import UserError

SECONDS = 10.0
"""How long an authority may take to answer."""
LARGEST = 64_000
"""Bytes of an answer; usual ones have 2,000 to 8,000."""
ROOM = (8_192, 32_768)
"""Bytes kept in the file for the answer: first as most need it, then as any may."""


class NoStamp(UserError):
    """No time stamp now. `away`: the authority cannot be reached, so it is tried again by itself."""

    def __init__(self, sentence: str, *, away: bool = False) -> None:
        super().__init__(sentence)
        self.away = away


@dataclass(frozen=True)
class Asked:
    """An authority that answered: its name, the topmost certificate (PEM) that came along, and the time it gave."""

    name: str
    root: bytes
    at: str


def address_of(typed: str) -> str:
    """The address of a time-stamp authority as typed. Raises UserError for what is none."""
    address = typed.strip()
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or len(address) > 400:
        raise UserError("Write the authority's address as its provider gives it, beginning with https:// or http://.")
    return address


def ask(address: str) -> Asked:
    """Ask for the time of nothing, to see who answers. Raises NoStamp."""
    from pyhanko.sign.timestamps import TimeStamper

    class _OverHttp(TimeStamper):  # type: ignore[misc]  # pyHanko is untyped here
        async def async_request_tsa_response(self, req: Any) -> Any:
            return _answer(address, req)

    token = _said(lambda: asyncio.run(_OverHttp().async_timestamp(bytes(32), "sha256")))
    return _who(token)


def time_stamp(pdf: bytes, address: str) -> tuple[bytes, Asked]:
    """`pdf` with a time stamp behind all that it holds. Raises NoStamp; UserError where it is no PDF."""
    from pyhanko.sign.general import SigningError

    for room in ROOM:
        try:
            made: tuple[bytes, Asked] = _said(partial(_stamped, pdf, address, room))
            return made
        except SigningError:  # the answer was larger than the room kept for it
            continue
    raise NoStamp(f"The answer of {urlsplit(address).hostname} is too large to be a time stamp.")


def _stamped(pdf: bytes, address: str, room: int) -> tuple[bytes, Asked]:
    from pyhanko.sign.signers import PdfTimeStamper
    from pyhanko.sign.timestamps import TimeStamper

    held: list[Any] = []

    class _OverHttp(TimeStamper):  # type: ignore[misc]  # pyHanko is untyped here
        async def async_request_tsa_response(self, req: Any) -> Any:
            held.append(_answer(address, req))
            return held[-1]

    out = io.BytesIO()
    PdfTimeStamper(_OverHttp()).timestamp_pdf(adding_to(pdf), "sha256", bytes_reserved=2 * room, output=out)
    return out.getvalue(), _who(held[-1]["time_stamp_token"])


def _who(token: Any) -> Asked:
    from pyhanko.sign.general import extract_certificate_info

    signed = token["content"]
    certificates = extract_certificate_info(signed)
    chain = chain_of(certificates.signer_cert, certificates.other_certs)
    at = signed["encap_content_info"]["content"].parsed["gen_time"].native
    return Asked(common_name(chain[0]), chain[-1], instant(at))


def _answer(address: str, request: Any) -> Any:
    from asn1crypto import tsp

    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    asked = urllib.request.Request(address, request.dump(), headers, method="POST")
    with urllib.request.urlopen(asked, timeout=SECONDS) as said:  # `address_of` let only http(s) pass
        data = said.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError("too large")
    answer = tsp.TimeStampResp.load(data, strict=True)
    _fits(answer, request)
    return answer


def _fits(answer: Any, request: Any) -> None:
    """It answers this very question. ValueError otherwise; pyHanko looks at status and nonce."""
    if answer["status"]["status"].native == "granted":
        info = answer["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
        if info["message_imprint"].dump() != request["message_imprint"].dump():
            raise ValueError("an answer to something else")


def _said(work: Any) -> Any:
    """What `work` gives; what goes wrong on the way to the authority becomes a sentence."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.timestamps.common_utils import TimestampRequestError

    try:
        return work()
    except TimestampRequestError:
        said, away = "The time-stamp authority refused. Ask its provider whether this landlord may use it.", False
    except urllib.error.HTTPError as error:
        error.close()
        said, away = f"The time-stamp authority answered {error.code}, not with a time stamp.", error.code >= 500
    except (urllib.error.URLError, http.client.HTTPException, OSError):
        said, away = "The time-stamp authority cannot be reached now. It is tried again by itself.", True
    except PdfError as error:
        raise UserError("This file cannot be time-stamped: it is damaged, or is not a PDF.") from error
    except (ValueError, KeyError, TypeError, AttributeError, AssertionError) as error:
        if isinstance(error, SigningError):
            raise
        said, away = "What came from this address is no time stamp. Look at how the authority is written.", False
    raise NoStamp(said, away=away)
