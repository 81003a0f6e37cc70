"""The encrypted store: a database under a key in slots, evidence in files of their own, and spare copies of all.

The journal is the only truth and `apply` its only writer, so every other table can be rebuilt and checked. Turned down:
one file for everything (evidence as database rows is ten times slower, and copied whole by every backup), and the
keyring as the only way in (it fails in ways that lose the key).
"""
