from dashboard.documents import markdown
from tests.dashboard.documents.sample import sample


def test_every_block_has_its_form() -> None:
    text = markdown.write(sample("en")).decode()
    for part in ("# Saint Vincent", "## A heading", "### A smaller one", "- One", "1. First again",
                 "| --- | ---: |", "| EGDI (2024, 2 years old) | 0.7793 | ● on track |", "Nothing is held.",
                 "## Sources"):  # fmt: skip
        assert part in text
    assert "<https://publicadministration.un.org/>" in text


def test_nothing_in_a_text_is_markup() -> None:
    text = markdown.write(sample()).decode()
    assert "<script" not in text.replace("\\<script", "")
    assert "\\*b\\* \\[l\\](javascript:1)" in text
    assert not {"\x07", "\u202e"} & set(text)
    assert "<javascript" not in text


def test_a_text_begins_no_list_and_no_heading() -> None:
    assert markdown.escaped("1. a") == "1\\. a"
    assert markdown.escaped("- a") == "\\- a"
    assert markdown.escaped("# a") == "\\# a"
    assert markdown.escaped("0.7793") == "0.7793"
    assert markdown.escaped("−3") == "−3"
