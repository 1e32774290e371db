"""Plans to and from a file or a link: plain JSON, never code, limited in size, mended where cut short."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from kpis.plan.document import (
    BUDGET,
    CODE,
    MOST_OWN_TARGETS,
    MOST_REVIEWS,
    MOST_ROWS,
    NOTE,
    OWNER,
    SCHEMA_VERSION,
    Day,
    Milestone,
    OwnTarget,
    Plan,
    Review,
    Status,
    Target,
)
from kpis.plan.faults import PlanError, problem_message
from kpis.stages.readers import computed
from kpis.tables import Tables
from kpis.warehouse.current import DEFAULT, with_store

FILE_LIMIT = 192 * 1024  # bytes: a milestone for each of 33 gates in each of 30 years, and notes
LINK_LIMIT = 5000  # characters: below the server's 8 KB for a whole request line
MOST_NAMED = 3  # unknown keys that are named one by one; of the others only how many
CLOSED = {"GCI_LEGAL": 2020, "GCI_ORG": 2020, "GCI_TECHNICAL": 2020}
"""What these ids meant up to version 0.2.2: pillars of an edition that is closed, by its year."""
CORE = ("area", "kind", "value", "by")  # without these there is no plan

Problem = tuple[str, dict[str, object]]


@dataclass(frozen=True)
class Loaded:
    """A plan as read, and what had to be left out or mended: codes with details for `messages`."""

    plan: Plan
    problems: tuple[Problem, ...]

    def messages(self, lang: str = "en") -> list[str]:
        """The problems in words."""
        return [problem_message(code, **details).say(lang) for code, details in self.problems]


def save(plan: Plan) -> str:
    """The plan as JSON text."""
    return json.dumps(plan.model_dump(exclude_defaults=False), ensure_ascii=False, indent=1) + "\n"


def link(plan: Plan) -> str:
    """The plan as a value for an address: compressed JSON in letters, digits, - and _.

    Milestones are left out, which follow from the targets, and reviews, which a file carries. Raises
    PlanError if it is too long.
    """
    left_out = {"milestones", "reviews"} | (set() if plan.own_targets else {"own_targets"})
    short = json.dumps(plan.model_dump(exclude=left_out), ensure_ascii=False, separators=(",", ":"))
    packed = base64.urlsafe_b64encode(zlib.compress(short.encode(), 9)).decode().rstrip("=")
    if len(packed) > LINK_LIMIT:
        raise PlanError("link_long", size=len(packed), limit=LINK_LIMIT)
    return packed


def load(content: str | bytes, store: Tables = DEFAULT) -> Loaded:
    """A plan from the content of a file: as `save` writes it, or as the command prints it with its outlook.

    What can be kept is kept: unknown keys, broken rows, texts that are too long, a file cut short are named
    in `problems`. store: the warehouse that says how many ranks there are; default the current one. Raises
    PlanError for content that is too large, holds no plan or a goal that cannot be.
    """
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    if len(raw) > FILE_LIMIT:
        raise PlanError("too_large", limit=FILE_LIMIT // 1024)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            raise PlanError("no_text") from None
        text = raw[: error.start].decode("utf-8-sig")  # cut within a letter
    raw_plan, cut = _json(text)
    return _read(_bare(raw_plan), [("cut", {})] if cut else [], store)


def load_link(packed: str, store: Tables = DEFAULT) -> Loaded:
    """A plan from a link; store, problems and errors as `load`. Nothing beyond the limit is unpacked."""
    if len(packed) > 2 * LINK_LIMIT:
        raise PlanError("no_link", reason=f"{len(packed)} characters")
    whole = packed.strip()[: len(packed.strip()) - (1 if len(packed.strip()) % 4 == 1 else 0)]
    try:
        squeezed = base64.b64decode(whole + "=" * (-len(whole) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise PlanError("no_link", reason="base64") from None
    unpacker = zlib.decompressobj()
    try:
        raw = unpacker.decompress(squeezed, FILE_LIMIT)
    except zlib.error:
        raise PlanError("no_link", reason="zlib") from None
    if unpacker.unconsumed_tail:
        raise PlanError("too_large", limit=FILE_LIMIT // 1024)
    text = raw.decode("utf-8", "ignore")
    raw_plan, cut = _json(text)
    return _read(raw_plan, [("cut", {})] if cut or not unpacker.eof else [], store)


def _bare(raw: dict[str, Any]) -> dict[str, Any]:
    """The plan alone: the command writes {"plan": …, "outlook": …}, and the outlook is computed again."""
    inner = raw.get("plan")
    return inner if isinstance(inner, dict) and not set(CORE) & set(raw) else raw


def _json(text: str) -> tuple[dict[str, Any], bool]:
    """The object in a text, and whether it had to be mended because it was cut short."""
    cut = False
    try:
        parsed = json.loads(text)
    except RecursionError:
        raise PlanError("no_plan", reason="JSON") from None
    except ValueError:
        cut = True
        try:
            parsed = json.loads(mended(text))
        except (ValueError, RecursionError):
            raise PlanError("no_plan", reason="JSON") from None
    if not isinstance(parsed, dict):
        raise PlanError("no_plan", reason=type(parsed).__name__)
    return parsed, cut


def mended(text: str) -> str:
    """JSON that was cut short, ended after its last whole member: closes what is still open there.

    >>> mended('{"a": 1, "b": [{"c": 2}, {"d"')
    '{"a": 1, "b": [{"c": 2}]}'
    """
    open_, quoted, escaped = "", False, False
    end, closing = 0, ""
    for place, sign in enumerate(text):
        if quoted:
            quoted, escaped = (sign != '"' or escaped), (sign == "\\" and not escaped)
        elif sign == '"':
            quoted = True
        elif sign in "{[":
            open_ += "}" if sign == "{" else "]"
        elif sign in "}]" and open_:
            open_ = open_[:-1]
            end, closing = place + 1, open_[::-1]
        elif sign == ",":
            end, closing = place, open_[::-1]
        if len(open_) > CODE:
            break  # no plan is nested so deep
    return text[:end] + closing


def _read(raw: dict[str, Any], problems: list[Problem], store: Tables | None) -> Loaded:
    """The plan of an object; what is wrong with it is added to `problems`."""
    problems += [*_version_problems(raw.get("schema_version")), *_strange_keys(raw)]
    fields = _fields(raw, problems)
    fields.setdefault("made", fields["by"])
    _possible(fields, store)
    for name in ("levers", "targets"):
        fields[name] = tuple(target for target in fields.get(name, ()) if target.base_year < fields["by"])
    _without_closed(fields, problems)
    try:
        return Loaded(Plan(**fields), tuple(problems))
    except ValidationError as error:
        raise PlanError("no_plan", reason=".".join(map(str, error.errors()[0]["loc"]))) from None


def _version_problems(version: object) -> list[Problem]:
    if not isinstance(version, int) or version < SCHEMA_VERSION:
        return [("older", {})]
    return [("newer", {})] if version > SCHEMA_VERSION else []


def _strange_keys(raw: dict[str, Any]) -> list[Problem]:
    """Keys that no plan has, the first by name."""
    strange = [name for name in raw if name not in Plan.model_fields]
    problems: list[Problem] = [("key", {"name": name}) for name in strange[:MOST_NAMED]]
    rest = len(strange) - MOST_NAMED
    return [*problems, ("keys", {"n": rest})] if rest > 0 else problems


def _fields(raw: dict[str, Any], problems: list[Problem]) -> dict[str, Any]:
    """What can be read of each field. PlanError where the core is missing or cannot be read."""
    fields: dict[str, Any] = {}
    for name in Plan.model_fields:
        if name in raw and name in READERS:
            fields[name] = READERS[name](raw[name], name, problems)
        elif name in raw and name != "schema_version":
            try:
                fields[name] = _value(name, raw[name])
            except ValidationError:
                if name in CORE:
                    raise PlanError("no_core", name=name, value=raw[name]) from None
                problems.append(("value", {"name": name}))
    if absent := [name for name in CORE if name not in fields]:
        raise PlanError("no_core", name=absent[0], value="–")
    return fields


def _value(name: str, value: object) -> object:
    adapter: TypeAdapter[Any] = TypeAdapter(Plan.model_fields[name].rebuild_annotation())
    return adapter.validate_python(value, strict=isinstance(value, bool))


def _possible(fields: dict[str, Any], store: Tables | None) -> None:
    """PlanError unless the goal can exist: a stage of 1 to 3, an EGDI up to 1, a rank that is given."""
    kind, value = fields["kind"], fields["value"]
    most = {"stage": 3, "egdi": 1}.get(kind) or _last_rank(store or DEFAULT)
    if value > most or (kind != "egdi" and value != int(value)):
        raise PlanError("no_goal", kind=kind, value=f"{value:g}", most=most)


@with_store
def _last_rank(store: Tables = DEFAULT) -> int:
    return len(computed(store).panel.areas)


def _without_closed(fields: dict[str, Any], problems: list[Problem]) -> None:
    """Leave out targets on a closed edition, with their milestones: nobody can move such a figure."""
    closed = [row for row in fields["targets"] if CLOSED.get(row.kpi) == row.base_year]
    gone = {(row.dimension, row.kpi) for row in closed}
    for name in ("targets", "milestones"):
        rows = fields.get(name, ())
        fields[name] = tuple(row for row in rows if (row.dimension, row.kpi) not in gone)
    problems += [("closed", {"name": row.kpi, "year": row.base_year}) for row in closed]


def _rows(
    model: type[BaseModel], most: int = MOST_ROWS
) -> Callable[[Any, str, list[Problem]], tuple[Any, ...]]:
    def read(raw: Any, name: str, problems: list[Problem]) -> tuple[Any, ...]:
        rows, bad = [], 0
        for entry in (raw if isinstance(raw, list) else [raw])[: 2 * most]:
            fields = (
                {k: v for k, v in entry.items() if k in model.model_fields} if isinstance(entry, dict) else {}
            )
            try:
                rows.append(model(**fields))
            except ValidationError:
                bad += 1
        bad += max(len(rows) - most, 0)
        if bad:
            problems.append(("row", {"name": name, "n": bad}))
        return tuple(rows[:most])

    return read


def _texts(limit: int) -> Callable[[Any, str, list[Problem]], dict[str, str]]:
    def read(raw: Any, name: str, problems: list[Problem]) -> dict[str, str]:
        accepted: dict[str, str] = {}
        bad = not isinstance(raw, dict)
        for key, text in list(raw.items())[:MOST_ROWS] if isinstance(raw, dict) else []:
            plain = "".join(c for c in key if c.isascii() and (c.isalnum() or c in "_.-"))[:CODE]
            if not isinstance(text, str) or plain != key or not key:
                bad = True
                continue
            clean = "".join(c for c in text if c.isprintable() or c == "\n")
            if len(clean) > limit:
                problems.append(("text", {"name": f"{name}: {key}", "limit": limit}))
            accepted[key] = clean[:limit]
        if bad:
            problems.append(("value", {"name": name}))
        return accepted

    return read


def _allowed(kind: Any) -> Callable[[Any, str, list[Problem]], dict[str, str]]:
    """Reads short texts by increment of which only some can be: days, statuses; others are left out."""
    adapter: TypeAdapter[str] = TypeAdapter(kind)
    read_texts = _texts(CODE)

    def read(raw: Any, name: str, problems: list[Problem]) -> dict[str, str]:
        accepted = {}
        for key, text in read_texts(raw, name, problems).items():
            try:
                accepted[key] = adapter.validate_python(text)
            except ValidationError:
                problems.append(("value", {"name": f"{name}: {key}"}))
        return accepted

    return read


READERS: dict[str, Callable[[Any, str, list[Problem]], Any]] = {
    "levers": _rows(Target),
    "targets": _rows(Target),
    "milestones": _rows(Milestone),
    "own_targets": _rows(OwnTarget, MOST_OWN_TARGETS),
    "reviews": _rows(Review, MOST_REVIEWS),
    "owners": _texts(OWNER),
    "notes": _texts(NOTE),
    "dues": _allowed(Day),
    "budgets": _texts(BUDGET),
    "statuses": _allowed(Status),
}
