"""Exchange between laptops: signed, sealed segments of the journal, carried by any folder or by head office.

Why so: the depot is dumb and may be hostile, so nothing in it is trusted but what a signature and a hash prove, and
nothing missing from it ever means "deleted". Turned down: a clock that decides (one wrong clock poisons all), a
manifest that is overwritten (sync tools tear it), a CRDT library (it keeps no evidence and cannot erase), and one
key for everything (a case could then be neither withheld nor erased).
"""
