"""Text for a console: what it cannot show is replaced, a file is UTF-8, a closed pipe is quiet.

Windows consoles of many countries speak a code page (1252, 850) that has no arrow and no dash of its own.
"""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import stat
import sys
import unicodedata
from collections.abc import Callable
from typing import IO

SPOKEN = {
    "→": "->", "←": "<-", "↔": "<->", "↑": "^", "↓": "v", "–": "-", "—": "-", "−": "-", "‑": "-", "…": "...",
    "“": "'", "”": "'", "„": "'", "«": "'", "»": "'", "‘": "'", "’": "'", "≤": "<=", "≥": ">=", "≠": "!=",
    "≈": "~", "×": "x", "·": ".", "•": "*", "✓": "v", "Σ": "sum ", "√": "root ", "∓": "-/+", "±": "+/-",
    "ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "ł": "l", "đ": "d", "ı": "i", "€": "EUR",
    "¿": "?", "¡": "!", "°": " deg",
}  # fmt: skip
"""What stands for a sign that a console lacks; no quote and no comma, which mean something in CSV."""
_ERRORS = "escala_console"


def open_console() -> None:
    """Set standard output and errors so that no letter stops a command."""
    codecs.register_error(_ERRORS, _replaced)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if _is_file(stream) else None, errors=_ERRORS)


def close_console() -> None:
    """Flush what is buffered. If the reader has gone (`… | head`): exit code 1, no message."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as fault:
            # else Python tries again at its end, and complains
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
            if not isinstance(fault, BrokenPipeError):
                print(f"error: the output could not be written: {fault.strerror}.", file=sys.stderr)
                sys.exit(2)
            sys.exit(1)


def speaks_all() -> bool:
    """Whether standard output can encode every letter."""
    return _encoding(sys.stdout).startswith("utf")


def letters() -> Callable[[str], str]:
    """Text as standard output can write it, for what must be known before it is written (a guard)."""
    if speaks_all():
        return str
    encoding = _encoding(sys.stdout)
    return lambda text: text.encode(encoding, _ERRORS).decode(encoding)


def visible(text: str) -> str:
    """Text without control characters, which could move the cursor or colour a terminal; each is a blank."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)


def _encoding(stream: IO[str]) -> str:
    return (getattr(stream, "encoding", None) or "utf-8").lower()


def _is_file(stream: io.TextIOWrapper) -> bool:
    """Whether output goes to a file (`> plan.md`), which every editor reads as UTF-8."""
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def _replaced(fault: UnicodeError) -> tuple[str, int]:
    assert isinstance(fault, UnicodeEncodeError)
    return "".join(_plain(sign) for sign in fault.object[fault.start : fault.end]), fault.end


def _plain(sign: str) -> str:
    """A sign in ASCII: its words, its letter without accent, or a question mark."""
    if sign in SPOKEN:
        return SPOKEN[sign]
    bare = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return bare if bare.isprintable() and bare and bare not in '",;' else " " if sign.isspace() else "?"
