"""Stands between Wayside and an S3 server, and lets one request in so many go wrong."""
import asyncio
import collections
import random
import socket
import struct
import threading
from dataclasses import dataclass

STALL = 10      # seconds


@dataclass
class Message:
    """A request or an answer: its first line, its headers as they came, and its body."""

    first: str
    headers: list
    body: bytes = b""

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def bytes(self):
        lines = [self.first, *(f"{key}: {value}" for key, value in self.headers), "", ""]
        return "\r\n".join(lines).encode() + self.body

    @property
    def asks_for_head(self):
        return self.first.startswith("HEAD ")


class Broken(Exception):
    """The connection ends here."""


async def read_head(reader):
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError) as error:
        raise Broken from error
    first, *lines = head.decode("latin-1").split("\r\n")[:-2]
    return Message(first, [tuple(line.split(": ", 1)) if ": " in line else (line.rstrip(":"), "") for line in lines])


async def read_answer(reader, asks_for_head):
    answer = await read_head(reader)
    if asks_for_head or answer.first.split()[1] in ("204", "304"):
        return answer
    if answer.header("transfer-encoding") == "chunked":
        while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            answer.body += await reader.readexactly(size)
            await reader.readexactly(2)
        await reader.readuntil(b"\r\n")
        answer.headers = [(key, value) for key, value in answer.headers if key.lower() != "transfer-encoding"]
        answer.headers.append(("Content-Length", str(len(answer.body))))
    else:
        answer.body = await reader.readexactly(int(answer.header("content-length") or 0))
    return answer


def canned(status, code):
    """What an S3 server, or what stands before it, says when it cannot."""
    kind, text = ("application/xml", f"<?xml version=\"1.0\"?><Error><Code>{code}</Code></Error>")
    if code is None:
        kind, text = ("text/html", f"<html><body><h1>{status}</h1></body></html>")
    return Message(f"HTTP/1.1 {status}", [("Content-Type", kind), ("Content-Length", str(len(text)))], text.encode())


ANSWERS = {"error 500": canned("500 Internal Server Error", "InternalError"),
           "slow down": canned("503 Slow Down", "SlowDown"), "bad gateway": canned("502 Bad Gateway", None)}
# The connection ends before the request is read; in the middle of its body; after it was done, without an answer; in the
# middle of the answer. Nothing for ten seconds. The store has done it and names other bytes. A bit is turned over.
FAULTS = ["refused", "reset", "lost answer", "truncated", *ANSWERS, "stall", "wrong tag", "altered"]


class FaultProxy:
    """Runs in a thread of its own. `rate` of all requests go wrong, the same ones for the same seed and order."""

    def __init__(self, target, rate, seed):
        self.target, self.rate, self.source = target, rate, random.Random(seed)
        self.tally = collections.Counter()
        self.connections, self.server, self.port = set(), None, None
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.open()

    def open(self):
        """It listens, as before."""
        asyncio.run_coroutine_threadsafe(self._open(), self.loop).result()

    def close(self):
        """It is gone: what is connected is cut off, and nobody can connect."""
        asyncio.run_coroutine_threadsafe(self._close(), self.loop).result()

    async def _open(self):
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", self.port or 0, limit=1 << 20, backlog=512)
        self.port = self.server.sockets[0].getsockname()[1]

    async def _close(self):
        self.server.close()
        for writer in list(self.connections):
            cut(writer)

    async def _serve(self, reader, writer):
        self.connections.add(writer)
        upstream = None
        try:
            upstream = await asyncio.open_connection("127.0.0.1", self.target, limit=1 << 20)
            while True:
                await self._exchange(reader, writer, *upstream)
        except (Broken, ConnectionError, asyncio.IncompleteReadError):
            cut(writer)
        finally:
            self.connections.discard(writer)
            if upstream:
                upstream[1].close()

    async def _exchange(self, reader, writer, from_store, to_store):
        request = await read_head(reader)
        fault = self.source.choice(FAULTS) if self.source.random() < self.rate else None
        self.tally[fault or "passed"] += 1
        if fault == "refused":
            raise Broken
        length = int(request.header("content-length") or 0)
        if fault == "reset" and length:
            await reader.readexactly(length // 2)
            raise Broken
        request.body = await reader.readexactly(length)
        if fault in ANSWERS:
            # A HEAD has no body, whatever its length says.
            answer = ANSWERS[fault]
            writer.write(Message(answer.first, answer.headers).bytes if request.asks_for_head else answer.bytes)
            return await writer.drain()
        if fault == "altered" and length:
            request.body = bytes([request.body[0] ^ 1]) + request.body[1:]
        if fault == "stall":
            await asyncio.sleep(STALL)
        to_store.write(request.bytes)
        answer = await read_answer(from_store, request.asks_for_head)
        if fault in ("lost answer", "reset"):
            raise Broken
        if fault == "wrong tag":
            answer.headers = [(key, '"' + "0" * 32 + '"' if key.lower() == "etag" else value)
                              for key, value in answer.headers]
        if fault == "truncated":
            answer_bytes = answer.bytes
            writer.write(answer_bytes[:len(answer_bytes) - max(1, len(answer.body) // 2)])
            await writer.drain()
            raise Broken
        writer.write(answer.bytes)
        await writer.drain()


def cut(writer):
    """Ends the connection with a reset."""
    handle = writer.get_extra_info("socket")
    if handle is not None and handle.fileno() >= 0:
        handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
