"""No test of the suite is one that cannot fail."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kpis.workspace.people import LOCAL
from kpis.workspace.store import open_workspace

TESTS = Path(__file__).parent
FILES = sorted(TESTS.rglob("test_*.py"))
# Calls that check, as parts of how they are written: `prepare` raises at a circle, a session at a difference.
CHECKING = ("raises", "warns", "fail", "expect", "assert", "prepare", "session.run")
EMPTYING = ("skip", "importorskip", "xfail")  # `skipif` says for which system

Fault = tuple[int, str]


def name_of(call: ast.Call) -> str:
    """The last part of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call below a node."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def asserts(tree: ast.AST) -> list[ast.Assert]:
    """Every assertion below a node."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]


def functions_of(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """The test functions of a module, also those of its classes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node


def checks_nothing(tree: ast.Module) -> Iterator[Fault]:
    """A test without an assertion or a call that checks."""
    for test in functions_of(tree):
        if not asserts(test) and not any(
            part in ast.unparse(call.func) for call in calls(test) for part in CHECKING
        ):
            yield test.lineno, f"{test.name} checks nothing"


def is_left_out(tree: ast.Module) -> Iterator[Fault]:
    """A test that is skipped or expected to fail: a broken installation would go green."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in EMPTYING:
            yield node.lineno, f"{node.attr} leaves a test out"


def compares_with_itself(tree: ast.Module) -> Iterator[Fault]:
    """Both sides of a comparison are the same names or literals; a call may answer in two ways."""
    for check in asserts(tree):
        for node in ast.walk(check):
            if not isinstance(node, ast.Compare) or any(calls(node)):
                continue
            if ast.dump(node.left) == ast.dump(node.comparators[0]):
                yield node.lineno, f"{ast.unparse(node)} compares a thing with itself"


def is_always_true(tree: ast.Module) -> Iterator[Fault]:
    """An assertion, or an alternative of one, that is a constant or a tuple."""
    for check in asserts(tree):
        parts = check.test.values if isinstance(check.test, ast.BoolOp) else [check.test]
        if any(isinstance(part, ast.Constant | ast.Tuple) for part in parts):
            yield check.lineno, f"{ast.unparse(check)} is always true"


def swallows_faults(tree: ast.Module) -> Iterator[Fault]:
    """An assertion within `try` or `suppress` whose failure would not be seen."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Try):
            caught = {name for part in node.handlers for name in names(part.type)}
            if asserts(ast.Module(node.body, [])) and ({"AssertionError", "Exception", ""} & caught):
                yield node.lineno, "an assertion that fails is caught"


def names(node: ast.expr | None) -> set[str]:
    """What an `except` names; an empty name where it names nothing."""
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)} if node else {""}


def looks_at_what_may_be_empty(tree: ast.Module) -> Iterator[Fault]:
    """`all(… for x in things)` alone: nothing else in the test says that there are things.

    Not where things are literals or constants, are given to the test, or are named in another assertion.
    """
    for test in functions_of(tree):
        checks = asserts(test)
        for check in checks:
            if not isinstance(check.test, ast.Call) or name_of(check.test) != "all" or not check.test.args:
                continue
            things = check.test.args[0]
            if not isinstance(things, ast.GeneratorExp | ast.ListComp):
                continue
            source = things.generators[0].iter
            of = {part.id for part in ast.walk(source) if isinstance(part, ast.Name)}
            elsewhere = {
                part.id for other in checks if other is not check for part in ast.walk(other)
                if isinstance(part, ast.Name)
            }  # fmt: skip
            parameters = {argument.arg for argument in test.args.args}
            if not of & (elsewhere | parameters) and not is_constant(source):
                yield check.lineno, f"{ast.unparse(check)} holds for nothing too"


def is_constant(node: ast.expr) -> bool:
    """From a name in capitals, of this module or another, or written out in full and not empty."""
    written = [getattr(part, "id", getattr(part, "attr", "")) for part in ast.walk(node)]
    full = isinstance(node, ast.Tuple | ast.List | ast.Set) and bool(node.elts)
    return full or any(name.isupper() for name in written)


def is_in_no_run(tree: ast.Module) -> Iterator[Fault]:
    """A whole test, or all of a file, that only `make whole` runs: it may take cases, but leave some."""
    for node in ast.walk(tree):
        marks = node.decorator_list if isinstance(node, ast.FunctionDef | ast.ClassDef) else []
        if isinstance(node, ast.Assign) and "pytestmark" in names(node.targets[0]):
            marks = [node.value]
        for mark in (one for part in marks for one in getattr(part, "elts", [part])):
            if ast.unparse(mark).endswith("mark.whole"):
                yield mark.lineno, "no case is left to `make test`"


# Needs a program that is no package of Python, and without which everything else is set up and run.
MAY_BE_LEFT_OUT = {Path(__file__).parent / "tools" / "test_bundle.py"}
RULES: tuple[Callable[[ast.Module], Iterator[Fault]], ...] = (
    checks_nothing,
    is_left_out,
    compares_with_itself,
    is_always_true,
    swallows_faults,
    looks_at_what_may_be_empty,
    is_in_no_run,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_test_can_fail(rule: Callable[[ast.Module], Iterator[Fault]]) -> None:
    assert len(FILES) > 100
    faults = [
        f"{path.relative_to(TESTS)}:{line}: {fault}"
        for path in FILES
        if path != Path(__file__) and not (rule is is_left_out and path in MAY_BE_LEFT_OUT)
        for line, fault in rule(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (checks_nothing, "def test_x():\n    run()"),
        (is_left_out, "pytest.importorskip('x')"),
        (compares_with_itself, "assert a.b == a.b"),
        (is_always_true, "assert a or True"),
        (is_always_true, "assert (a, 'message')"),
        (swallows_faults, "try:\n    assert a\nexcept Exception:\n    pass"),
        (swallows_faults, "try:\n    assert a\nexcept:\n    pass"),
        (looks_at_what_may_be_empty, "def test_x():\n    assert all(part for part in parts)"),
        (is_in_no_run, "@pytest.mark.whole\ndef test_x():\n    assert part"),
        (is_in_no_run, "pytestmark = [pytest.mark.browser, pytest.mark.whole]"),
    ],
)
def test_a_rule_finds_what_it_is_for(rule: Callable[[ast.Module], Iterator[Fault]], code: str) -> None:
    assert len(list(rule(ast.parse(code)))) == 1


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_is_silent_on_a_good_test(rule: Callable[[ast.Module], Iterator[Fault]]) -> None:
    code = "def test_x():\n    assert parts\n    assert all(part for part in parts)\n    assert f(a) == f(a)"
    assert list(rule(ast.parse(code))) == []


@pytest.mark.parametrize("turn", ["first", "second"])
def test_every_test_has_a_workspace_of_its_own(turn: str) -> None:
    """One that kept something once had a guide show another's entries, where both met on one worker."""
    workspace = open_workspace()
    assert workspace.items(LOCAL, "group") == []
    with workspace.work(LOCAL) as work:
        work.add("group", "keep", title=turn, body={}, state="kept")
