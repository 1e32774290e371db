"""Bytes to text: the encodings in which spreadsheets save."""

from __future__ import annotations

import codecs
import re

from kpis.messages import Message, TableError, message
from kpis.texts import Text

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark starts with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4_000  # bytes looked at for UTF-16 without a mark
_BINARY = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f]")  # all below a blank but line ends, tabs, end of file

NOT_TEXT = Text(
    "{file}: this is not text: row {row} holds the sign number {sign}. Save the table as CSV (UTF-8) or "
    "XLSX.",
)
NOT_DECODED = Text(
    "{file}: the letters cannot be read: row {row} is neither {encoding} nor Windows-1252. "
    "Save the file as CSV UTF-8.",
)
WINDOWS = Text(
    "{file}: read as Windows-1252, because it is not UTF-8. If letters look wrong, save it as CSV UTF-8.",
)


def decode(data: bytes, name: str) -> tuple[str, list[Message]]:
    """Text of a file, and a note where its encoding was inferred.

    Raises TableError for what is no text, or is text in an encoding that cannot be settled.
    """
    notes: list[Message] = []
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], encoding, name)
            break
    else:
        wide = _without_mark(data)
        if wide is not None:
            text = _strict(data, wide, name)
        else:
            text, notes = _eight_bit(data, name)
    _refuse_binary(text, name)
    return text, notes


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        raise TableError(NOT_DECODED, file=name, row=_row(before), encoding=encoding.upper()) from None


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of Latin text is 0."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 2 or len(data) % 2:
        return None
    if sample[1::2].count(0) > 0.7 * half and sample[::2].count(0) == 0:
        return "utf-16-le"
    return "utf-16-be" if sample[::2].count(0) > 0.7 * half and sample[1::2].count(0) == 0 else None


def _eight_bit(data: bytes, name: str) -> tuple[str, list[Message]]:
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
    # letters that are right in UTF-8 beside one that is not: a damaged file, not another encoding
    lenient = data.decode("utf-8", "replace")
    damaged = any(sign > "\x7f" and sign != "\ufffd" for sign in lenient)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        damaged = True
        text = ""
    if damaged:
        raise TableError(NOT_DECODED, file=name, row=row, encoding="UTF-8")
    return text, [message(WINDOWS, file=name)]


def _refuse_binary(text: str, name: str) -> None:
    control = _BINARY.search(text)
    if control:
        raise TableError(NOT_TEXT, file=name, row=_row(text[: control.start()]), sign=ord(control[0]))


def _row(before: str) -> int:
    return len(before.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
