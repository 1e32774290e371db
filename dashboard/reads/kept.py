"""Answers kept for all readers that they are the same for: some differ only in look, or in what links carry.

Who chooses another look or number format has every link carry that choice along, so each choice would make
every answer anew. Here answers are made for a reader whose links carry nothing, and the links of what is
handed out are completed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast
from urllib.parse import urlencode

from markupsafe import escape

from dashboard.reads.cached import cached
from dashboard.reads.reader import Reader

P = ParamSpec("P")
T = TypeVar("T")

# An address inside the app up to its language, which comes first, where none of these choices follows.
_BARE = re.compile(r"\./[a-z]*\?lang=[a-z]+\b(?!&amp;(?:nf|look)=)")
Parameters = tuple[tuple[str, str], ...]
Read = Callable[Concatenate[Reader, P], T]
_carried: ContextVar[Parameters] = ContextVar("carried", default=())


@contextmanager
def carrying(parameters: Parameters) -> Iterator[None]:
    """Has links carry these parameters where their reader says nothing: a kept frame was made for many."""
    token = _carried.set(parameters)
    try:
        yield
    finally:
        _carried.reset(token)


def carried(reader: Reader) -> Parameters:
    """What the links of a reader carry along, besides the language."""
    return reader.link_parameters or _carried.get()


def worded(max_entries: int) -> Callable[[Read[P, T]], Read[P, T]]:
    """As `cached`, for texts, HTML and tables: no look shows in them, and their links are completed.

    What asks for the look all the same fails, whoever reads.
    """
    return _kept(max_entries, lambda reader: reader.without_look)


def drawn(max_entries: int) -> Callable[[Read[P, T]], Read[P, T]]:
    """As `cached`, for charts with their frames: the frame completes its links when it is shown."""
    return _kept(max_entries, lambda reader: reader.without_links)


def _kept(max_entries: int, bare: Callable[[Reader], Reader]) -> Callable[[Read[P, T]], Read[P, T]]:
    def wrap(read: Read[P, T]) -> Read[P, T]:
        @cached(max_entries)
        @wraps(read)
        def kept(reader: Reader, /, *args: P.args, **kwargs: P.kwargs) -> T:
            with carrying(()):
                return read(reader, *args, **kwargs)

        @wraps(read)
        def answer(reader: Reader, /, *args: P.args, **kwargs: P.kwargs) -> T:
            return completed(kept(bare(reader), *args, **kwargs), carried(reader))

        return answer

    return wrap


def completed(answer: T, parameters: Parameters) -> T:
    """The answer with the parameters in the links of its HTML, right after the language.

    Texts, and those within lists, dictionaries and tuples; all else is handed back as it is.
    """
    if not parameters:
        return answer
    return cast(T, _completed(answer, str(escape(f"&{urlencode(parameters)}"))))


def _completed(answer: object, added: str) -> object:
    if isinstance(answer, str):
        return type(answer)(_BARE.sub(lambda found: found[0] + added, answer))
    if isinstance(answer, list):
        return [_completed(part, added) for part in answer]
    if type(answer) is tuple:
        return tuple(_completed(part, added) for part in answer)
    if isinstance(answer, dict):
        return {key: _completed(part, added) for key, part in answer.items()}
    return answer
