"""Lines for programs, and nothing personal in them."""

from __future__ import annotations

import io
import json
import logging

import pytest

from dashboard.serve.app import ROUTES
from dashboard.serve.logs import Lines, Messages, Requests
from tests.asgi import ask, behind

SECRET = "7f3a-secreto"


def lines_of(path: str, query: str = "", **more: str) -> list[dict[str, object]]:
    out = io.StringIO()
    ask(Requests(behind, Lines(out), ROUTES), path, query, **more)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "/"),
        ("/country", "/country"),
        ("/healthz", "/healthz"),
        (f"/_stcore/upload_file/{SECRET}/{SECRET}", "/_stcore/upload_file/"),
        (f"/media/{SECRET}.csv", "/media/"),
        (f"/{SECRET}", "other"),
        (f"/country/{SECRET}", "other"),
    ],
)
def test_a_line_says_what_was_answered_and_not_who_asked_for_what(path: str, route: str) -> None:
    more = {"client": "203.0.113.9", "cookie": SECRET, "user_agent": SECRET, "referer": SECRET}
    (line,) = lines_of(path, f"plan={SECRET}", **more)
    assert (line["event"], line["method"], line["route"], line["status"]) == ("request", "GET", route, 299)
    assert set(line) == {"time", "event", "method", "route", "status", "ms", "bytes"}
    assert SECRET not in json.dumps(line)
    assert "203.0.113.9" not in json.dumps(line)


def test_a_method_made_up_is_not_repeated() -> None:
    assert lines_of("/", method="SECRETO")[0]["method"] == "other"


def test_a_fault_is_named_by_kind_and_line_without_its_words() -> None:
    out = io.StringIO()
    logger = logging.Logger("trial")
    logger.addHandler(Messages(Lines(out)))
    try:
        raise ValueError(SECRET)
    except ValueError:
        logger.exception("failed for %s\nmore", SECRET)
    (line,) = [json.loads(one) for one in out.getvalue().splitlines()]
    assert (line["event"], line["level"], line["exception"]) == ("message", "error", "ValueError")
    assert line["at"].startswith("test_logs.py:")
    assert SECRET not in out.getvalue()
