"""A client that costs little: one kept-alive connection, JSON in and out, nothing else."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from typing import Any


class Refused(Exception):
    """An answer that was not 2xx."""

    def __init__(self, status: int, text: str):
        super().__init__(f"{status}: {text[:200]}")
        self.status, self.text = status, text


class Connection:
    """HTTP/1.1 to one server; reconnects when the server has closed. For loads, where a client's own cost counts."""

    def __init__(self, host: str, port: int, headers: Mapping[str, str], *, timeout_s: float = 120):
        self._address, self._timeout_s = (host, port), timeout_s
        said = {"Host": f"{host}:{port}", "Content-Type": "application/json", "Accept": "application/json", **headers}
        self._head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
        self._socket: socket.socket | None = None
        self._rest = b""

    def post(self, path: str, said: Any) -> Any:
        """POST JSON; the answer's JSON. Raises `Refused` unless it was 2xx, OSError when the server is gone."""
        return self.send("POST", path, said)

    def get(self, path: str) -> Any:
        """GET; the answer's JSON."""
        return self.send("GET", path, None)

    def send(self, method: str, path: str, said: Any) -> Any:
        """One request and its answer."""
        body = b"" if said is None else json.dumps(said).encode()
        head = f"{method} {path} HTTP/1.1\r\n{self._head}Content-Length: {len(body)}\r\n\r\n"
        try:
            if self._socket is None:
                self._socket = socket.create_connection(self._address, timeout=self._timeout_s)
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket.sendall(head.encode() + body)
            status, text = self._answer(self._socket)
        except OSError:
            self.close()
            raise
        if not 200 <= status < 300:
            raise Refused(status, text.decode(errors="replace"))
        return json.loads(text) if text else None

    def close(self) -> None:
        """Hang up; the next request calls again."""
        if self._socket is not None:
            self._socket.close()
        self._socket, self._rest = None, b""

    def _answer(self, of: socket.socket) -> tuple[int, bytes]:
        read = self._rest
        while b"\r\n\r\n" not in read:
            read += self._more(of)
        head, _, body = read.partition(b"\r\n\r\n")
        status, said = int(head[9:12]), head.lower()
        if b"\r\ntransfer-encoding: chunked" in said:
            body = self._chunks(of, body)
        else:
            length = _number_after(said, b"\r\ncontent-length:")
            parts, have = [body], len(body)
            while have < length:
                parts.append(self._more(of))
                have += len(parts[-1])
            body = b"".join(parts) if len(parts) > 1 else body
            self._rest, body = body[length:], body[:length]
        if b"\r\nconnection: close" in said:
            self.close()
        return status, body

    def _chunks(self, of: socket.socket, read: bytes) -> bytes:
        parts = []
        while True:
            while b"\r\n" not in read:
                read += self._more(of)
            size, _, read = read.partition(b"\r\n")
            n = int(size, 16)
            while len(read) < n + 2:
                read += self._more(of)
            parts.append(read[:n])
            read = read[n + 2 :]
            if not n:
                self._rest = read
                return b"".join(parts)

    def _more(self, of: socket.socket) -> bytes:
        part = of.recv(65_536)
        if not part:
            raise ConnectionResetError("the server hung up")
        return part


def _number_after(text: bytes, name: bytes) -> int:
    place = text.find(name)
    if place < 0:
        return 0
    rest = text[place + len(name) :]
    return int(rest.partition(b"\r\n")[0])
