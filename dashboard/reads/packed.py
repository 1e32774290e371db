"""Kept answers made small: their long texts are packed, and unpacked when they are lent.

What a crowd asks for is kept ready: tables as HTML, charts as JSON, a hundred kilobytes each and much alike
in themselves. Packed they take a fifth, and to unpack one takes a tenth of a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import pyarrow as pa

LONG = 2000  # characters from which a text is packed
CODEC = "lz4"
UTF8 = ("utf-8", "surrogatepass")  # whatever a text holds comes back


@dataclass(frozen=True)
class Packed:
    """A long text or bytes: kind, its type; length, its bytes once unpacked."""

    kind: type[str | bytes]
    content: bytes
    length: int

    @classmethod
    def of(cls, text: str | bytes) -> Packed:
        """Packs a text, or bytes."""
        content = text if isinstance(text, bytes) else text.encode(*UTF8)
        return cls(type(text), pa.compress(content, codec=CODEC, asbytes=True), len(content))

    def unpacked(self) -> str | bytes:
        """The text or the bytes, of the type that they had."""
        content: bytes = pa.decompress(self.content, decompressed_size=self.length, codec=CODEC, asbytes=True)
        return content if issubclass(self.kind, bytes) else self.kind(content.decode(*UTF8))


def packed(answer: Any) -> Any:
    """The answer with its long texts packed; the same object where it has none.

    Looks into lists, tuples, values of dictionaries, and at the fields of dataclasses.
    """
    return _changed(answer, lambda part: Packed.of(part) if _is_long(part) else part)


def unpacked(answer: Any) -> Any:
    """The answer as it was before it was packed; the same object where nothing is."""
    return _changed(answer, lambda part: part.unpacked() if isinstance(part, Packed) else part)


def _is_long(part: object) -> bool:
    return isinstance(part, str | bytes) and len(part) >= LONG


def _changed(answer: Any, change: Callable[[Any], Any]) -> Any:
    """The answer with its parts changed; the same object where none was."""
    if type(answer) is list or type(answer) is tuple:
        parts = [_changed(part, change) for part in answer]
        return answer if _same(parts, answer) else type(answer)(parts)
    if type(answer) is dict:
        parts = [_changed(part, change) for part in answer.values()]
        return answer if _same(parts, answer.values()) else dict(zip(answer, parts, strict=True))
    if is_dataclass(answer) and not isinstance(answer, Packed | type):
        return _with_fields(answer, change)
    return change(answer)


def _same(parts: list[Any], before: Any) -> bool:
    return all(new is old for new, old in zip(parts, before, strict=True))


def _with_fields(answer: Any, change: Callable[[Any], Any]) -> Any:
    """A dataclass with its own texts changed, not those of what it holds: it may hold the warehouse."""
    values = [(field.name, getattr(answer, field.name)) for field in fields(answer)]
    changed = [(name, new) for name, value in values if (new := change(value)) is not value]
    if not changed:
        return answer
    twin = copy(answer)
    for name, value in changed:
        object.__setattr__(twin, name, value)
    return twin
