"""A signing service on loopback: takes documents, seals them with a key of its own, and calls back."""

import json
import secrets
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from app import clock
from app.blueprints.signing.rules import service_calls
from app.sealing import sealer
from app.sealing.certificate import SealingKey

KEY, SECRET = "house", "common secret"


class Remote:
    """What the service knows. `down` makes it answer 500."""

    def __init__(self, key: SealingKey) -> None:
        self.key = key
        self.orders: dict[str, dict[str, Any]] = {}
        self.signed: dict[str, bytes] = {}
        self.url = ""
        self.down = False

    def sign(self, remote_id: str) -> None:
        self.signed[remote_id] = sealer.seal(
            b64decode(self.orders[remote_id]["document"]), key=self.key, at=clock.now(), reason="both parties"
        ).pdf

    def call(self, remote_id: str, state: str = "signed", **changes: Any) -> dict[str, Any]:
        """What the service posts to us."""
        return {
            "call_id": secrets.token_hex(8),
            "id": remote_id,
            "state": state,
            "document_sha256": self.orders[remote_id]["document_sha256"],
            "signed_sha256": sha256(self.signed.get(remote_id, b"")).hexdigest(),
            "signer": "张三",
            "address": "203.0.113.9",
        } | changes


def headers(method: str, path: str, body: bytes, *, secret: str = SECRET, at: int | None = None) -> dict[str, str]:
    """The headers of a call, signed."""
    timestamp, nonce = str(at if at is not None else int(clock.now().timestamp())), secrets.token_hex(8)
    mark = service_calls.signature(secret, method, path, timestamp, nonce, body)
    return {
        "X-Key": KEY,
        "X-Timestamp": timestamp,
        "X-Nonce": nonce,
        "X-Signature": mark,
        "Content-Type": "application/json",
    }


@contextmanager
def running(remote: Remote) -> Iterator[Remote]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def _taken(self, body: bytes) -> bool:
            method, now = self.command, clock.now().timestamp()
            try:
                service_calls.check(dict(self.headers), KEY, SECRET, method, self.path, body, now)
            except service_calls.CallNotBelieved:
                self._answer(403, b"")
                return False
            if remote.down:
                self._answer(500, b"")
            return not remote.down

        def _answer(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self._taken(body):
                order = json.loads(body)
                remote_id = f"R{sha256(order['reference'].encode()).hexdigest()[:12]}"
                remote.orders[remote_id] = order
                self._answer(201, json.dumps({"id": remote_id, "url": f"{remote.url}/go/{remote_id}"}).encode())

        def do_GET(self) -> None:
            if self._taken(b""):
                self._answer(200, remote.signed.get(self.path.split("/")[2], b""))

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    remote.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield remote
    finally:
        server.shutdown()
        server.server_close()
