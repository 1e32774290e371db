"""Writes into the guides what their blocks give today: `python -m tests.docs docs/stages.md …`.

An output that still holds stays as it is, with its `...`. Read the difference before you commit it.
"""

from __future__ import annotations

import doctest
import sys
import tempfile
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import ROOT
from tests.docs.blocks import COMMAND, FLAGS, SHOWN_TO_RUN, WIDTH, Block, Session, ShownOutput, blocks
from tests.docs.test_guides import HANDBOOK, copy_what_it_changes, is_a_step


def _python(block: Block, session: Session) -> str:
    """The body of a block with what its examples give."""
    body = block.body
    for example in doctest.DocTestParser().get_examples(block.body):
        printed = StringIO()
        with redirect_stdout(printed):
            exec(compile(example.source, "example", "single"), session.names)
        if not ShownOutput().check_output(example.want, printed.getvalue(), FLAGS):
            prompts = example.source.rstrip("\n").replace("\n", "\n... ")
            body = body.replace(f"{prompts}\n{example.want}", f"{prompts}\n{printed.getvalue()}", 1)
    return body


def _console(block: Block, session: Session) -> str:
    """The body of a block with what its commands print."""
    body = block.body
    for match in COMMAND.finditer(block.body):
        printed = session.command(match["command"])
        want = match["output"]
        if want and not ShownOutput().check_output(want, printed, FLAGS):
            body = body.replace(f"{match['command']}\n{want}", f"{match['command']}\n{printed.rstrip()}\n", 1)
    return body


def rewrite(page: Path, session: Session) -> None:
    """Runs a page and puts what it gives in the place of what it shows."""
    text = page.read_text(encoding="utf-8")
    if is_a_step(page):
        session.run_all(HANDBOOK.read_text(encoding="utf-8"))
    for block in list(blocks(text)):
        if not SHOWN_TO_RUN.search(block.body):
            session.run(block)
            continue
        write = _console if block.language == "console" else _python
        text = text.replace(block.body, write(block, session), 1)
    page.write_text(text, encoding="utf-8")


def main() -> None:
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            copy_what_it_changes((ROOT / name).read_text(encoding="utf-8"), Path(folder))
            patch.chdir(folder)
            with pd.option_context("display.width", WIDTH):
                rewrite(ROOT / name, Session(Path(folder), patch))


if __name__ == "__main__":
    main()
