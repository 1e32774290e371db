"""A proxy of the simplest kind: puts the dashboard into a folder of a host, with or without stripping it.

It speaks one request a connection and hands everything after the head on as bytes, WebSockets included.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@contextmanager
def in_folder(port: int, folder: str, *, strip: bool) -> Iterator[str]:
    """The address of a proxy before a server on `port` of this host."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)

    def accept() -> None:
        with suppress(OSError):  # the listener was closed
            while True:
                line, _ = listener.accept()
                threading.Thread(target=_pass_on, args=(line, port, folder, strip), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _pass_on(line: socket.socket, port: int, folder: str, strip: bool) -> None:
    with line, suppress(OSError):
        head, rest = _head(line)
        if not head:
            return
        first, *more = head.split(b"\r\n")
        method, target, version = first.split(b" ", 2)
        if not target.startswith(folder.encode()):
            line.sendall(NOT_FOUND)
            return
        if strip:
            target = target[len(folder) :]
            target = target if target.startswith(b"/") else b"/" + target
        socketed = any(field.lower().startswith(b"upgrade:") for field in more)
        more = [field for field in more if socketed or not field.lower().startswith(b"connection:")]
        more += [] if socketed else [b"Connection: close"]
        with socket.create_connection(("127.0.0.1", port)) as server:
            server.sendall(b"\r\n".join([b" ".join((method, target, version)), *more]) + b"\r\n\r\n" + rest)
            threading.Thread(target=_pump, args=(line, server), daemon=True).start()
            _pump(server, line)


def _head(line: socket.socket) -> tuple[bytes, bytes]:
    """The head of a request, and what came after it in the same breath."""
    read = b""
    while b"\r\n\r\n" not in read:
        part = line.recv(65536)
        if not part:
            return b"", b""
        read += part
    head, _, rest = read.partition(b"\r\n\r\n")
    return head, rest


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(65536):
            sink.sendall(part)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
