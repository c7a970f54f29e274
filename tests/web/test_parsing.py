"""Typed text becomes a value or a sentence, never anything else."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leabra_studio.engine.specs import SPECS
from leabra_studio.errors import ValidationError
from leabra_studio.web.parsing import parse_number, parse_numbers, parse_value, parse_whole

GI = SPECS["layer"].params()["gi"]
DIST = SPECS["projn"].params()["dist"]
MASK = SPECS["projn"].params()["pre_mask"]
FLAG = SPECS["projn"].params()["cos_diff_lrate"]


@pytest.mark.parametrize(
    ("text", "value"), [("1.5", 1.5), (" 2 ", 2.0), ("1/1.4", 1 / 1.4), ("-1e-3", -0.001), (".5", 0.5)]
)
def test_numbers_and_fractions(text, value):
    assert parse_number("Field", "gi", text) == value


@pytest.mark.parametrize(
    "text", ["", "  ", "abc", "nan", "inf", "-inf", "1e999", "1/0", "1/2/3", "1,5", "0x10", "1 2", "🧠", "9" * 3000]
)
def test_what_is_no_number_is_refused_with_the_value_got(text):
    with pytest.raises(ValidationError, match=r"must be a number|too long"):
        parse_value(GI, text)


def test_whole_numbers():
    assert parse_whole("Layer", "rows", "7") == 7
    with pytest.raises(ValidationError, match=r"whole number \(got 1.5\)"):
        parse_whole("Layer", "rows", "1.5")


def test_lists_of_numbers_in_any_usual_form():
    assert parse_numbers("Layer", "inputs", "1, 0; 0.5 .25") == (1.0, 0.0, 0.5, 0.25)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.7", {"type": "Scalar", "value": 0.7}),
        ("Uniform(0.25, 0.75)", {"type": "Uniform", "low": 0.25, "high": 0.75}),
        ("Uniform(low=0.25, high=.75)", {"type": "Uniform", "low": 0.25, "high": 0.75}),
        (" Gaussian ( .5 , .1 ) ", {"type": "Gaussian", "mean": 0.5, "var": 0.1}),
    ],
)
def test_distributions(text, value):
    assert parse_value(DIST, text) == value


@pytest.mark.parametrize(
    "text", ["", "Uniform", "Uniform(1)", "Uniform(1,2,3)", "eval(1, 2)", "__import__('os')", "Uniform(a, b)"]
)
def test_what_is_no_distribution_is_refused(text):
    with pytest.raises(ValidationError, match=r"Field\.dist: must be"):
        parse_value(DIST, text)


def test_masks_and_flags():
    assert parse_value(MASK, "1, 0, on, off") == (True, False, True, False)
    assert parse_value(FLAG, "On") is True
    with pytest.raises(ValidationError, match="on or off"):
        parse_value(FLAG, "perhaps")


@pytest.mark.parametrize("raw", [[1], {"a": 1}, object()])
def test_structures_are_refused(raw):
    with pytest.raises(ValidationError, match="must be a float"):
        parse_value(GI, raw)


def read(text: str) -> float | str:
    try:
        return parse_value(GI, text)
    except ValidationError as error:
        return str(error)


@given(st.text())
def test_any_text_is_a_finite_number_or_a_sentence(text):
    result = read(text)
    assert result.startswith("Field.gi: ") if isinstance(result, str) else math.isfinite(result)
