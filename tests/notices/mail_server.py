"""A mail server on a real socket that takes mail, or fails in the way that a test asks for."""

from __future__ import annotations

import socketserver
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from enum import Enum, auto
from threading import Lock, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage


class Fault(Enum):
    """What the server does wrong."""

    NONE = auto()
    DROPS_IN_MAIL = auto()
    DROPS_AFTER_TAKING = auto()
    BUSY = auto()
    REFUSES_MAIL = auto()
    RELAY_DENIED = auto()
    NO_SUCH_ADDRESS = auto()
    REFUSES_TO_TALK = auto()


_TO_RECIPIENT = {
    Fault.BUSY: "451 4.3.0 try again",
    Fault.RELAY_DENIED: "550 5.7.1 relaying denied",
    Fault.NO_SUCH_ADDRESS: "550 5.1.1 no such mailbox",
}


@dataclass
class MailServer:
    """What the server got, and how it answers from now on; ``fails_for`` names one recipient, or all."""

    port: int = 0
    fault: Fault = Fault.NONE
    fails_for: str = ""
    taken: list[EmailMessage] = field(default_factory=list)
    connections: int = 0
    lock: Lock = field(default_factory=Lock)

    def recipients(self) -> list[str]:
        """Return to whom mail was taken, in alphabetical order."""
        return sorted(str(message["To"]) for message in self.taken)


class Session(socketserver.StreamRequestHandler):
    """One client's conversation."""

    server: Server
    recipient = ""

    def handle(self) -> None:
        """Answer line by line, until either hangs up."""
        told = self.server.told
        with told.lock:
            told.connections += 1
        if told.fault is Fault.REFUSES_TO_TALK:
            self.say("554 5.3.2 no service")
            return
        self.say("220 sink")
        while (line := self.rfile.readline()) and self.answer(line.decode().strip()):
            pass

    def answer(self, line: str) -> bool:
        """Answer one line; tell whether the conversation goes on."""
        match line.upper().partition(" ")[0]:
            case "RCPT":
                self.recipient = line
                self.say(_TO_RECIPIENT.get(self.fault(), "250 fine"))
            case "DATA":
                self.say("354 go on")
                return self.take()
            case "QUIT":
                self.say("221 bye")
                return False
            case _:
                self.say("250 fine")
        return True

    def fault(self) -> Fault:
        """Return what goes wrong with this recipient's mail."""
        told = self.server.told
        return told.fault if told.fails_for in self.recipient else Fault.NONE

    def take(self) -> bool:
        """Read a mail; tell whether the conversation goes on."""
        fault, lines = self.fault(), []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            if fault is Fault.DROPS_IN_MAIL:
                return False
            lines.append(line)
        if fault is Fault.REFUSES_MAIL:
            self.say("554 5.6.0 no")
            return True
        with self.server.told.lock:
            self.server.told.taken.append(message_from_bytes(b"".join(lines), policy=policy.default))
        if fault is Fault.DROPS_AFTER_TAKING:
            return False
        self.say("250 taken")
        return True

    def say(self, words: str) -> None:
        """Send a line."""
        self.wfile.write(f"{words}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    """Listens on a free port."""

    def __init__(self, told: MailServer) -> None:
        """Begin to listen."""
        super().__init__(("127.0.0.1", 0), Session)
        self.told = told
        told.port = int(self.server_address[1])


@contextmanager
def serving_mail() -> Iterator[MailServer]:
    """Serve on a free port of this machine."""
    with Server(MailServer()) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server.told
        finally:
            server.shutdown()
            thread.join()
