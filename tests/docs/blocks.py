"""Blocks of code in Markdown: read in order, run as a reader would, and written anew with what they give.

`>>>` is Python, names last for the whole page. In a `console` block a line beginning with `$ ` is a command,
what follows is what it prints. A block whose line before ends with "`some/file`:" is the content of that
file, a `po` block so announced goes to its end; a `diff` is applied. All other blocks are only shown.
"""

from __future__ import annotations

import ast
import doctest
import io
import os
import re
import shlex
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest

from dashboard.command import main
from tests.conftest import PUBLISHED

FENCE = re.compile(
    r"^(?:[^\n]*`(?P<path>[^`\n]+)`:\n\n)?"
    r"(?P<indent> *)```(?P<language>\w*)\n(?P<body>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
COMMAND = re.compile(r"^\$ (?P<command>(?:.*\\\n)*.*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
SHOWN_TO_RUN = re.compile(r"^(>>>|\$) ", re.MULTILINE)
FAILED = re.compile(r"^(error: |exit \d)", re.MULTILINE)
WIDTH = 110  # columns of a table as it is printed
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


@dataclass(frozen=True)
class Block:
    """A fenced block. path: the file that it is the content of, or empty; line: where it stands."""

    language: str
    body: str
    path: str
    line: int


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a page in order, without their indent."""
    for match in FENCE.finditer(text):
        indent = len(match["indent"])
        body = "".join(line[indent:] or "\n" for line in match["body"].splitlines(keepends=True))
        line = text.count("\n", 0, match.start("body")) + 1
        yield Block(match["language"], body, match["path"] or "", line)


class ShownOutput(doctest.OutputChecker):
    """An example that shows a result must give it; one that shows none must run."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return not want or super().check_output(want, got, optionflags)


@dataclass
class Session:
    """What lasts from block to block: the folder that commands run in, the environment, names of Python.

    published: the warehouse of all tests, for a guide that runs tests of its own.
    """

    folder: Path
    patch: pytest.MonkeyPatch
    published: Path | None = None
    names: dict[str, object] = field(default_factory=dict)

    def run_all(self, text: str) -> None:
        """Runs the blocks of a page in order."""
        with pd.option_context("display.width", WIDTH):
            for block in blocks(text):
                self.run(block)

    def run(self, block: Block) -> None:
        """Runs a block. Raises AssertionError where it gives anything but what it shows."""
        if block.language == "diff":
            done = self._process(["patch", "-p1", "--silent"], block.body)
            assert done.returncode == 0, done.stdout
        elif block.path and not SHOWN_TO_RUN.search(block.body):
            self._write(block)
        elif block.language == "python" and ">>> " in block.body:
            self._doctest(block)
        elif block.language == "python":
            self._rows(block)
        elif block.language == "console":
            for match in COMMAND.finditer(block.body):
                self._compare(match["command"], match["output"], self.command(match["command"]), block.line)

    def _process(self, words: list[str], text: str = "") -> subprocess.CompletedProcess[str]:
        """A program in the folder, with text on its standard input; no worker of this run of the tests."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        if self.published:
            environment[PUBLISHED] = str(self.published)
        return subprocess.run(
            words, cwd=self.folder, env=environment, input=text, capture_output=True, text=True, check=False,
            timeout=300,
        )  # fmt: skip

    def _write(self, block: Block) -> None:
        path = self.folder / block.path
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") + "\n" if block.language == "po" and path.exists() else ""
        path.write_text(before + block.body, encoding="utf-8")

    def command(self, line: str) -> str:
        """What a command prints. `escala` runs in this process, `export` lasts, all else goes to a shell."""
        words = shlex.split(line.replace("\\\n", " "))
        if words[0] == "export":
            for assignment in words[1:]:
                name, _, value = assignment.partition("=")
                self.patch.setenv(name, value.replace("$PWD", str(self.folder)))
            return ""
        if words[0] == "escala":
            return self._escala(words)
        shell = line.replace(".venv/bin/python", sys.executable)
        done = self._process(["bash", "-c", shell])
        return done.stdout + done.stderr + (f"exit {done.returncode}\n" if done.returncode else "")

    def _escala(self, words: list[str]) -> str:
        """What the command prints on both streams; after `>` a file takes what goes to the first."""
        words, target = (words[:-2], words[-1]) if words[-2] == ">" else (words, "")
        rows, notes = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
            patch.setattr(sys, "argv", words)
            patch.chdir(self.folder)
            with redirect_stdout(rows), redirect_stderr(notes), suppress(SystemExit):
                main()
        if target:
            (self.folder / target).write_text(rows.getvalue(), encoding="utf-8")
        printed = notes.getvalue() + ("" if target else rows.getvalue())
        return printed.replace(f"{self.folder}{os.sep}", "")

    def _doctest(self, block: Block) -> None:
        test = doctest.DocTestParser().get_doctest(
            block.body, self.names, f"line {block.line}", None, block.line
        )
        report: list[str] = []
        runner = doctest.DocTestRunner(checker=ShownOutput(), verbose=False, optionflags=FLAGS)
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            runner.run(test, out=report.append, clear_globs=False)
        self.names.update(test.globs)
        assert not report, "".join(report)

    def _rows(self, block: Block) -> None:
        """Python without prompts: every line that is only an expression gives rows."""
        for node in ast.parse(block.body).body:
            line = ast.unparse(node)
            if isinstance(node, ast.Expr):
                rows = eval(line, self.names)
                assert isinstance(rows, pd.DataFrame), line
                assert not rows.empty, line
            else:
                exec(line, self.names)

    @staticmethod
    def _compare(command: str, want: str, got: str, line: int) -> None:
        assert "Traceback" not in got, got
        if want:
            equal = doctest.OutputChecker().check_output(want, got, FLAGS)
            assert equal, f"line {line}: $ {command}\nshown:\n{want}\nprinted:\n{got}"
        else:
            assert not FAILED.search(got), f"line {line}: $ {command}\n{got}"
