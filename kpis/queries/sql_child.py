"""Answers one reader's SELECT in a process of its own; `kpis/queries/sql_box.py` starts it. Not imported.

In: one JSON line on standard input (path, query, rows, seconds, memory_mb, address_mb, bytes). Out: one JSON
line with `columns` and `types`, then one line per row; or one line with `fault`. It imports DuckDB and
nothing of Escala, so that it starts in about a tenth of a second.

A process of its own, because DuckDB counts only its buffers: `select range(400000000)` took 15 GB in a
connection whose memory limit was 256 MB, and could not be interrupted. Here the system holds the limit.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from typing import Any

import duckdb

FUNCTIONS = {"range", "generate_series", "unnest"}  # that stand for a table and read nothing
SETTINGS = {"current_setting"}  # would tell about the host
AT_ONCE = 512  # rows


class RefusedError(Exception):
    """A query that is not answered: kind, and what a message needs."""

    def __init__(self, kind: str, detail: str = "", **more: object) -> None:
        super().__init__(detail)
        self.said = {"fault": kind, "detail": detail, **more}


def main() -> None:
    """One question, one answer."""
    asked = json.loads(sys.stdin.readline())
    _limit(asked["address_mb"], asked["seconds"])
    try:
        lines = _answer(asked)
    except RefusedError as fault:
        lines = [json.dumps(fault.said)]
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


def _answer(asked: dict[str, Any]) -> list[str]:
    con = _opened(asked["path"], asked["memory_mb"])
    query = _checked(con, asked["query"])
    timer = threading.Timer(asked["seconds"], con.interrupt)
    timer.daemon = True
    timer.start()
    con.execute(query)
    head = json.dumps(
        {"columns": [one[0] for one in con.description], "types": [str(one[1]) for one in con.description]}
    )
    lines, size = [head], 0
    for row in _rows(con, asked["rows"] + 1):  # one more, to know whether there are more
        lines.append(json.dumps(row, default=str))
        size += len(lines[-1])
        if size > asked["bytes"]:
            raise RefusedError("size")
    return lines


def _opened(path: str, memory_mb: int) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(
        ":memory:",
        config={"memory_limit": f"{memory_mb}MB", "threads": 1, "max_temp_directory_size": "0B"},
    )
    quoted = path.replace("'", "''")
    con.execute(f"attach '{quoted}' as escala (read_only)")
    con.execute("use escala")
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
    query = statements[0].query
    read = con.execute("select json_serialize_sql($query)", {"query": query}).fetchone()
    tree = json.loads(read[0]) if read else {"error": True}
    if statements[0].type != duckdb.StatementType.SELECT or tree["error"]:
        raise RefusedError("select", statements[0].type.name.lower())
    tables = [row[0] for row in con.execute("select table_name from duckdb_tables()").fetchall()]
    nodes = list(_nodes(tree))
    known = {name.casefold() for name in tables} | {
        str(entry["key"]).casefold()
        for node in nodes
        if isinstance(node.get("cte_map"), dict)
        for entry in node["cte_map"]["map"]
    }
    for node in nodes:
        _allowed(node, known, sorted(tables))
    return query


def _allowed(node: dict[str, Any], known: set[str], tables: list[str]) -> None:
    kind = node.get("type")
    if kind == "BASE_TABLE" and node["table_name"].casefold() not in known:
        raise RefusedError("table", node["table_name"], allowed=tables)
    if kind == "TABLE_FUNCTION" and (name := node["function"]["function_name"].casefold()) not in FUNCTIONS:
        raise RefusedError("function", name, allowed=sorted(FUNCTIONS))
    if kind == "FUNCTION" and (name := str(node.get("function_name")).casefold()) in SETTINGS:
        raise RefusedError("function", name, allowed=sorted(FUNCTIONS))


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every node of a parsed query, without recursion: a deep one must not end the process."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _rows(con: duckdb.DuckDBPyConnection, most: int) -> Iterator[tuple[Any, ...]]:
    while most > 0 and (some := con.fetchmany(min(AT_ONCE, most))):
        yield from some
        most -= len(some)


def _engine(text: str) -> dict[str, object]:
    """DuckDB's own message and, where it tells, the place in the query (characters, from 0)."""
    start = text.find("{")
    try:
        told = json.loads(text[start:]) if start >= 0 else {}
    except ValueError:
        told = {}
    detail = str(told.get("exception_message") or text).split("\n\nLINE ")[0].strip()
    place = told.get("position")
    return {"fault": "engine", "detail": detail, "position": int(place) if place is not None else None}


if __name__ == "__main__":
    main()
