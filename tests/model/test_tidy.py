import pytest

from leabra_studio.model import Layer, Model, Projn, View, edits


def net(*pairs: str, inputs: str = "a") -> Model:
    """A model of one-letter layers with projections such as ``ab``."""
    layers = sorted({letter for pair in pairs for letter in pair})
    return Model(
        layers=tuple(Layer(name, role="input" if name in inputs else "hidden") for name in layers),
        projns=tuple(Projn(pair, *pair) for pair in dict.fromkeys(pairs) if len(pair) == 2),
    )


def columns(model: Model) -> list[str]:
    xs = sorted({layer.x for layer in model.layers})
    return ["".join(layer.name for layer in model.layers if layer.x == x) for x in xs]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (["ab", "bc"], ["a", "b", "c"]),
        (["ab", "ba", "bc", "cb"], ["a", "b", "c"]),
        (["ab", "ac", "bd", "cd"], ["a", "bc", "d"]),
        (["ac", "ab", "bc", "cd"], ["a", "bc", "d"]),
        (["aa", "ab"], ["a", "b"]),
        (["bc", "cb"], ["b", "c"]),
        (["ab", "cd"], ["ac", "bd"]),
        (["ba", "ab"], ["a", "b"]),
        (["ab", "z"], ["az", "b"]),
    ],
)
def test_layers_stand_after_what_feeds_them(pairs: list[str], expected: list[str]) -> None:
    assert columns(edits.tidy(net(*pairs))) == expected


def test_small_neighbours_are_260_pixels_apart() -> None:
    tidy = edits.tidy(net("ab", "bc"))
    assert [layer.x for layer in tidy.layers] == [-260, 0, 260]
    assert {layer.y for layer in tidy.layers} == {0}


def test_upwards() -> None:
    tidy = edits.tidy(net("ab", "bc"), "up")
    assert [layer.y for layer in tidy.layers] == [220, 0, -220]
    assert {layer.x for layer in tidy.layers} == {0}


def test_large_layers_do_not_overlap() -> None:
    model = Model(layers=tuple(Layer(name, (64, 64)) for name in "ab"), projns=())
    a, b = edits.tidy(model).layers
    assert abs(a.y - b.y) >= 64 * 10


def test_the_drawing_stays_where_it_was() -> None:
    model = edits.move(net("ab", "bc"), {"a": (1000, 500), "b": (1100, 520), "c": (1200, 500)})
    tidy = edits.tidy(model)
    assert [(layer.x, layer.y) for layer in tidy.layers] == [(840, 510), (1100, 510), (1360, 510)]


def test_tidying_twice_changes_nothing_more() -> None:
    tidy = edits.tidy(net("ac", "ab", "bc", "cd", "db"))
    assert edits.tidy(tidy) == tidy
    assert edits.tidy(Model(view=View())) == Model()
