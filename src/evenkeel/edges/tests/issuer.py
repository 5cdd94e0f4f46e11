"""An OpenID Connect issuer: small, but it keeps its side of the protocol, PKCE included.

Its tokens come straight from it, so nobody asks for the keys that would prove their signatures (OpenID Connect Core 1.0,
section 3.1.3.7).
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "evenkeel", "a secret between two servers"


@dataclass
class Issuer:
    """What it says of whoever logs in; tests change it."""

    url: str
    claims: dict[str, Any] = field(default_factory=dict)
    audience: str = CLIENT
    key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    def log_in(self, address: str) -> dict[str, str]:
        """What the browser brings back from the issuer's log-in page at `address`."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = hashlib.sha256(address.encode()).hexdigest()
        self.asked[code] = query
        return {"code": code, "state": query["state"]}

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """Tokens for a code, once, for the client that knows its secret and the verifier of its challenge."""
        query = self.asked.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if (
            query is None
            or base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != query["code_challenge"]
            or form["redirect_uri"] != query["redirect_uri"]
            or (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET)
        ):
            return None
        said = {"iss": self.url, "aud": self.audience, "iat": 1, "exp": 4_000_000_000, **self.claims}
        signed = jwt.encode(said, self.key, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": "opaque", "token_type": "Bearer", "expires_in": 60, "id_token": signed}

    def answer(self, path: str, form: dict[str, str]) -> dict[str, Any] | None:
        """The answer of an endpoint; None where it refuses."""
        if path == "/.well-known/openid-configuration":
            ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
            return {
                "issuer": self.url,
                "jwks_uri": f"{self.url}/jwks",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
                **{name: f"{self.url}/{end}" for name, end in ends.items()},
            }
        return self.token(form) if path == "/token" else self.claims


@contextmanager
def issuing() -> Iterator[Issuer]:
    """Run an issuer on this machine until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
            found = issuer.answer(self.path, form)
            body = json.dumps(found if found is not None else {"error": "invalid_grant"}).encode()
            self.send_response(200 if found is not None else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 (the name that the library calls)

        def log_message(self, *_said: Any) -> None:
            """A test has nothing to log."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        issuer = Issuer(url=f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield issuer
        finally:
            server.shutdown()
            thread.join()
