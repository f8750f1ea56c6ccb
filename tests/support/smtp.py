"""A mail server on a port of its own, which can refuse and fall silent at every step."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailServer:
    """Speaks SMTP. `mood` is what it does now; `taken` what it has taken, whatever it answered.

    Moods: take, closed (421 at once), refuse (550 for those in `refused`, or for everybody),
    silent (never greets), mute (takes a mail and does not say so), sulky (no answer to QUIT).
    """

    def __init__(self) -> None:
        self.mood, self.refused = "take", set[str]()
        self.taken: list[EmailMessage] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self._held: list[socket.socket] = []
        self.port = int(self._door.getsockname()[1])

    @property
    def readers(self) -> list[str]:
        """Whom the mails were to, in their order."""
        return [str(mail["To"]).split("@")[0] for mail in self.taken]

    def serve(self) -> None:
        """Answer everybody who comes, until the door is closed."""
        with suppress(OSError):
            while True:
                guest, _address = self._door.accept()
                self._held.append(guest)
                threading.Thread(target=self._talk, args=(guest,), daemon=True).start()

    def close(self) -> None:
        """Close the door, and the line of everybody inside."""
        for line in (self._door, *self._held):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()

    def _talk(self, guest: socket.socket) -> None:
        if self.mood == "silent":
            return
        with suppress(OSError), guest, guest.makefile("rb") as lines:
            if self.mood == "closed":
                guest.sendall(b"421 not now\r\n")
                return
            guest.sendall(b"220 ready\r\n")
            for line in lines:
                if not self._answer(line.strip(), guest, lines):
                    return

    def _answer(self, line: bytes, guest: socket.socket, lines: Iterator[bytes]) -> bool:
        word = line[:4].upper()
        if word == b"RCPT" and self._refuses(line.decode()):
            guest.sendall(b"550 nobody here\r\n")
        elif word == b"DATA":
            guest.sendall(b"354 go on\r\n")
            self._take(lines)
            if self.mood != "mute":
                guest.sendall(b"250 taken\r\n")
        elif word == b"QUIT":
            if self.mood != "sulky":
                guest.sendall(b"221 bye\r\n")
                return False
        else:
            guest.sendall(b"250 fine\r\n")
        return True

    def _refuses(self, line: str) -> bool:
        named = not self.refused or any(name in line for name in self.refused)
        return self.mood == "refuse" and named

    def _take(self, lines: Iterator[bytes]) -> None:
        text = b""
        for line in lines:
            if line == b".\r\n":
                break
            text += line
        mail = message_from_bytes(text, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.taken.append(mail)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Open a mail server for a while."""
    server = MailServer()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join(timeout=5)
