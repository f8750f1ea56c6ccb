"""Real servers that behave badly, on this machine."""

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeVar
from urllib.parse import urlsplit

PATIENCE = 15.0
Result = TypeVar("Result")


@contextmanager
def refusing() -> Iterator[str]:
    """Gives the address of a port where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    yield f"http://127.0.0.1:{port}"


@contextmanager
def hanging() -> Iterator[str]:
    """Gives the address of a server that takes every connection and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def answering(status: int, body: bytes, content_type: str = "application/json") -> Iterator[str]:
    """Gives the address of a server that always gives the same answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_HEAD = do_PUT = do_POST  # noqa: N815

        def log_message(self, *args: object) -> None:
            """Keeps the tests' output clean."""

    with _serving(Handler) as url:
        yield url


@contextmanager
def _serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


class Parking:
    """Stands between the portal and a node; holds one bulk request until it is let go."""

    def __init__(self, node: str) -> None:
        self.url = ""
        self.node = urlsplit(node)
        self.holds_next = False
        self.arrived, self.free = threading.Event(), threading.Event()

    @contextmanager
    def holding(self, deed: Callable[[], Result]) -> Iterator["Future[Result]"]:
        """Does something in a thread of its own whose bulk request is held during the block."""
        self.holds_next = True
        self.arrived.clear()
        self.free.clear()
        with ThreadPoolExecutor(1) as pool:
            result = pool.submit(deed)
            assert self.arrived.wait(PATIENCE), "no bulk request came"
            try:
                yield result
            finally:
                self.free.set()
                result.exception(PATIENCE)

    def wait_if_held(self, path: str) -> None:
        """Keeps the first bulk request after the word waiting."""
        if self.holds_next and path.startswith("/_bulk"):
            self.holds_next = False
            self.arrived.set()
            assert self.free.wait(PATIENCE), "nobody let the request go"


@contextmanager
def parking(node: str) -> Iterator[Parking]:
    """Gives a real server that hands everything on to a node."""
    place = Parking(node)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            place.wait_if_held(self.path)
            with closing(HTTPConnection(place.node.hostname or "", place.node.port)) as node:
                node.request(self.command, self.path, body, dict(self.headers.items()))
                answer = node.getresponse()
                content = answer.read()
            self.send_response(answer.status)
            for name in ("Content-Type", "X-Elastic-Product"):
                if value := answer.headers.get(name):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_HEAD = do_PUT = do_DELETE = do_POST  # noqa: N815

        def log_message(self, *args: object) -> None:
            """Keeps the tests' output clean."""

    with _serving(Handler) as place.url:
        yield place
