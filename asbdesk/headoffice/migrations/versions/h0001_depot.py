"""Objects as laptops sent them, their blocks, what each area holds, and which key was given to which laptop."""

from alembic import op

revision = "h0001"
down_revision = None

STEPS = (
    "CREATE TABLE depot.setting (name text PRIMARY KEY, value text NOT NULL)",
    # xid: a reader goes on from a transaction, never from a number, because numbers are given out before they commit
    """CREATE TABLE depot.object (
        n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
        name text NOT NULL UNIQUE,
        area text NOT NULL,
        number integer NOT NULL,
        size bigint NOT NULL,
        sha256 text NOT NULL,
        sent_by text NOT NULL,
        received_at text NOT NULL,
        header text NOT NULL,
        forked boolean NOT NULL,
        body bytea NOT NULL
    )""",
    "CREATE INDEX object_feed ON depot.object (area, xid, n)",
    "CREATE INDEX object_number ON depot.object (area, number)",
    """CREATE TABLE depot.block (
        object bigint NOT NULL,
        idx integer NOT NULL,
        key_id text NOT NULL,
        body bytea,
        PRIMARY KEY (object, idx)
    )""",
    "CREATE INDEX block_key ON depot.block (key_id)",
    # sealed bytes do not compress: to try would only cost time
    "ALTER TABLE depot.object ALTER COLUMN body SET STORAGE EXTERNAL",
    "ALTER TABLE depot.block ALTER COLUMN body SET STORAGE EXTERNAL",
    "CREATE TABLE depot.area (area text PRIMARY KEY, held bigint NOT NULL, digest bigint NOT NULL)",
    "CREATE TABLE depot.granted (device text, key_id text, PRIMARY KEY (device, key_id))",
    "CREATE TABLE depot.met (device text PRIMARY KEY, at text NOT NULL)",
    "CREATE TABLE depot.metric (worker text, name text, value bigint NOT NULL, PRIMARY KEY (worker, name))",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)
