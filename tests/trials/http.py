"""HTTP as bytes: read whole, passed on, answered, by those who stand between client and node."""

import json
import socket
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any


@dataclass(frozen=True)
class Asked:
    """A request as it came over the wire."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def is_bulk(self) -> bool:
        """Whether it writes documents."""
        return self.path.partition("?")[0].endswith("_bulk")


@dataclass(frozen=True)
class Reply:
    """An answer, to be sent as it is or in a part."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    length: int

    def raw(self) -> bytes:
        """Give the answer as it goes over the wire."""
        kept = [(n, v) for n, v in self.headers if n.lower() not in _OF_ONE_STRETCH]
        kept.append(("Content-Length", str(self.length)))
        head = "".join(f"{name}: {value}\r\n" for name, value in kept)
        return f"HTTP/1.1 {self.status} Any\r\n{head}\r\n".encode() + self.body


_OF_ONE_STRETCH = {"content-length", "transfer-encoding", "connection"}
_ELASTIC = (
    ("X-Elastic-Product", "Elasticsearch"),
    ("Content-Type", "application/vnd.elasticsearch+json;compatible-with=8"),
)


def answer(status: int, content: Any) -> Reply:
    """Give an answer as Elasticsearch would write it."""
    body = json.dumps(content).encode()
    return Reply(status, _ELASTIC, body, len(body))


def read_request(connection: socket.socket) -> Asked | None:
    """Read one whole request; None when the other side has gone."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65_536)
        if not part:
            return None
        data += part
    head, _blank, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        part = connection.recv(1 << 20)
        if not part:
            return None
        body += part
    method, path, _version = first.split(" ", 2)
    return Asked(method, path, headers, body)


def pass_on(asked: Asked, host: str, port: int) -> Reply:
    """Put a request to the node and read its whole answer."""
    connection = HTTPConnection(host, port, timeout=30)
    try:
        kept = {n: v for n, v in asked.headers.items() if n not in {"host", "connection"}}
        connection.request(asked.method, asked.path, asked.body or None, kept)
        response = connection.getresponse()
        body = response.read()
        told = response.getheader("Content-Length")
        length = int(told) if told is not None else len(body)
        return Reply(response.status, tuple(response.getheaders()), body, length)
    finally:
        connection.close()


def blocked(asked: Asked) -> Reply:
    """Refuse every document of a bulk as a node does whose disk is full."""
    actions = [json.loads(line)["index"] for line in asked.body.splitlines()[::2]]
    error = {
        "type": "cluster_block_exception",
        "reason": "blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];",
    }
    items = [
        {"index": {"_index": a["_index"], "_id": a["_id"], "status": 403, "error": error}}
        for a in actions
    ]
    return answer(200, {"took": 1, "errors": True, "items": items})


def without_versions(asked: Asked) -> Asked:
    """Give a bulk as it would be if nobody had thought of versions."""
    if not asked.is_bulk:
        return asked
    lines = asked.body.splitlines()
    for number in range(0, len(lines), 2):
        action = json.loads(lines[number])
        kept = {n: v for n, v in action["index"].items() if not n.startswith("version")}
        lines[number] = json.dumps({"index": kept}).encode()
    body = b"\n".join(lines) + b"\n"
    return Asked(asked.method, asked.path, asked.headers | {"content-length": str(len(body))}, body)


def rejected(_asked: Asked) -> Reply:
    """Say that there is too much to do."""
    error = {"type": "es_rejected_execution_exception", "reason": "queue is full"}
    return answer(429, {"error": error, "status": 429})


def unavailable(_asked: Asked) -> Reply:
    """Say that nobody leads the cluster."""
    error = {"type": "cluster_block_exception", "reason": "no master"}
    return answer(503, {"error": error, "status": 503})
