"""Files of patterns: what is in them, what is wrong with them, and that what was written is read again."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leabra_studio.errors import FormatError
from leabra_studio.model import Layer, PatternTable, Row, limits
from leabra_studio.model.tables import Fault, Preview, read, written
from tests.model import samples

NET = (Layer("input", (2, 2), "input"), Layer("mid"), Layer("output", (1, 2), "target"))
PLAIN = """name,"input[0,0]","input[0,1]","input[1,0]","input[1,1]",output_0,output_1
one,1,0,0.5,0,1,0
,0,1e-3,.25,1,0,1
"""
EMERGENT = (
    "_H:\t$Name\t%Input[2:0,0]<2:2,2>\t%Input[2:0,1]\t%Input[2:1,0]\t%Input[2:1,1]\t"
    "%Output[2:0,0]<2:1,2>\t%Output[2:0,1]\n"
    '_D:\t"evt_0"\t1\t0\t0.5\t0\t1\t0\n'
    "_D:\t\t0\t0.001\t0.25\t1\t0\t1\n"
)
ROWS = (
    Row("one", {"input": (1, 0, 0.5, 0), "output": (1, 0)}),
    Row("", {"input": (0, 0.001, 0.25, 1), "output": (0, 1)}),
)


Made = tuple[tuple[Layer, ...], PatternTable]


def faults(data: str | bytes, layers: Sequence[Layer] = NET, **mapping: str | None) -> list[tuple[Any, ...]]:
    return [(fault.row, fault.column, fault.message) for fault in read(data, layers, mapping).faults]


def refused(data: Any) -> str:
    with pytest.raises(FormatError) as caught:
        read(data, NET)
    return str(caught.value)


def test_plain_columns_are_read() -> None:
    preview = read(PLAIN, NET)
    assert preview.rows == ROWS
    assert preview.mapping == {"input": "input", "output": "output"}
    assert [(group.name, group.shape) for group in preview.groups] == [("input", (2, 2)), ("output", (1, 2))]
    assert (preview.count, preview.fault_count, preview.missing, preview.ignored) == (2, 0, (), ())
    PatternTable("t", preview.rows)


def test_emergents_tables_are_read() -> None:
    preview = read(EMERGENT, NET)
    assert preview.mapping == {"Input": "input", "Output": "output"}
    assert preview.rows == (Row("evt_0", ROWS[0].values), ROWS[1])
    assert preview.faults == ()
    unmarked = "\n".join(line.partition("\t")[2] for line in EMERGENT.splitlines())
    assert read(unmarked, NET).rows == preview.rows


def test_files_of_the_first_emergent_count_columns_first() -> None:
    """A header as in emer/leabra, examples/mpi/random_5x5_24.tsv: the first index runs fastest, and is x."""
    header = ["%in[2:0,0]<2:3,2>", *(f"%in[2:{x},{y}]" for y in range(2) for x in range(3) if x or y)]
    file = "\t".join(["_H:", "$Name", *header]) + "\n_D:\te\t1\t0\t0\t0\t0\t0.5\n"
    (group,) = read(file, [Layer("in", (2, 3), "input")]).groups
    assert (group.shape, group.places) == ((2, 3), (2, 3, 4, 5, 6, 7))
    assert read(file, [Layer("in", (2, 3), "input")]).rows[0].values["in"] == (1, 0, 0, 0, 0, 0.5)


def test_groups_of_units_stand_side_by_side() -> None:
    index = [(pr, pc, r, c) for pr in range(2) for pc in range(2) for r in range(1) for c in range(2)]
    header = ["%in[4:0,0,0,0]<4:2,2,1,2>", *(f"%in[4:{','.join(map(str, i))}]" for i in index[1:])]
    file = "\t".join(header) + "\n" + "\t".join(f"0.{i}" for i in range(8)) + "\n"
    preview = read(file, [Layer("in", (2, 4), "input")])
    assert preview.groups[0].shape == (2, 4)
    assert preview.rows[0].values["in"] == (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
    tall = file.replace("<4:2,2,1,2>", "<4:2,1,2,2>")
    for old, new in zip(index, [(a, 0, b, c) for a in range(2) for b in range(2) for c in range(2)], strict=True):
        tall = tall.replace(f"[4:{','.join(map(str, old))}]", f"[4;{','.join(map(str, new))}]")
    assert read(tall.replace("[4;", "[4:"), [Layer("in", (4, 2), "input")]).rows == preview.rows


@pytest.mark.parametrize(
    "file",
    [
        PLAIN.replace('"input[0,0]","input[0,1]","input[1,0]","input[1,1]"', "Input_1,Input_2,Input_3,Input_4"),
        "\n\r\n" + PLAIN + "\n,,,,,,\n",
        "\ufeff" + PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("name", "EVENT").replace("\n", ",,\n"),
        PLAIN.replace('"input[0,0]","input[0,1]"', '"input[0, 0]","input[0, 1]"').encode("utf-8-sig"),
        PLAIN.replace('","', '"\t"').replace(",", "\t").replace("[0\t", "[0,").replace("[1\t", "[1,").encode("utf-16"),
        PLAIN.replace('","', '";"').replace(",", ";").replace(".", ",").replace("[0;", "[0,").replace("[1;", "[1,"),
    ],
    ids=["from 1 on", "empty rows", "windows", "empty columns", "bytes", "unicode text", "semicolons"],
)
def test_other_ways_to_write_the_same(file: str | bytes) -> None:
    preview = read(file, NET)
    assert (preview.faults, preview.rows) == ((), ROWS)


def test_columns_in_any_order_and_of_single_units() -> None:
    layers = [Layer("a", role="input"), Layer("b_0", role="target"), Layer("c", (1, 2))]
    preview = read("b_0,c_1,what,a,c_0\n1,0,?,0.5,1\n", layers)
    assert preview.rows == (Row("", {"a": (0.5,), "b_0": (1,), "c": (1, 0)}),)
    assert preview.ignored == ("what",)
    assert list(preview.rows[0].values) == ["a", "b_0", "c"], "inputs and targets first"


def test_columns_can_be_given_to_other_layers() -> None:
    file = "x_0,x_1,input_0\n1,0,1\n"
    assert faults(file, input=None) == [(1, None, "No column is for a layer: the file has 'x', 'input', the network "
                                         "'input', 'mid', 'output'")]  # fmt: skip  # one sentence
    preview = read(file, NET, {"x": "output", "input": "mid"})
    assert preview.rows == (Row("", {"output": (1, 0), "mid": (1,)}),)
    assert preview.missing == ("input",)
    assert faults(file, x="none", input="mid") == [(1, 1, "'x': there is no layer 'none'")]
    assert faults("x_0,y_0\n1,1\n", x="mid", y="mid") == [(1, 2, "'y': other columns are for 'mid' already")]


def test_wishes_that_are_no_names_are_faults() -> None:
    assert faults("\n\nx_0\n1\n", x=["mid"]) == [(3, 1, "'x': there is no layer ['mid']")]  # type: ignore[arg-type]  # the test


def test_names_alike_but_for_their_case_are_not_guessed() -> None:
    layers = [Layer("In", role="input"), Layer("IN", role="input")]
    assert read("In_0\n1\n", layers).mapping == {"In": "In"}
    assert read("in_0\n1\n", layers).mapping == {}


@pytest.mark.parametrize(
    ("file", "found"),
    [
        (PLAIN.replace("0.5", "1.5"), [(2, 4, "must be a number from 0 to 1 (got '1.5')")]),
        (PLAIN.replace("0.5", "nan"), [(2, 4, "must be a number from 0 to 1 (got 'nan')")]),
        (PLAIN.replace(".25", "many"), [(3, 4, "must be a number from 0 to 1 (got 'many')")]),
        (PLAIN.replace("0.5", " "), [(2, 4, "must be a number from 0 to 1 (the cell is empty)")]),
        (PLAIN.replace("0,1\n", "0\n"), [(3, 7, "must be a number from 0 to 1 (the cell is empty)")]),
        (PLAIN.replace("0,1\n", "0,1,7\n"), [(3, None, "has 8 cells, the header 7")]),
        (PLAIN.replace("one", "\0"), [(2, 1, "the name must be one line of visible characters (got '\\x00')")]),
        (PLAIN.replace("one", "x" * 81), [(2, 1, "the name must have at most 80 characters (got 81)")]),
        (
            PLAIN.replace("output_1", "output_2"),
            [(1, 6, "'output': it has 2 columns, for 3 units there must be 3")],
        ),
        (PLAIN.replace("output_1", "output_0"), [(1, 6, "'output': one of its columns is there twice")]),
        (
            PLAIN.replace('"input[0,0]"', "input_0"),
            [(1, 2, "'input': some of its columns have one number")],
        ),
        (PLAIN.replace("output", "mid"), [(1, 6, "'mid': it has 2 columns, 'mid' has 1 units")]),
        (PLAIN.split("\n")[0], [(None, None, "The file has no rows of patterns under its header")]),
        (EMERGENT.replace("_D:\t\t", "D:\t\t"), [(3, 1, "must begin with _D: (got 'D:')")]),
        (
            EMERGENT.replace("<2:1,2>", "<2:1,3>"),
            [(1, 7, "'Output': it has 2 columns, for 1 x 3 units")],
        ),
        (
            EMERGENT.replace("<2:1,2>", "<1:2>"),
            [(1, 7, "'Output': it has 2 columns, for 2 units there")],
        ),
        ("_H:\t%Input[3:0,0,0]\n_D:\t1\n", [(1, 2, "'Input': it has 3 dimensions; 1, 2 and 4 can be read")]),
        ("input_999999\n1\n", [(1, 1, "'input': it has 1 columns, for 1000000 units there must be 1,000,000 with")]),
    ],
)
def test_faults_name_row_and_column(file: str, found: list[tuple[Any, ...]]) -> None:
    assert [(row, column) for row, column, _ in faults(file)] == [(row, column) for row, column, _ in found]
    for (_, _, message), (_, _, start) in zip(faults(file), found, strict=True):
        assert message.startswith(start)


def test_rows_without_a_fault_are_kept() -> None:
    preview = read(PLAIN.replace("0.5", "5"), NET)
    assert (preview.count, preview.rows) == (2, ROWS[1:])
    bad = PLAIN + "x,2,2,2,2,2,2\n" * 100
    preview = read(bad, NET)
    assert (preview.count, len(preview.rows), len(preview.faults), preview.fault_count) == (102, 2, 200, 600)
    assert preview.faults[0] == Fault("must be a number from 0 to 1 (got '2')", 4, 2)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "A table must be text or bytes (got None)"),
        ("", "The file is empty; its first row must name the columns"),
        ("\n , \n", "The file is empty; its first row must name the columns"),
        (b"\xff", "The file is not text in UTF-8; save it as CSV UTF-8"),
        (b"\xff\xfe\x00", "The file is not text in UTF-8; save it as CSV UTF-8"),
        ("x" * (limits.TABLE_BYTES + 1), "The file is too large: 16,777,217 bytes, at most 16,777,216 are read"),
        ("x_0\n" + "1\n" * (limits.EVENTS + 1), "The file has too many rows; at most 10,000 are read"),
        ("," * 30_000, "Row 1 has too many cells; at most 20,000 are read"),
        ('a,"b\n1,2', "The file is no table: unexpected end of data after row 0"),
        ('a,b\n"1"2,3', "The file is no table: ',' expected after '\"' after row 1"),
        ("a," + "x" * 200_000, "The file is no table: field larger than field limit (131072) after row 0"),
    ],
)
def test_what_is_no_table_is_refused(data: Any, sentence: str) -> None:
    assert refused(data) == sentence


def test_too_many_values_are_refused() -> None:
    layers = [Layer("in", (1, 4096), "input")]
    header, row = ",".join(f"in_{i}" for i in range(4096)), ",".join("0" * 4096)
    with pytest.raises(FormatError, match="holds too many values; at most 500,000"):
        read("\n".join([header, *[row] * 130]), layers)


@st.composite
def tables(draw: st.DrawFn) -> Made:
    """Layers with hostile names, and a table for them."""
    called = draw(st.lists(samples.names().map(str.strip), min_size=1, max_size=3, unique=True))
    shapes = st.tuples(st.integers(1, 3), st.integers(1, 3))
    layers = tuple(Layer(name, draw(shapes), draw(st.sampled_from(["input", "target"]))) for name in called)
    acts = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0, 1))
    names = st.just("") | samples.names() | st.sampled_from(["=1+1", "'=x", "'", "-", "@", '"', "a\u00a0"])
    values = st.fixed_dictionaries({layer.name: st.tuples(*[acts] * layer.size) for layer in layers})
    row = st.builds(Row, names, values)
    return layers, PatternTable("t", tuple(draw(st.lists(row, min_size=1, max_size=4))))


@pytest.mark.parametrize("form", ["csv", "tsv", "emergent"])
@given(made=tables(), as_bytes=st.booleans())
def test_what_was_written_is_read_again(form: Any, made: Made, as_bytes: bool) -> None:
    layers, table = made
    text = written(table, layers, form)
    preview = read(text.encode() if as_bytes else text, layers)
    assert preview.faults == ()
    assert preview.rows == table.rows
    assert {group.name: group.shape for group in preview.groups} == {layer.name: layer.shape for layer in layers}


def test_files_are_written_as_others_write_them() -> None:
    table = PatternTable("t", ROWS)
    assert written(table, NET).splitlines()[:2] == [
        '"name","input[0,0]","input[0,1]","input[1,0]","input[1,1]","output_0","output_1"',
        '"one",1,0,0.5,0,1,0',
    ]
    assert written(table, NET, "emergent").splitlines()[0] == EMERGENT.splitlines()[0].replace("In", "in").replace(
        "Out", "out"
    )
    assert written(PatternTable("t"), NET, "tsv").count("\t") == 6
    narrow = PatternTable("t", (Row("=1", {"input": (1, 1), "gone": (1,)}),))
    assert written(narrow, NET) == '"name","input_0","input_1","gone_0"\n"\'=1",1,1,1\n'


EMERGENTS = ["_H:", "_D:", "$Name", "%in[2:0,0]<2:1,1>", "%x[9:9,9"]
CELLS = [
    "name",
    "input_0",
    "output_0",
    "output_1",
    "input[0,0]",
    "output[0]",
    "0",
    "1",
    "",
    '"',
    "[",
    "1e999",
    "\0",
    "\ud800",
]


@given(
    st.lists(st.lists(st.sampled_from(EMERGENTS + CELLS) | st.text(max_size=5), max_size=6), max_size=5),
    st.sampled_from("\t,;"),
)
def test_any_table_has_a_preview_or_a_sentence(cells: list[list[str]], divider: str) -> None:
    check("\n".join(divider.join(row) for row in cells))


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200)))
def test_any_file_has_a_preview_or_a_sentence(data: str | bytes) -> None:
    check(data)


@given(st.data())
def test_any_bytes_changed_are_no_crash(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from([PLAIN, EMERGENT])).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=5))
    check(bytes(raw))


def check(data: str | bytes) -> Preview | None:
    try:
        preview = read(data, NET)
    except FormatError:
        return None
    PatternTable("t", preview.rows)
    assert preview.count - len(preview.rows) <= preview.fault_count or not preview.mapping
    assert bool(preview.faults) == bool(preview.fault_count)
    return preview
