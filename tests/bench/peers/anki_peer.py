"""Two Anki collections and Anki's own sync server, driven by lines of JSON. Runs in Anki's environment, not in ours."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from anki.buildinfo import version
from anki.collection import AddNoteRequest, Collection
from anki.decks import DeckId

NOTETYPE = "Record"


def serve(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Anki's server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = {"SYNC_USER1": "bench:bench", "SYNC_BASE": str(folder / "server"), "SYNC_HOST": "127.0.0.1"}
    environment = os.environ | told | {"SYNC_PORT": str(port), "RUST_LOG": "error", "MAX_SYNC_PAYLOAD_MEGS": "1000"}
    server = subprocess.Popen([sys.executable, "-m", "anki.syncserver"], env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/"
    for _ in range(200):
        try:
            urllib.request.urlopen(address + "health", timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    return server, address


def used(server: int) -> float | None:
    """Seconds of processor that the desks and the server have used so far; None where the system does not say."""
    stat = Path(f"/proc/{server}/stat")
    if not stat.exists():
        return None
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    return time.process_time() + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


class Desk:
    """One collection, signed in."""

    def __init__(self, path: Path, address: str) -> None:
        self.col = Collection(str(path))
        self.auth = self.col.sync_login("bench", "bench", address)
        self.ids: dict[str, int] = {}

    def whole(self, upload: bool) -> None:
        """The first sync, which Anki does whole, one way."""
        out = self.col.sync_collection(self.auth, False)
        self.col.close_for_full_sync()
        self.col.full_upload_or_download(auth=self.auth, server_usn=out.server_media_usn, upload=upload)
        self.col.reopen(after_full_sync=True)

    def sync(self) -> float:
        """Seconds of an ordinary sync; Anki answers what kind it was, and any other kind is no figure."""
        began = time.perf_counter()
        out = self.col.sync_collection(self.auth, False)
        taken = time.perf_counter() - began
        if out.required not in (out.NO_CHANGES, out.NORMAL_SYNC):
            raise RuntimeError(f"Anki asked for a full sync: {out.required}")
        return taken

    def add(self, docs: list[dict[str, str]]) -> None:
        """Each record is a note of eight fields; Anki gives each note one card."""
        kind = self.col.models.by_name(NOTETYPE)
        assert kind is not None
        notes = []
        for doc in docs:
            note = self.col.new_note(kind)
            note.fields = list(doc["fields"])
            notes.append(note)
        self.col.add_notes([AddNoteRequest(note=note, deck_id=DeckId(1)) for note in notes])
        self.ids |= {doc["id"]: note.id for doc, note in zip(docs, notes, strict=True)}

    def change(self, docs: list[dict[str, str]]) -> None:
        """New fields of notes that are there."""
        notes = []
        for doc in docs:
            note = self.col.get_note(self.ids[doc["id"]])
            note.fields = list(doc["fields"])
            notes.append(note)
        self.col.update_notes(notes, skip_undo_entry=True)


def prepare(desk: Desk) -> None:
    """The kind of note, with eight fields."""
    models = desk.col.models
    kind = models.new(NOTETYPE)
    for number in range(8):
        models.add_field(kind, models.new_field(f"f{number}"))
    template = models.new_template("card")
    template["qfmt"], template["afmt"] = "{{f0}}", "{{f1}}"
    models.add_template(kind, template)
    models.add(kind)


def main() -> None:
    folder = Path(sys.argv[1])
    server, address = serve(folder)
    try:
        a, b = Desk(folder / "a.anki2", address), Desk(folder / "b.anki2", address)
        prepare(a)
        a.whole(upload=True)
        b.whole(upload=False)
        print(json.dumps({"ready": True, "version": version}), flush=True)
        for line in sys.stdin:
            told = json.loads(line)
            docs = [json.loads(text) for text in Path(told["docs"]).read_text("utf-8").splitlines()]
            (a.add if told["do"] == "new" else a.change)(docs)
            before = used(server.pid)
            told = {"push": a.sync(), "pull": b.sync()}
            if before is not None:
                told["processor"] = used(server.pid) - before
            print(json.dumps({**told, "nothing": a.sync(), "arrived": b.col.note_count()}), flush=True)
    finally:
        server.kill()


if __name__ == "__main__":
    main()
