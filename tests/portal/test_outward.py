"""Following an address: real sockets, nothing but the public Internet, and within bounds."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network

import pytest

from portal.core.outward import PUBLIC, Forbidden, Reach, Unreachable, status_of

HERE = Reach(beside=(ip_network("127.0.0.1/32"),))
Answers = dict[bytes, bytes]


@contextmanager
def server(answers: Answers, endless: bool = False) -> Iterator[tuple[str, list[bytes]]]:
    """Serve on a real socket: bytes by the first line asked for; give the address and the asks."""
    asked: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                line, _peer = listener.accept()
            except OSError:
                return
            with line:
                asked.append(line.recv(4096))
                try:
                    line.sendall(answers.get(asked[-1].split(b" ")[1], b"HTTP/1.1 404 No\r\n\r\n"))
                    while endless:
                        line.sendall(b"X-More: and more\r\n" * 100)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
    finally:
        # Closing alone leaves a thread waiting in accept.
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(timeout=10)


def redirect(target: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {target}\r\n\r\n".encode()


def test_the_status_of_a_page_is_given_and_the_asker_says_who_it_is() -> None:
    with server({b"/a%20b?c=d": b"HTTP/1.1 200 OK\r\n\r\n"}) as (base, asked):
        assert status_of(f"{base}/a b?c=d#e", reach=HERE) == 200
        assert status_of(f"{base}/lost", reach=HERE) == 404
    assert b"User-Agent: CustomsForum-LinkCheck" in asked[0]


def test_redirects_are_followed_to_their_end() -> None:
    answers = {b"/": redirect("/next"), b"/next": b"HTTP/1.0 410 Gone\r\n\r\n"}
    with server(answers) as (base, asked):
        assert status_of(base, reach=HERE) == 410
    assert len(asked) == 2


def test_a_circle_of_redirects_comes_to_an_end() -> None:
    with server({b"/": redirect("/")}) as (base, asked), pytest.raises(Unreachable):
        status_of(base, reach=HERE)
    assert len(asked) == 6


def test_nothing_is_asked_of_the_machine_itself_unless_it_is_allowed() -> None:
    with server({}) as (base, asked), pytest.raises(Forbidden):
        status_of(base)
    assert asked == []


@pytest.mark.parametrize("target", ["http://127.0.0.2/", "http://[::1]/", "http://10.0.0.1/"])
def test_a_redirect_leads_nowhere_that_the_address_itself_may_not(target: str) -> None:
    with server({b"/": redirect(target)}) as (base, _asked), pytest.raises(Forbidden):
        status_of(base, reach=HERE)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:1::",
    ],
)
def test_addresses_inside_networks_are_out_of_reach(address: str) -> None:
    assert not PUBLIC.allows(address, 80)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822"])
def test_public_addresses_are_in_reach_at_the_ports_of_the_web_alone(address: str) -> None:
    assert PUBLIC.allows(address, 443)
    assert not PUBLIC.allows(address, 22)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://127.0.0.1/",
        "http:///nowhere",
        "http://user:secret@127.0.0.1/",
        "javascript:alert(1)",
    ],
)
def test_only_plain_addresses_of_the_web_are_followed(address: str) -> None:
    with pytest.raises(Forbidden):
        status_of(address, reach=HERE)


@pytest.mark.parametrize("other", ["http://2130706433/", "http://0x7f.1/", "http://127.1/"])
def test_a_host_written_in_another_way_is_still_the_machine_itself(other: str) -> None:
    with pytest.raises((Forbidden, Unreachable)):
        status_of(other)


@pytest.mark.parametrize("answer", [b"SSH-2.0-Server\r\n\r\n", b"", b"HTTP/1.1 abc\r\n\r\n"])
def test_what_is_not_http_is_unreachable(answer: bytes) -> None:
    with server({b"/": answer}) as (base, _asked), pytest.raises(Unreachable):
        status_of(base, reach=HERE)


def test_an_answer_without_an_end_is_read_no_further_than_its_bound() -> None:
    with server({b"/": b"HTTP/1.1 200 OK\r\n"}, endless=True) as (base, _asked):
        assert status_of(base, reach=HERE) == 200


def test_a_server_that_never_answers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Unreachable):
        status_of(f"http://127.0.0.1:{silent.getsockname()[1]}", reach=HERE, seconds=0.2)


def test_a_closed_port_and_a_name_that_is_none_are_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(Unreachable):
        status_of(f"http://127.0.0.1:{port}/", reach=HERE)
    with pytest.raises(Unreachable):
        status_of("http://nowhere.invalid/")


def test_a_line_break_in_an_address_cannot_smuggle_a_header() -> None:
    with server({}) as (base, asked):
        status_of(f"{base}/x\r\nX-Evil: 1", reach=HERE)
    assert b"X-Evil: 1\r\n" not in asked[0]
