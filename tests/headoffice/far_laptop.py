"""A laptop at the far end of a bad line, as a program of its own: sends segments, fetches them again, says what held.

Words: the address, organisation, device, private signing key (hex), how many segments, bytes of each.
"""

from __future__ import annotations

import json
import random
import sys
import time

from asbdesk.sync import sealing, segment, service
from asbdesk.sync.depot import DepotAway
from tests.headoffice.offices import Laptop


def main(url: str, org: str, device: str, key: str, count: int, size: int) -> dict[str, int]:
    """Until everything is there and was fetched again; how often it had to begin anew."""
    laptop = Laptop(device, "m", "head_office", sign=sealing.sign_key_of(bytes.fromhex(key)))
    depot = service.ServiceDepot(url, org, device, laptop.sign.private)
    chance = random.Random(7)
    sent = dict(laptop.segment(org, [("0" * 32, chance.randbytes(size))]) for _ in range(count))
    away = 0
    for name, data in sent.items():
        while True:
            try:
                depot.put(name, data)
                break
            except DepotAway:
                away += 1
                time.sleep(0.5)
    got: dict[str, bytes | None] = {}
    while len(got) < count:
        try:
            got.update(depot.get([name for name in sent if name not in got]))
        except DepotAway:
            away += 1
    depot.close()
    whole = sum(data is not None and segment.parse(data).whole and data == sent[name] for name, data in got.items())
    return {"sent": len(sent), "whole": whole, "away": away}


if __name__ == "__main__":
    *words, many, large = sys.argv[1:]
    print(json.dumps(main(*words, int(many), int(large))))  # type: ignore[arg-type]
