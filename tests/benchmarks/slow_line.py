"""A slow line: a proxy that lets so many bits a second through and holds each byte back on its way.

All connections share the line, one each way, as those of a phone do; the socket of a page is one of them.
Opening a connection takes one way there and back. What a real line does besides (loss, a slow start of each
connection) is not played.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

PIECE = 1460  # bytes that travel together
LATE = 0.1  # seconds by which a busy machine may wake a piece too late without the line losing them


class Direction:
    """One way of a line: pieces leave one after the other, each as long as its bits take."""

    def __init__(self, bits: float) -> None:
        self.bits = bits
        self.free = 0.0  # when the line is free again, by the clock of the loop

    async def take(self, size: int) -> None:
        """Waits until a piece of so many bytes has left."""
        loop = asyncio.get_running_loop()
        self.free = max(loop.time() - LATE, self.free) + 8 * size / self.bits
        await asyncio.sleep(max(0.0, self.free - loop.time()))


class Line:
    """A line to a server on `port` of this host. bits: a second, each way; round_trip: seconds."""

    def __init__(self, port: int, bits: float, round_trip: float) -> None:
        self.port = port
        self.there, self.back = Direction(bits), Direction(bits)
        self.round_trip = round_trip

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either side ends it."""
        await asyncio.sleep(self.round_trip)  # to open it
        try:
            server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(
            self._pass_on(reader, server_writer, self.there), self._pass_on(server_reader, writer, self.back)
        )

    async def _pass_on(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, way: Direction
    ) -> None:
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        delivery = asyncio.create_task(self._deliver(on_the_way, target))
        with suppress(OSError):
            while piece := await source.read(PIECE):
                await way.take(len(piece))
                on_the_way.put_nowait((asyncio.get_running_loop().time() + self.round_trip / 2, piece))
        on_the_way.put_nowait((0.0, b""))
        await delivery

    async def _deliver(
        self, on_the_way: asyncio.Queue[tuple[float, bytes]], target: asyncio.StreamWriter
    ) -> None:
        """Hands pieces over when they arrive; an empty one is the end."""
        with suppress(OSError):
            while (arrival := await on_the_way.get())[1]:
                await asyncio.sleep(max(0.0, arrival[0] - asyncio.get_running_loop().time()))
                target.write(arrival[1])
                await target.drain()
        target.close()


@contextmanager
def slow_line(port: int, bits: float, round_trip: float) -> Iterator[int]:
    """The port on this host of a slow line to a server on `port`."""
    loop = asyncio.new_event_loop()
    line = Line(port, bits, round_trip)
    server = loop.run_until_complete(asyncio.start_server(line.serve, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(_end, loop)
        thread.join()
        loop.close()


def _end(loop: asyncio.AbstractEventLoop) -> None:
    """Gives up what is on its way, and stops."""
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.call_later(LATE, loop.stop)
