"""Seeds as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leabra_studio.errors import LeabraError
from leabra_studio.model import limits
from leabra_studio.session.batches import RUNS
from leabra_studio.web.seeds import first_seeds, parse_seeds, write_seeds


@pytest.mark.parametrize(
    ("text", "seeds"),
    [
        ("42-45", (42, 43, 44, 45)),
        (" 1, 5 ,9 ", (1, 5, 9)),
        ("3 from 7", (7, 8, 9)),
        ("1 2 3-4", (1, 2, 3, 4)),
        ("5 – 6; 9", (5, 6, 9)),
        (str(limits.SEED), (limits.SEED,)),
    ],
)
def test_seeds_as_people_write_them(text, seeds):
    assert parse_seeds(text) == seeds


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "must be whole numbers, such as 42-51"),
        (["1"], "must be whole numbers"),
        ("", "got none"),
        (" , ", "got none"),
        ("x", r"got x"),
        ("1.5", r"got 1\.5"),
        ("-4", "got -4"),
        ("1e9", "got 1e9"),
        ("٣", "got ٣"),
        ("9-3", "must go upwards .*try 3-9"),
        ("1, 2, 1", "must differ from each other .got 1 twice"),
        ("1-101", f"must be {RUNS} at most .got 101"),
        ("1-999999999999", "at most"),
        ("999999999999 from 1", "at most"),
        ("0 from 4", "got none"),
        (str(limits.SEED + 1), "must be up to 4294967295"),
        ("1," * 5000, "must be whole numbers"),
    ],
)
def test_seeds_that_are_none_are_a_sentence(text, sentence):
    with pytest.raises(LeabraError, match=sentence):
        parse_seeds(text)


@given(st.lists(st.integers(0, limits.SEED) | st.integers(0, 20), min_size=1, max_size=RUNS, unique=True))
def test_seeds_are_read_as_they_were_written(seeds):
    text = write_seeds(seeds)
    if len(text) <= 2000:
        assert parse_seeds(text) == tuple(seeds)


def test_the_first_seeds_are_those_of_the_model():
    assert (first_seeds(42), first_seeds(limits.SEED)) == ("42-51", f"{limits.SEED - 9}-{limits.SEED}")
