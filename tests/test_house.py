"""House numbers and habits that ruff has no rule for; a failure lists every place."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILE_LINES = 300
BODY_LINES = 40
BARE_SUPPRESSION = re.compile(
    r"#\s*(noqa(:[\sA-Z0-9,]*)?|type:\s*ignore(\[[^]]*\])?|pragma:[\s\w]*|fmt:\s*(off|skip)|mypy:.*)\s*$"
)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
UNSAFE_SCRIPT = re.compile(
    r"\.innerHTML\b|\.outerHTML\b|insertAdjacentHTML|\beval\(|new Function\(|console\.(log|debug)"
)


def files(*patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file())


PRODUCT = files("app.py", "gunicorn.conf.py", "leabra_studio/**/*.py")
PYTHON = PRODUCT + files("tests/**/*.py", "tools/**/*.py", "benchmarks/**/*.py", "examples/**/*.py")
SCRIPTS = files("assets/*.js")


def where(path: Path, line: int, what: object) -> str:
    return f"{path.relative_to(ROOT)}:{line}: {what}"


def lines_matching(paths: list[Path], pattern: re.Pattern[str]) -> list[str]:
    return [
        where(path, number, line.strip())
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def nodes(paths: list[Path]) -> Iterator[tuple[Path, ast.AST]]:
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            yield path, node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines the body of a function has, its docstring aside."""
    statements = function.body[ast.get_docstring(function, clean=False) is not None :]
    return (statements[-1].end_lineno or 0) - statements[0].lineno + 1 if statements else 0


def test_files_stay_short() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in PYTHON + SCRIPTS}
    assert [where(path, length, "lines") for path, length in lengths.items() if length > FILE_LINES] == []


def test_functions_stay_short() -> None:
    functions = [
        (path, node) for path, node in nodes(PRODUCT) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [where(path, f.lineno, f.name) for path, f in functions if body_lines(f) > BODY_LINES] == []


def test_the_product_does_not_print() -> None:
    calls = [(path, node) for path, node in nodes(PRODUCT) if isinstance(node, ast.Call)]
    assert [where(path, c.lineno, "print") for path, c in calls if getattr(c.func, "id", "") == "print"] == []


def test_every_except_names_what_it_catches() -> None:
    handlers = [(path, node) for path, node in nodes(PYTHON) if isinstance(node, ast.ExceptHandler)]
    assert [where(path, h.lineno, "bare except") for path, h in handlers if h.type is None] == []


@pytest.mark.parametrize("paths", [PRODUCT, SCRIPTS, files("assets/*.css")], ids=["python", "scripts", "styles"])
def test_nothing_is_left_unfinished(paths: list[Path]) -> None:
    assert lines_matching(paths, UNFINISHED) == []


def test_every_suppression_gives_its_reason() -> None:
    """`# noqa: S101  # why` or `# type: ignore[code]  # why`: something to read follows the code."""
    assert lines_matching(PYTHON, BARE_SUPPRESSION) == []


def test_scripts_write_text_not_markup() -> None:
    assert lines_matching(SCRIPTS, UNSAFE_SCRIPT) == []
