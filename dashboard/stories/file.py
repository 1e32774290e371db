"""Stories to and from a file or a link: plain JSON, never code, limited in size; what is wrong is named."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from dashboard.stories.facts import Fact
from dashboard.stories.faults import Problem, StoryError
from dashboard.stories.model import LABEL, MOST_SLIDES, NOTES, SENTENCE, TITLE, Slide, Story, Words, read
from kpis.spreadsheet import readable

MARK, VERSION = "escala", 1  # of a file: {"escala": "story", "version": 1, …}
KIND = "story"
FILE_LIMIT = 256 * 1024  # bytes
LINK_LIMIT = 6000  # characters: below the server's 8 KB for a whole request line
MOST_FACTS = 20  # of a slide
MOST_PROBLEMS = 50  # that are named; nobody reads more, and a hostile file has twenty thousand
LIMITS = {"title": TITLE, "sentence": SENTENCE, "notes": NOTES, "about": SENTENCE}
OF_STORY = frozenset({MARK, "version", "title", "about", "subject", "slides"})
OF_SLIDE = frozenset({"view", "title", "sentence", "notes", "facts", "label"})


@dataclass(frozen=True)
class Loaded:
    """A story as read, and what had to be left out or mended."""

    story: Story
    problems: tuple[Problem, ...] = ()


def save(story: Story) -> str:
    """The story as JSON text, with our mark."""
    return json.dumps(written(story), ensure_ascii=False, indent=1) + "\n"


def written(story: Story) -> dict[str, Any]:
    """The story as plain values, without what is empty."""
    head = {MARK: KIND, "version": VERSION, "title": _words(story.title), "about": _words(story.about)}
    slides = [_slide(slide) for slide in story.slides]
    return _full({**head, "subject": story.subject}) | {"slides": slides}


def _slide(slide: Slide) -> dict[str, Any]:
    facts = {name: fact.model_dump(exclude_defaults=True) for name, fact in slide.facts.items()}
    texts = {name: _words(getattr(slide, name)) for name in ("title", "sentence", "notes")}
    return _full({"view": slide.view.address, **texts, "facts": facts, "label": slide.label})


def _words(words: Words) -> dict[str, str]:
    return words.model_dump(exclude_defaults=True)


def _full(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", {})}


def link(story: Story) -> str:
    """The story as a value for an address: compressed JSON in letters, digits, - and _.

    Labels are left out. Raises StoryError if it is too long.
    """
    slides = tuple(slide.model_copy(update={"label": ""}) for slide in story.slides)
    short = json.dumps(
        written(story.model_copy(update={"slides": slides})), ensure_ascii=False, separators=(",", ":")
    )
    packed = base64.urlsafe_b64encode(zlib.compress(short.encode(), 9)).decode().rstrip("=")
    if len(packed) > LINK_LIMIT:
        raise StoryError("link_long", size=len(packed), limit=LINK_LIMIT)
    return packed


def load(content: str | bytes) -> Loaded:
    """A story from the content of a file, as `save` writes it.

    What can be kept is kept: unknown keys, views of no page of ours, texts that are too long are named in
    `problems`. Raises StoryError for content that is too large or holds no story.
    """
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    if len(raw) > FILE_LIMIT:
        raise StoryError("too_large", limit=FILE_LIMIT // 1024)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise StoryError("no_text") from None
    return of_values(_json(text))


def load_link(packed: str) -> Loaded:
    """A story from a link; problems and errors as `load`. Nothing beyond the limit is unpacked."""
    whole = packed.strip()
    if len(whole) > LINK_LIMIT:
        raise StoryError("no_link", reason=f"{len(whole)} > {LINK_LIMIT}")
    try:
        squeezed = base64.b64decode(whole + "=" * (-len(whole) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise StoryError("no_link", reason="base64") from None
    unpacker = zlib.decompressobj()
    try:
        raw = unpacker.decompress(squeezed, FILE_LIMIT)
    except zlib.error:
        raise StoryError("no_link", reason="zlib") from None
    if unpacker.unconsumed_tail:
        raise StoryError("too_large", limit=FILE_LIMIT // 1024)
    if not unpacker.eof:
        raise StoryError("no_link", reason="zlib")
    return load(raw)


def _json(text: str) -> dict[str, Any]:
    """The values of a file, without halves of letters: no page, address or file can hold them."""
    try:
        parsed = json.loads(readable(json.dumps(json.loads(text), ensure_ascii=False)))
    except (ValueError, RecursionError):
        raise StoryError("no_story", reason="JSON") from None
    if not isinstance(parsed, dict):
        raise StoryError("no_story", reason="JSON")
    return parsed


def of_values(raw: dict[str, Any]) -> Loaded:
    """A story from plain values, of JSON or of TOML; as `load`."""
    if raw.get(MARK) != KIND:
        raise StoryError("no_story", reason=f'"{MARK}": "{KIND}"')
    reading = _Reading()
    version = raw.get("version")
    if isinstance(version, int) and version > VERSION:
        reading.say("newer")
    reading.strangers(raw, OF_STORY)
    rows = raw.get("slides")
    rows = rows if isinstance(rows, list) else []
    if len(rows) > MOST_SLIDES:
        reading.say("slides", limit=MOST_SLIDES, n=len(rows) - MOST_SLIDES)
    slides = [slide for n, row in enumerate(rows[:MOST_SLIDES], 1) if (slide := reading.slide(n, row))]
    if rows and not slides:
        raise StoryError("no_slides")
    subject = raw.get("subject", "")
    if subject not in ("", "country"):
        reading.say("value", name="subject")
        subject = ""
    reading.at = 0
    story = Story(
        title=reading.words(raw, "title"),
        about=reading.words(raw, "about"),
        subject=subject,
        slides=tuple(slides),
    )
    return Loaded(story, tuple(reading.problems))


class _Reading:
    """A story being read: what was wrong so far, and at which slide (0: the story itself)."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.at = 0

    def say(self, code: str, **details: object) -> None:
        problem = Problem(code, tuple(details.items()), self.at)
        if len(self.problems) < MOST_PROBLEMS and problem not in self.problems:
            self.problems.append(problem)

    def strangers(self, raw: dict[str, Any], known: frozenset[str]) -> None:
        for name in raw:
            if name not in known:
                self.say("key", name=name)

    def slide(self, n: int, raw: object) -> Slide | None:
        """A slide; None where its view is none of ours."""
        self.at = n
        if not isinstance(raw, dict):
            self.say("value", name="slide")
            return None
        address = raw.get("view")
        try:
            view, strange = read(address if isinstance(address, str) else "?")
            if not isinstance(address, str):
                raise ValueError
        except ValueError:
            self.say("view", value=address)
            return None
        for name in strange:
            self.say("parameter", page=view.page, name=name)
        self.strangers(raw, OF_SLIDE)
        texts = {name: self.words(raw, name) for name in ("title", "sentence", "notes")}
        return Slide(view=view, **texts, facts=self.facts(raw), label=self.text(raw, "label", LABEL))

    def words(self, raw: dict[str, Any], name: str) -> Words:
        """A text in two languages; a plain text is of both."""
        value = raw.get(name, {})
        if isinstance(value, str):
            value = {"en": value, "es": value}
        if not isinstance(value, dict):
            self.say("value", name=name)
            return Words()
        self.strangers(value, frozenset({"en", "es"}))
        return Words(**{lang: self.text(value, lang, LIMITS[name], of=name) for lang in ("en", "es")})

    def text(self, raw: dict[str, Any], name: str, limit: int, *, of: str = "") -> str:
        value = raw.get(name, "")
        if not isinstance(value, str):
            self.say("value", name=of or name)
            return ""
        if len(value) > limit:
            self.say("text", name=of or name, limit=limit)
        return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in value[:limit]).strip()

    def facts(self, raw: dict[str, Any]) -> dict[str, Fact]:
        value = raw.get("facts", {})
        if not isinstance(value, dict) or len(value) > MOST_FACTS:
            self.say("value", name="facts")
            return {}
        facts: dict[str, Fact] = {}
        for name, question in value.items():
            try:
                facts[name] = Fact.model_validate(question)
            except ValidationError:
                self.say("value", name=f"facts.{name}")
        return facts
