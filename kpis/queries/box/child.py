"""Answers one reader's SELECT in a process of its own; `kpis/queries/box/ask.py` starts it. Not imported.

In: one JSON line on standard input (path, query, rows, columns, seconds, memory_mb, address_mb, bytes). Out:
one JSON line with `columns` and `types`, then one line per row; or one line with `fault`. It imports DuckDB
and nothing of Escala, so that it starts in about a tenth of a second.

A process of its own, because DuckDB counts only its buffers: `select range(400000000)` took 15 GB in a
connection whose memory limit was 256 MB, and could not be interrupted. Here the system holds the limit.
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
from collections.abc import Iterator
from typing import Any

import duckdb

FUNCTIONS = {"range", "generate_series", "unnest"}  # that stand for a table and read nothing
SETTINGS = {"current_setting"}  # would tell about the host
AT_ONCE = 512  # rows
# What comes as it is; anything else (dates, times with a zone, intervals, lists) the engine writes as text.
PLAIN = {"BOOLEAN", "VARCHAR", "FLOAT", "DOUBLE", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"}
PLAIN |= {"UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT", "DECIMAL"}
QUALIFIED = {(), ("main",), ("escala",), ("escala", "main")}  # what may stand before a table's name
A_NAME = re.compile(r"\w+")  # of a WITH clause: letters, digits, underscores
PATH = re.compile(r"(?<![\w.])(?:[A-Za-z]:)?[/\\\\](?:[\w.@~ -]+[/\\\\])+[\w.@~-]*")  # of files, in messages


WAREHOUSE_TABLES = (
    "select table_name from duckdb_tables() where database_name = 'escala' and schema_name = 'main'"
)
SYSTEM_VIEWS = "select view_name from duckdb_views() where internal"


class RefusedError(Exception):
    """A query that is not answered: kind, and what a message needs."""

    def __init__(self, kind: str, detail: str = "", **more: object) -> None:
        super().__init__(detail)
        self.reply = {"fault": kind, "detail": detail, **more}


def main() -> None:
    """One question, one answer."""
    request = json.loads(sys.stdin.readline())
    _limit(request["address_mb"], request["seconds"])
    try:
        lines = _answer(request)
    except RefusedError as fault:
        lines = [json.dumps(fault.reply)]
    except (duckdb.OutOfMemoryException, MemoryError):
        lines = [json.dumps({"fault": "memory", "detail": ""})]
    except duckdb.InterruptException:
        lines = [json.dumps({"fault": "time", "detail": ""})]
    except RecursionError:
        lines = [json.dumps({"fault": "depth", "detail": ""})]
    except duckdb.Error as error:
        lines = [json.dumps(_engine(str(error)))]
    sys.stdout.write("\n".join(lines))
    sys.stdout.flush()
    os._exit(0)  # a result that was not read to its end must not be waited for, nor taken down


def _limit(address_mb: int, seconds: float) -> None:
    """Memory and processor time by the system; Windows has no such limits, there only DuckDB's hold."""
    try:
        import resource
    except ImportError:
        return
    whole = address_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (whole, whole))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 5, int(seconds) + 6))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(request: dict[str, Any]) -> list[str]:
    con = _opened(request["path"], request["memory_mb"])
    query = _checked(con, request["query"])
    timer = threading.Timer(request["seconds"], con.interrupt)
    timer.daemon = True
    timer.start()
    bound = _bound(con, query)
    names, types = bound.columns, [str(kind) for kind in bound.types]
    if len(names) > request["columns"]:
        raise RefusedError("columns", str(len(names)))
    con.execute(_as_text(query, types))
    lines = [json.dumps({"columns": names, "types": types})]
    size = len(lines[0])
    for row in _rows(con, request["rows"] + 1):  # one more, to know whether there are more
        lines.append(json.dumps(row, default=str))
        size += len(lines[-1])
        if size > request["bytes"]:
            raise RefusedError("size")
    return lines


def _bound(con: duckdb.DuckDBPyConnection, query: str) -> duckdb.DuckDBPyRelation:
    """The query with names and types of its columns, before anything is computed."""
    try:
        return con.sql(query)
    except duckdb.Error:
        con.execute(query)  # raises the same error, with the place in the query
        raise


def _as_text(query: str, types: list[str]) -> str:
    """The query, with the columns that are neither numbers, text nor yes-or-no written as text by the engine.

    Python would need a library for time zones, and shows an interval of a year as 360 days.
    """
    plain = [kind.split("(")[0] in PLAIN and not kind.endswith("]") for kind in types]
    if all(plain):
        return query
    cells = (f"#{n}" if is_plain else f"cast(#{n} as varchar)" for n, is_plain in enumerate(plain, start=1))
    return f"select {', '.join(cells)} from (\n{_without_end(query)}\n)"  # noqa: S608 - the reader's own query, checked above


def _without_end(query: str) -> str:
    """The query up to the semicolon that ends it, if one does; comments may follow it."""
    text = query.encode()  # the engine counts bytes
    token_starts = [start for start, kind in duckdb.tokenize(query) if kind != duckdb.token_type.comment]
    return (
        text[: token_starts[-1]].decode() if text[token_starts[-1] : token_starts[-1] + 1] == b";" else query
    )


def _opened(path: str, memory_mb: int) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(
        ":memory:",
        config={"memory_limit": f"{memory_mb}MB", "threads": 1, "max_temp_directory_size": "0B"},
    )
    quoted = path.replace("'", "''")
    con.execute(f"attach '{quoted}' as escala (read_only)")
    con.execute("use escala")
    con.execute("set temp_directory = ''")  # its files could be read even without access to others
    con.execute("set errors_as_json = true")
    con.execute("set python_enable_replacements = false")
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")
    return con


def _checked(con: duckdb.DuckDBPyConnection, text: str) -> str:
    """The query, if it is one SELECT on tables of the warehouse. Raises RefusedError."""
    statements = duckdb.extract_statements(text)
    if not statements:
        raise RefusedError("empty")
    if len(statements) > 1:
        raise RefusedError("statements", str(len(statements)))
    query, kind = statements[0].query, statements[0].type
    read = con.execute("select json_serialize_sql($query)", {"query": query}).fetchone()
    tree = json.loads(read[0]) if read else {"error": True}
    if kind == duckdb.StatementType.MULTI:  # PIVOT without the list of its columns is a statement of several
        raise RefusedError("pivot")
    if kind != duckdb.StatementType.SELECT or tree["error"]:
        raise RefusedError("select", kind.name.lower())
    tables = {row[0].casefold() for row in con.execute(WAREHOUSE_TABLES).fetchall()}
    system = {row[0].casefold() for row in con.execute(SYSTEM_VIEWS).fetchall()}
    for node, inside in _nodes(tree):
        _allowed(node, inside, tables, system)
    return query


def _allowed(node: dict[str, Any], inside: frozenset[str], tables: set[str], system: set[str]) -> None:
    """Whether a node of the query may stand there. inside: names of the WITH clauses around it."""
    kind = node.get("type")
    for name in _named(node):
        if name in system or not A_NAME.fullmatch(name):  # a name of its own must not open a view or a file
            raise RefusedError("table", name, allowed=sorted(tables))
    if kind == "BASE_TABLE":
        *before, name = (part.casefold() for part in node["qualified_name"]["path"])
        readable = tables if before else tables | inside
        if tuple(before) not in QUALIFIED or name not in readable:
            raise RefusedError("table", ".".join((*before, name)), allowed=sorted(tables))
    if kind == "TABLE_FUNCTION" and (name := node["function"]["function_name"].casefold()) not in FUNCTIONS:
        raise RefusedError("function", name, allowed=sorted(FUNCTIONS))
    if kind == "FUNCTION" and (name := str(node.get("function_name")).casefold()) in SETTINGS:
        raise RefusedError("function", name, allowed=sorted(FUNCTIONS))


def _named(node: dict[str, Any]) -> list[str]:
    """Names that a WITH clause of this node gives, without regard to case."""
    cte_map = node.get("cte_map")
    return [str(entry["key"]).casefold() for entry in cte_map["map"]] if isinstance(cte_map, dict) else []


def _nodes(tree: Any) -> Iterator[tuple[dict[str, Any], frozenset[str]]]:
    """Every node of a parsed query with the names of WITH clauses that hold there.

    Without recursion: a deep query must not end the process.
    """
    waiting: list[tuple[Any, frozenset[str]]] = [(tree, frozenset())]
    while waiting:
        branch, inside = waiting.pop()
        if isinstance(branch, dict):
            inside |= frozenset(_named(branch))
            yield branch, inside
            waiting.extend((part, inside) for part in branch.values())
        elif isinstance(branch, list):
            waiting.extend((part, inside) for part in branch)


def _rows(con: duckdb.DuckDBPyConnection, most: int) -> Iterator[tuple[Any, ...]]:
    while most > 0 and (some := con.fetchmany(min(AT_ONCE, most))):
        yield from some
        most -= len(some)


def _engine(text: str) -> dict[str, object]:
    """DuckDB's own message and, where it tells, the place in the query (characters, from 0)."""
    start = text.find("{")
    try:
        report = json.loads(text[start:]) if start >= 0 else {}
    except ValueError:
        report = {}
    detail = str(report.get("exception_message") or text).strip().partition("\n")[0]
    detail = PATH.sub("…", detail)
    place = report.get("position")
    return {"fault": "engine", "detail": detail, "position": int(place) if place is not None else None}


if __name__ == "__main__":
    main()
