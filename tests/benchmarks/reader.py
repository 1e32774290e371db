"""A reader without a browser: a real session over Streamlit's websocket, timed and weighed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import urlencode

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.serving import Served

LARGEST = 64 * 1024 * 1024  # bytes of one message that this client takes
PATIENCE = 60  # seconds until a busy server takes a connection
GUARD = "_streamlit_xsrf"  # cookie that the socket must repeat, or whoever has logged in is not known
MARK = "-control_"  # ids of the controls of the address end with it and the parameter


@dataclass
class Run:
    """One run: seconds from question to last answer, bytes sent, faults shown, whether a fragment ran.

    began: by the clock of `time.perf_counter`.
    """

    began: float = 0.0
    seconds: float = 0.0
    sent: int = 0
    faults: list[str] = field(default_factory=list)
    fragment: bool = False
    elements: int = 0


@dataclass(frozen=True)
class Control:
    """A control of the page: id, fragment that it belongs to, kind and the labels that it offers."""

    id: str
    fragment: str
    kind: str
    labels: tuple[str, ...]


class Reader:
    """A session. Nothing is kept from one run to the next but its controls, so every byte is counted anew.

    packed: messages come packed, as a browser asks for them; they are counted unpacked all the same.
    cookies: of a browser that has logged in.
    """

    def __init__(
        self,
        server: Served,
        lang: str,
        look: str = "",
        *,
        packed: bool = False,
        cookies: Mapping[str, str] | None = None,
    ) -> None:
        self._compression = "deflate" if packed else None
        self._cookies = cookies or {}
        self.server = server
        self.lang = lang
        self.look = look
        self.controls: dict[str, Control] = {}
        self.query: dict[str, object] = {}
        self.page = ""
        self._hash = ""
        self._line: ClientConnection

    async def __aenter__(self) -> Reader:
        address = self.server.address.replace("http", "ws") + "/_stcore/stream"
        self._line = await connect(
            address,
            subprotocols=[Subprotocol(one) for one in ("streamlit", self._cookies.get(GUARD, "")) if one],
            max_size=LARGEST,
            compression=self._compression,
            origin=Origin(self.server.address),
            additional_headers={"Cookie": "; ".join(f"{name}={one}" for name, one in self._cookies.items())},
            proxy=None,
            open_timeout=PATIENCE,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._line.close()

    async def open(self, page: str, **parameters: object) -> Run:
        """Goes to a page by its path, with some choices; a full run."""
        self.page, self.controls, self._hash = page, {}, ""
        self.query = {"lang": self.lang, **({"look": self.look} if self.look else {}), **parameters}
        return await self._run(self._request())

    async def move(self, name: str, label: str) -> Run:
        """Sets the control of a parameter to what is offered under this label; a run of its fragment."""
        control = self.controls[name]
        request = self._request()
        request.rerun_script.fragment_id = control.fragment
        state = request.rerun_script.widget_states.widgets.add(id=control.id)
        if control.kind == "selectbox":
            state.string_value = label
        else:
            state.string_array_value.data.append(label)
        return await self._run(request)

    def _request(self) -> BackMsg:
        request = BackMsg()
        client = request.rerun_script
        client.query_string = urlencode(self.query, doseq=True)
        client.page_name, client.page_script_hash = ("" if self._hash else self.page), self._hash
        client.context_info.locale = self.lang
        client.context_info.url = f"{self.server.address}/{self.page}"
        return request

    async def _run(self, request: BackMsg) -> Run:
        start = time.perf_counter()
        run = Run(began=start)
        await self._line.send(request.SerializeToString())
        while True:
            raw = await self._line.recv()
            assert isinstance(raw, bytes)
            run.sent += len(raw)
            message = ForwardMsg.FromString(raw)
            kind = message.WhichOneof("type")
            if kind == "delta":
                self._take(message.delta, run)
            elif kind == "navigation":
                self._hash = message.navigation.page_script_hash
            elif kind == "page_not_found":
                run.faults.append(f"no page {self.page}")
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                run.fragment = message.script_finished == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
                run.seconds = time.perf_counter() - start
                return run

    def _take(self, delta: Delta, run: Run) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        run.elements += 1
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            run.faults.append(f"{element.exception.type}: {element.exception.message}")
        elif kind == "alert" and element.alert.format in (Alert.ERROR, Alert.WARNING):
            run.faults.append(element.alert.body)
        elif kind in {"selectbox", "button_group"}:
            widget = getattr(element, kind)
            if MARK in widget.id:
                labels = tuple(
                    widget.options if kind == "selectbox" else [option.content for option in widget.options]
                )
                self.controls[widget.id.split(MARK)[1]] = Control(widget.id, delta.fragment_id, kind, labels)


def addresses() -> Iterator[tuple[str, dict[str, object]]]:
    """Every page of the app, with a country and a group chosen where it has such a choice."""
    from dashboard.navigation import PATHS

    for page in PATHS:
        yield ("" if page == PATHS[0] else page), {"country": "COL"}
