"""A small OpenID Connect provider on this machine: discovery, keys, tokens. It can be told to lie."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "bilik-test"
SECRET = "a-secret-of-the-test"


class Provider:
    """What it says next: `claims` of the person who signs in, `changes` to the token, `key` it is signed with."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict[str, Any] = {}
        self.changes: dict[str, Any] = {}
        self.header: dict[str, Any] = {"kid": "one"}
        self.signed_by: Any = None
        self.algorithm = "RS256"
        self.userinfo: dict[str, Any] | None = None
        self.issuer = ""
        self.says: dict[str, Any] = {}
        self.asked: list[dict[str, str]] = []
        self.nonce = ""

    def configuration(self) -> dict[str, Any]:
        here = self.issuer
        found = {
            "issuer": here, "authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/keys", "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }  # fmt: skip
        if self.userinfo is not None:
            found["userinfo_endpoint"] = f"{here}/userinfo"
        return found | self.says

    def keys(self) -> dict[str, Any]:
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [key | {"kid": "one", "use": "sig", "alg": "RS256"}]}

    def token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": self.nonce}
        claims |= self.claims | self.changes
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(claims, self.signed_by or self.key, self.algorithm, headers=self.header)


@contextmanager
def serving(provider: Provider) -> Iterator[str]:
    """Serves it on loopback until the block ends; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers = {
                "/.well-known/openid-configuration": provider.configuration, "/keys": provider.keys,
                "/userinfo": lambda: provider.userinfo,
            }  # fmt: skip
            make = answers.get(urlsplit(self.path).path)
            self.answer(200 if make else 404, make() if make else {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            provider.asked.append({name: values[0] for name, values in parse_qs(body).items()})
            self.answer(200, {"access_token": "opaque", "token_type": "Bearer", "id_token": provider.token()})

        def answer(self, status: int, data: Any) -> None:
            content = json.dumps(data).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    try:
        yield provider.issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
