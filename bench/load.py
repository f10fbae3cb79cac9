"""A small HTTP client that keeps connections open: one thread, many people, each a generator.

A person yields bytes (a request; the reply is sent back in) or a number (seconds to pause). Look at the rate
of `bare: a line of text` to see what the client manages: the servers measured here answer far less.
"""

from __future__ import annotations

import gzip
import heapq
import itertools
import selectors
import socket
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field

Address = tuple[str, int]
AS_BROWSERS_ASK = "Accept-Encoding: gzip, deflate, br\r\n"
_DRAIN_SECONDS = 10.0
_END_OF_HEAD = b"\r\n\r\n"


class LoadError(Exception):
    """The server answered in a way that makes the measurement worthless."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, and how long it took from the first byte sent to the last one received."""

    status: int
    body: bytes
    seconds: float

    @property
    def text(self) -> bytes:
        """The body as it was before it was compressed."""
        return gzip.decompress(self.body) if self.body[:2] == b"\x1f\x8b" else self.body


Person = Generator["bytes | float", "Reply | None", None]


@dataclass
class Samples:
    """What one measurement collected: (when it was done, how long it took), and what went wrong."""

    done: list[tuple[float, float]] = field(default_factory=list)
    bad: dict[str, int] = field(default_factory=dict)
    polled: int = 0
    begun: float = 0.0
    ended: float = 0.0

    def add(self, seconds: float) -> None:
        """One good answer, just now."""
        self.done.append((time.perf_counter(), seconds))

    def fail(self, why: str) -> None:
        """One answer that does not count."""
        self.bad[why] = self.bad.get(why, 0) + 1

    @property
    def seconds(self) -> list[float]:
        """Latencies of what was done before time was up."""
        return [took for when, took in self.done if when <= self.ended]

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.seconds) / (self.ended - self.begun)


class _Connection:
    """One person at their connection."""

    __slots__ = (
        "_address",
        "_body_at",
        "_buffer",
        "_chunked",
        "_request",
        "_sent_at",
        "_size",
        "person",
        "socket",
    )

    def __init__(self, address: Address, person: Person) -> None:
        self._address = address
        self.person = person
        self.socket = self._open()
        self._request = b""
        self._forget()

    def _open(self) -> socket.socket:
        made = socket.create_connection(self._address, timeout=30)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def _forget(self) -> None:
        self._buffer, self._body_at, self._size, self._chunked = bytearray(), 0, 0, False

    def send(self, request: bytes) -> None:
        self._request = request
        self._forget()
        self._sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> Reply | None:
        """Reads what is there; the reply once it is whole."""
        data = self.socket.recv(262_144)
        if not data:
            raise ConnectionResetError("the server closed the connection")
        self._buffer += data
        if not self._body_at and not self._read_head():
            return None
        return self._whole()

    def _read_head(self) -> bool:
        at = self._buffer.find(_END_OF_HEAD)
        if at < 0:
            return False
        head = bytes(self._buffer[:at]).lower()
        self._body_at = at + len(_END_OF_HEAD)
        self._chunked = b"transfer-encoding: chunked" in head
        mark = head.find(b"\r\ncontent-length:")
        self._size = int(head[mark + 17 :].split(b"\r\n", 1)[0]) if mark >= 0 else 0
        return True

    def _whole(self) -> Reply | None:
        body = self._buffer[self._body_at :]
        whole = body.endswith(b"0\r\n\r\n") if self._chunked else len(body) >= self._size
        if not whole:
            return None
        return Reply(int(self._buffer[9:12]), bytes(body), time.perf_counter() - self._sent_at)


def drive(address: Address, people: Iterable[Person], samples: Samples, *, seconds: float) -> Samples:
    """Lets people do their thing for so many seconds; what is under way then is awaited and not counted."""
    connections = [_Connection(address, person) for person in people]
    try:
        _Drive(connections, samples).run(seconds)
    finally:
        for connection in connections:
            connection.person.close()
            connection.socket.close()
    return samples


class _Drive:
    """One run: who waits for a reply (in the selector) and who pauses until when (in the heap)."""

    def __init__(self, connections: list[_Connection], samples: Samples) -> None:
        self._connections, self._samples = connections, samples
        self._pauses: list[tuple[float, int, _Connection]] = []
        self._ticket = itertools.count()
        self._waiting = 0

    def run(self, seconds: float) -> None:
        samples = self._samples
        with selectors.DefaultSelector() as selector:
            samples.begun = time.perf_counter()
            samples.ended = samples.begun + seconds
            for connection in self._connections:
                selector.register(connection.socket, selectors.EVENT_READ, connection)
                self._step(connection, None)
            while (self._waiting or self._pauses) and time.perf_counter() < samples.ended + _DRAIN_SECONDS:
                self._wake()
                for key, _ in selector.select(self._until_next()):
                    if (reply := key.data.receive()) is not None:
                        self._waiting -= 1
                        self._step(key.data, reply)

    def _wake(self) -> None:
        """Lets those whose pause is over go on; nobody after the end."""
        if time.perf_counter() >= self._samples.ended:
            self._pauses.clear()
        while self._pauses and self._pauses[0][0] <= time.perf_counter():
            self._step(heapq.heappop(self._pauses)[2], None)

    def _until_next(self) -> float:
        if not self._waiting and not self._pauses:
            return 0.0
        return min(0.1, max(0.0, self._pauses[0][0] - time.perf_counter())) if self._pauses else 0.1

    def _step(self, connection: _Connection, reply: Reply | None) -> None:
        """Hands a reply over and does what the person wants next."""
        try:
            wanted = connection.person.send(reply)
        except StopIteration:
            return
        if time.perf_counter() >= self._samples.ended:
            return
        if isinstance(wanted, bytes):
            connection.send(wanted)
            self._waiting += 1
        else:
            heapq.heappush(self._pauses, (time.perf_counter() + wanted, next(self._ticket), connection))


def closed_loop(
    make: Callable[[], bytes], samples: Samples, *, status: int, holds: bytes = b"", pause: float = 0.0
) -> Person:
    """A person who sends the next request as soon as the last one is answered (or after a pause)."""
    while True:
        reply = yield make()
        assert reply is not None
        if reply.status == status and holds in reply.text:
            samples.add(reply.seconds)
        else:
            samples.fail(f"status {reply.status}" if reply.status != status else "without what was expected")
        if pause:
            yield pause


def get(path: str, cookies: str = "", *, more: str = AS_BROWSERS_ASK) -> bytes:
    """A GET as bytes; asks for a compressed page as browsers do, unless told otherwise."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{_cookie(cookies)}{more}\r\n".encode()


def post(path: str, body: bytes, cookies: str = "", *, more: str = AS_BROWSERS_ASK) -> bytes:
    """A POST of a form as bytes."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{_cookie(cookies)}{more}"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _cookie(cookies: str) -> str:
    return f"Cookie: {cookies}\r\n" if cookies else ""
