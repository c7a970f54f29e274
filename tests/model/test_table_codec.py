"""Tables of patterns and training plans inside a document; what is common to all its parts is in test_codec."""

import json
from typing import Any

import pytest

from leabra_studio.errors import FormatError
from leabra_studio.model import Model, PatternTable, Row, codec, limits

HEAD = {"format": "leabra-studio", "version": 2}


def refused(changes: dict[str, Any]) -> str:
    with pytest.raises(FormatError) as caught:
        codec.loads(json.dumps({**HEAD, **changes}))
    return str(caught.value)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"patterns": [{}]}, "patterns[0]: must have the key 'name'"),
        ({"patterns": [{"name": "t"}, {"name": "t"}]}, "patterns[1].name: must be a new name (got 't' again)"),
        ({"patterns": [{"name": "t", "rows": 3}]}, "patterns[0].rows: must be a list (got 3)"),
        ({"patterns": [{"name": "t", "layers": [3]}]}, "patterns[0].layers: must be names of layers, each once"),
        ({"patterns": [{"name": "t", "layers": ["a", "a"]}]}, "patterns[0].layers: must be names of layers, each once"),
        (
            {"patterns": [{"name": "t", "layers": ["\n"], "rows": [["", [1]]]}]},
            "patterns[0].layers: must not be empty",
        ),
        (
            {"patterns": [{"name": "t", "layers": ["a"], "rows": [["e"]]}]},
            "patterns[0].rows[0]: must hold a name and 1 patterns (got 1 items)",
        ),
        ({"patterns": [{"name": "t", "rows": [[]] * 10_001}]}, "patterns[0].rows: must have at most 10,000 items"),
        ({"patterns": [{"name": "t"}] * 51}, "patterns: must have at most 50 items (got 51)"),
        ({"patterns": [{"name": "t", "rows": [[3]]}]}, "patterns[0].rows[0][0]: must be a text (got 3)"),
        (
            {"patterns": [{"name": "t", "layers": ["a"], "rows": [["e", [0, 1]], ["e", [0, 1.5]]]}]},
            "patterns[0].rows[1][1][1]: must be a number from 0 to 1 (got 1.5)",
        ),
        (
            {"patterns": [{"name": "t", "layers": ["a"], "rows": [["e", [0, 1]], ["e", [0]]]}]},
            "patterns[0].rows[1]: must have values for 'a' (2), as row 0 has (got 'a' (1))",
        ),
        ({"plan": {"epochs": 0}}, "plan.epochs: must be in the range 1 to 100000 (got 0); the default is 500"),
        ({"plan": {"train": "z"}}, "plan.train: must be the name of a table of patterns (got 'z')"),
        (
            {"plan": {"lrate_schedule": {"type": "Step", "every": 2, "factor": 2}}},
            "plan.lrate_schedule.factor: must be",
        ),
    ],
)
def test_errors_name_the_place(changes: dict[str, Any], sentence: str) -> None:
    assert refused(changes).startswith(sentence)


def test_tables_may_not_be_too_large_together() -> None:
    rows = [["", [0] * 100]] * 2600
    tables = [{"name": str(i), "layers": ["a"], "rows": rows} for i in range(2)]
    assert (
        refused({"patterns": tables}) == "A model may have at most 500,000 values in patterns (this would be 520,000)"
    )
    tables = [{"name": str(i), "layers": [], "rows": [[""]] * 2600} for i in range(4)]
    assert refused({"patterns": tables}) == "A model may have at most 10,000 rows of patterns (this would be 10,400)"


def test_the_largest_tables_fit_into_a_document() -> None:
    name, acts = "\U0001f600" * limits.NAME_LENGTH, (0.12345678901234567e-9,) * (limits.PATTERN_VALUES // limits.EVENTS)
    table = PatternTable(name, (Row(name, {name: acts}),) * limits.EVENTS)
    text = codec.dumps(Model(patterns=(table,)))
    assert len(text.encode()) < limits.DOCUMENT_BYTES


def test_numbers_are_kept_to_the_last_bit_and_whole_ones_are_short() -> None:
    acts = (0.0, 1.0, 1 / 3, 5e-324, 1 - 2**-53)
    text = codec.dumps(Model(patterns=(PatternTable("t", (Row("e", {"a": acts}),)),)))
    assert '["e",[0,1,0.3333333333333333,5e-324,0.9999999999999999]]' in text
    assert repr(codec.loads(text).patterns[0].rows[0].values["a"]) == repr(acts)
