"""A small learning system for packages of SCORM 1.2: it serves a package and keeps to the letter of the data model."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path

from bilik.exchange.exporting import Files

SYSTEM = Path(__file__).with_suffix(".html").read_text(encoding="utf-8")


@contextmanager
def served(files: Files, system: str = SYSTEM) -> Iterator[str]:
    """The package under /package/ and the system at /: the address of both."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.partition("?")[0]
            content = system.encode() if name == "/" else files.get(name.removeprefix("/package/"))
            # Browsers ask every server for an icon.
            self.send_response(200 if content is not None else 204 if name == "/favicon.ico" else 404)
            self.send_header("Content-Type", "text/html" if name == "/" else guess_type(name)[0] or "text/plain")
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the journey says what went wrong."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
