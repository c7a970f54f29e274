import ast
import io
import re
import shutil
import subprocess
import sys
import tokenize
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leabra_studio.export.source import (
    Atom,
    CallOf,
    Items,
    Node,
    comment,
    flat,
    grid,
    identifier,
    node,
    quoted,
    statement,
)
from tests.model.samples import HOSTILE, names

RUFF = shutil.which("ruff", path=str(Path(sys.executable).parent)) or "ruff"
TEXTS = st.one_of(st.text(), st.sampled_from(HOSTILE), names())
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def unformatted(source: str) -> str:
    """Return what ruff would change of a source with its default settings."""
    command = [RUFF, "format", "--isolated", "--no-cache", "--diff", "-"]
    done = subprocess.run(command, input=source.encode(), capture_output=True, check=False)
    return done.stdout.decode() + (done.stderr.decode() if done.returncode == 2 else "")


def unchecked(source: str) -> str:
    """Return what ruff has to say of a source with its default rules."""
    command = [RUFF, "check", "--isolated", "--no-cache", "--quiet", "-"]
    done = subprocess.run(command, input=source.encode(), capture_output=True, check=False)
    return done.stdout.decode() + done.stderr.decode()


@given(TEXTS)
def test_a_quoted_text_is_itself(text: str) -> None:
    assert ast.literal_eval(quoted(text)) == text
    assert len(quoted(text).splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("hidden", '"hidden"'),
        ('say "hi"', "'say \"hi\"'"),
        ('it\'s "it"', "'it\\'s \"it\"'"),
        ("it's", '"it\'s"'),
        ("\\n", '"\\\\n"'),
        ("a\nb\x00\x7f", '"a\\nb\\x00\\x7f"'),
        ("слой 層 é", '"слой 層 é"'),
        ("e\u0301\u202e\ud800", '"e\\u0301\\u202e\\ud800"'),
        ("😀👍🏽", '"😀👍\\U0001f3fd"'),
    ],
)
def test_literals_read_well(text: str, literal: str) -> None:
    assert quoted(text) == literal


@given(TEXTS)
def test_a_comment_is_one_comment(text: str) -> None:
    source = f"{comment(text)}\nx = 1\n"
    kinds = [token.type for token in tokenize.generate_tokens(io.StringIO(source).readline)]
    assert kinds[:3] == [tokenize.COMMENT, tokenize.NL, tokenize.NAME]
    assert tokenize.detect_encoding(io.BytesIO(source.encode()).readline)[0] == "utf-8"
    assert len(ast.parse(source).body) == 1


def test_a_comment_cannot_declare_a_coding() -> None:
    assert comment("coding: utf-16, coding=x") == "# coding\\x3a utf-16, coding\\x3dx"
    assert comment("a\\b\nc") == "# a\\b\\nc"


@given(TEXTS, st.lists(TEXTS))
def test_an_identifier_is_one(name: str, others: list[str]) -> None:
    taken: list[str] = []
    for each in (*others, name, name):
        taken.append(identifier(each, "layer_spec", taken))
    assert len(set(taken)) == len(taken)
    for word in taken:
        assert re.fullmatch("[a-z_][a-z0-9_]*", word)
        assert len(word) <= 60
        assert word not in ("net", "lb", "logs", "print", "class")


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("hidden_spec", "hidden_spec"),
        ("Hidden Spec!", "hidden_spec"),
        ("Größe", "groe"),
        ("café", "cafe"),
        ("класс", "layer_spec"),
        ("7th", "layer_spec_7th"),
        ("class", "layer_spec_class"),
        ("Print", "layer_spec_print"),
        ("net", "layer_spec_net"),
        ('"); import os #', "import_os"),
        ("taken", "taken_2"),
    ],
)
def test_identifiers_resemble_their_names(name: str, word: str) -> None:
    assert identifier(name, "layer_spec", ("taken",)) == word


@given(st.one_of(NUMBERS, st.integers(), st.booleans(), st.none(), TEXTS, st.lists(NUMBERS), st.lists(st.booleans())))
def test_a_value_is_itself(value: Any) -> None:
    for form in (value, tuple(value)) if isinstance(value, list) else (value,):
        assert repr(eval(flat(node(form)), {})) == repr(form)


def test_repeated_items_are_written_as_a_sum() -> None:
    assert flat(node([1] * 5 + [0] * 20)) == "[1] * 5 + [0] * 20"
    assert flat(node((True,) * 30)) == "(True,) * 30"
    assert flat(node([0, 0, 1, 0])) == "[0, 0, 1, 0]"
    assert flat(node([])) == "[]"


def test_a_grid_has_the_rows_of_the_layer() -> None:
    assert grid("f(", list("123456"), 3, ")") == [
        "# fmt: off",
        "f([",
        "    1, 2, 3,",
        "    4, 5, 6,",
        "])",
        "# fmt: on",
    ]


def test_a_grid_too_wide_for_the_page_is_filled() -> None:
    lines = grid("f(", ["0.123456789"] * 40, 20, ")")
    assert max(map(len, lines)) <= 88
    assert ast.literal_eval("".join(lines[1:-1]).removeprefix("f(").removesuffix(")")) == [0.123456789] * 40


def nodes() -> st.SearchStrategy[Node]:
    words = st.sampled_from(["gi", "unit_spec", "low", "a_rather_long_keyword_argument"])
    atoms = st.one_of(NUMBERS.map(node), TEXTS.map(node), st.booleans().map(node))
    items = st.lists(atoms, max_size=12).flatmap(
        lambda some: st.sampled_from(["[]", "()"]).map(lambda brackets: Items(brackets, tuple(some)))
    )
    leaves: st.SearchStrategy[Any] = st.one_of(atoms, items)

    def call(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        args = st.lists(st.tuples(words, values), max_size=5, unique_by=lambda arg: arg[0])
        return st.builds(lambda some: CallOf("lb.LayerSpec", tuple(some)), args)

    return st.one_of(items, call(leaves), call(st.one_of(leaves, call(leaves))))


@settings(max_examples=10)
@given(st.lists(st.tuples(st.sampled_from(["", "x", "a_long_name.attribute"]), nodes()), min_size=30, max_size=60))
def test_statements_are_as_ruff_writes_them(parts: list[tuple[str, Node]]) -> None:
    lines = [line for target, value in parts for line in statement(target or "x", value)]
    assert unformatted("\n".join(lines) + "\n") == ""


def test_an_atom_is_never_broken() -> None:
    assert statement("", Atom("x" * 100)) == ["x" * 100]
