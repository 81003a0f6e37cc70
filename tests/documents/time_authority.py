"""A time-stamp authority for tests: OpenSSL answers, over real HTTP on this machine."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_CONFIG = """
[req]
distinguished_name = dn
[dn]
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
[tsa]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa_config]
default_tsa = here
[here]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/ca.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
_EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


class TimeAuthority:
    """Its files are in `folder`. `answers`: how many it gave; `broken` makes it answer with this status and bytes."""

    def __init__(self, folder: Path, name: str = "Local Time") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.answers, self.broken = folder, 0, None  # type: tuple[Path, int, tuple[int, bytes] | None]
        self.address = ""
        config = folder / "tsa.cnf"
        config.write_text(_CONFIG.format(folder=folder.as_posix()), encoding="utf-8")
        (folder / "serial").write_text("01\n", encoding="ascii")
        self._req("-x509", "-extensions", "ca", "-subj", f"/CN={name} Root", "-out", "ca.pem", "-keyout", "ca.key")
        self._req("-x509", "-extensions", "tsa", "-subj", f"/CN={name}", "-out", "tsa.pem", "-keyout", "tsa.key",
                  "-CA", "ca.pem", "-CAkey", "ca.key")  # fmt: skip

    def _req(self, *words: str) -> None:
        command = ["openssl", "req", "-config", "tsa.cnf", "-days", "3650", *_EC, *words]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)

    @property
    def root(self) -> bytes:
        return (self.folder / "ca.pem").read_bytes()

    def answer(self, question: bytes) -> bytes:
        """A reply to one RFC 3161 question."""
        (self.folder / "q.tsq").write_bytes(question)
        command = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-section", "here", "-queryfile", "q.tsq"]
        done = subprocess.run([*command, "-out", "/dev/stdout"], cwd=self.folder, check=True, capture_output=True)
        self.answers += 1
        return done.stdout


@contextmanager
def time_authority(folder: Path, name: str = "Local Time") -> Iterator[TimeAuthority]:
    """One that listens at `address` while it is needed."""
    here = TimeAuthority(folder, name)

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            status, reply = here.broken or (200, here.answer(question))
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    here.address = f"http://127.0.0.1:{server.server_address[1]}/tsa"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
