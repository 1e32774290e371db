"""What is not served is said in every language, and nothing of a request becomes HTML."""

from __future__ import annotations

import pytest

from dashboard.components.language import LANGUAGES, catalogue
from dashboard.serve import refusals

MESSAGES = [name for name in vars(refusals) if name.isupper() and not name.startswith(("_", "LANG"))]


def test_the_page_has_a_section_for_each_language_and_escapes_its_details() -> None:
    page = bytes(refusals.address_too_long(500_000, 8192, '"><script>').body).decode()
    assert [lang for lang in LANGUAGES if f'<section lang="{lang}">' in page] == list(LANGUAGES)
    assert "500,000 bytes" in page
    assert "500.000 bytes" in page
    assert "<script>" not in page
    assert "{" not in page.partition("<body>")[2]


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_a_line_in_each_language(name: str) -> None:
    answer = refusals.plain(getattr(refusals, name), 404, limit=5)
    lines = bytes(answer.body).decode().splitlines()
    assert len(set(lines)) == len(LANGUAGES) == 2
    assert lines[1] == catalogue("es").gettext(getattr(refusals, name)).format(limit=5)


def test_all_messages_are_looked_at() -> None:
    assert len(MESSAGES) == 6
