"""Evidence between laptops: files already encrypted, carried in packs, in a queue of their own after the entries.

A pack is nothing but bytes of the encrypted files of one case (or person, or home), end to end, at most 8 MiB: one or
more whole files, or a part of a large one. It is named by its hash, so sending it twice is sending it once; which file
lies where is announced in the header of the sender's next segment; each file is proved by its own name when it is
together again. Only its key, in an entry, opens it: depot and disk hold nothing plain at any time. Turned down: an
object for each photo (sync tools choke on many), an index inside the pack (a second truth, and readable by whoever
holds the depot), sending what another laptop has sent (it is looked for first).

The order of an exchange: `announced` with each segment taken in; `to_announce` while a segment is made; then `send`
and `fetch`, which may be broken off at any point and go on from there the next time.
"""

from asbdesk.sync.pack_in import fetch
from asbdesk.sync.pack_list import announced, to_announce
from asbdesk.sync.pack_out import send
from asbdesk.sync.pack_queue import Moved, Tally, Waiting, ask_for, doubt, look_again, of, stage, tally, waiting

__all__ = [
    "Moved",
    "Tally",
    "Waiting",
    "announced",
    "ask_for",
    "doubt",
    "fetch",
    "look_again",
    "of",
    "send",
    "stage",
    "tally",
    "to_announce",
    "waiting",
]
