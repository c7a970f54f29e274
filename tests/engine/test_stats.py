"""Statistics: numbers worked out by hand, and every definition against its plain reading."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import leabra_studio as lb

stats = lb.stats
NUMBERS = st.floats(-1e100, 1e100)
ACTS = st.floats(0, 1)


@st.composite
def pairs(draw, numbers=ACTS, trials=(1, 5), units=(1, 5)):
    """Two arrays of the same shape."""
    shape = draw(st.tuples(st.integers(*trials), st.integers(*units)))
    rows = st.lists(st.lists(numbers, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0])
    return np.array(draw(rows)), np.array(draw(rows))


def test_sse_by_hand():
    targets = [[1, 0, 0, 1], [0, 1, 0, 0]]
    acts = [[0.9, 0.6, 0.2, 0.3], [0.4, 0.51, 0, 0.49]]
    np.testing.assert_allclose(stats.sse(targets, acts), [0.6**2 + 0.7**2, 0], rtol=1e-15)
    np.testing.assert_allclose(stats.average_sse(targets, acts), [(0.6**2 + 0.7**2) / 4, 0], rtol=1e-15)
    assert stats.sse([1, 0], [0.25, 0.5]) == 0.75**2 + 0.5**2
    assert stats.sse([1, 0], [0.5, 0], threshold=0.5) == 0.25, "a difference of the threshold is an error"
    np.testing.assert_allclose(stats.sse([1, 0], [0.9, 0.1], threshold=0), 0.02, rtol=1e-12)


@given(pairs(), ACTS)
def test_sse_is_the_sum_over_units_in_error(arrays, threshold):
    targets, acts = arrays
    plain = [
        math.fsum((t - a) ** 2 for t, a in zip(*rows, strict=True) if abs(t - a) >= threshold)
        for rows in zip(targets, acts, strict=True)
    ]
    np.testing.assert_allclose(stats.sse(targets, acts, threshold), plain, rtol=1e-12, atol=1e-300)
    np.testing.assert_allclose(
        stats.average_sse(targets, acts, threshold), np.divide(plain, targets.shape[1]), rtol=1e-12, atol=1e-300
    )


@given(pairs(NUMBERS))
def test_what_comes_before_the_units_is_kept(arrays):
    one, other = arrays
    runs = np.array([one, other]), np.array([other, one])
    for function in (stats.sse, stats.average_sse, stats.cos_diff):
        whole = function(*runs)
        assert whole.shape == runs[0].shape[:2]
        assert np.isfinite(whole).all()
        for run in range(2):
            for trial in range(len(one)):
                assert whole[run, trial] == function(runs[0][run, trial], runs[1][run, trial])
    assert stats.mean_activity(runs[0]).shape == runs[0].shape[:2]


def test_errors_are_counted_in_trials():
    errors = [[0, 0.3, 0, 1], [0, 0, 0, 0]]
    assert stats.error_count(errors).tolist() == [2, 0]
    assert stats.percent_correct(errors).tolist() == [50, 100]
    assert stats.error_count([0, 1]) == 1
    assert stats.percent_correct([0.0]) == 100


@given(st.lists(st.sampled_from([0.0, 0.5]), min_size=1))
def test_right_and_wrong_make_all(errors):
    assert stats.percent_correct(errors) / 100 * len(errors) + stats.error_count(errors) == pytest.approx(len(errors))


def test_cos_diff_by_hand():
    assert stats.cos_diff([1, 0], [0, 1]) == 0
    assert stats.cos_diff([3, 4], [4, 3]) == pytest.approx(24 / 25, rel=1e-15)
    assert stats.cos_diff([[0, 0]], [[1, 1]]).tolist() == [0]
    assert stats.cos_diff([1, 2, 3], [3, 2, 1], centred=True) == pytest.approx(-1, rel=1e-15)
    assert stats.cos_diff([0.1, 0.1, 0.1], [3, 2, 1], centred=True) == 0
    assert stats.cos_diff([5e-324, 0], [1e100, 0]) == 1


@given(pairs(units=(2, 6)))
def test_cos_diff_is_a_cosine(arrays):
    minus, plus = arrays
    cosines = stats.cos_diff(minus, plus)
    assert ((cosines >= 0) & (cosines <= 1)).all(), "activities have no negative part"
    np.testing.assert_array_equal(cosines, stats.cos_diff(plus, minus))
    same = stats.cos_diff(minus, minus)
    np.testing.assert_allclose(same, minus.any(axis=1), rtol=1e-12)
    assert (np.abs(stats.cos_diff(minus, plus, centred=True)) <= 1).all()


def test_cos_diff_is_the_one_that_the_network_learns_with():
    net = lb.Net(seed=3)
    net.new_layer("a", 3)
    net.new_layer("b", 4, lb.LayerSpec(log_on_trial=("cos_diff_avg",), avg_dt=1))
    net.new_projn("p", "a", "b", lb.ProjnSpec(dist=lb.Uniform(0.2, 0.8)))
    act = [variable.name for variable in lb.variables.UNIT_VARIABLES].index("act")
    net.clamp_layer("a", [1, 0.5, 0])
    net.minus_phase_cycle(20)
    minus = net.units[act, net.unit_slice("b")].copy()
    net.clamp_layer("b", [1, 0, 1, 0])
    net.plus_phase_cycle(10)
    plus = net.units[act, net.unit_slice("b")]
    assert net.observe("b", "cos_diff_avg")["cos_diff_avg"][0] == pytest.approx(stats.cos_diff(minus, plus), rel=1e-12)


def test_first_zero_by_hand():
    assert stats.first_zero([3, 1, 0, 2, 0, 0, 0]) == 2
    assert stats.first_zero([3, 1, 0, 2, 0, 0, 0], in_a_row=2) == 5
    assert stats.first_zero([3, 1, 0, 2, 0, 0, 0], in_a_row=3) == 6
    assert stats.first_zero([3, 1, 0, 2, 0, 0, 0], in_a_row=4) is None
    assert stats.first_zero([1, 1]) is None
    assert stats.first_zero([0], in_a_row=99) is None


@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=1, max_size=12), st.integers(1, 4))
def test_first_zero_is_where_a_loop_would_stop(errors, needed):
    in_a_row, stopped = 0, None
    for epoch, error in enumerate(errors):
        in_a_row = 0 if error else in_a_row + 1
        if in_a_row == needed:
            stopped = epoch
            break
    assert stats.first_zero(errors, needed) == stopped


def test_mean_activity_is_over_units():
    np.testing.assert_allclose(stats.mean_activity([[0, 1], [0.2, 0.4]]), [0.5, 0.3])


def test_settling_by_hand():
    acts = [[0, 0], [0.5, 0], [0.5, 0.2], [0.505, 0.2], [0.5, 0.2]]
    assert stats.settling_cycle(acts) == 2
    assert stats.settling_cycle(acts, tolerance=0.3) == 1
    assert stats.settling_cycle(acts, tolerance=1) == 0
    assert stats.settling_cycle(acts, tolerance=0) is None
    assert stats.settling_cycle([[0.3], [0.3]], tolerance=0) == 0


@given(st.lists(st.sampled_from([0.0, 0.005, 0.5]), min_size=2, max_size=8))
def test_nothing_moves_after_the_settling_cycle(values):
    changes = [abs(b - a) > stats.TOLERANCE for a, b in itertools.pairwise(values)]
    settled = stats.settling_cycle(np.array(values)[:, None])
    assert (settled is None) == changes[-1]
    if settled is not None:
        assert not any(changes[settled:])
        assert settled == 0 or changes[settled - 1]


def test_confusion_by_hand():
    targets = np.eye(3)[[0, 0, 1, 2, 2, 2]]
    acts = [[0.9, 0, 0], [0.1, 0.2, 0], [0, 0.7, 0.6], [0, 0, 0], [0.4, 0, 0.4], [0, 0.1, 0.3]]
    assert stats.confusion(targets, acts).tolist() == [[1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 2]]
    assert stats.confusion(np.zeros((0, 2)), np.zeros((0, 2))).tolist() == [[0, 0, 0], [0, 0, 0]]


def test_winner_error_by_hand():
    targets = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1], [1, 1, 0], [0, 0, 0], [0, 0, 0]]
    acts = [[0.4, 0.3, 0], [0.4, 0.3, 0], [0, 0, 0], [0.2, 0, 0.2], [0.1, 0.2, 0], [0, 0, 0], [0, 0.1, 0]]
    assert stats.winner_error(targets, acts).tolist() == [0, 1, 1, 1, 0, 0, 1]
    assert stats.winner_error([0, 0.9], [0.1, 0.2]) == 0
    assert stats.percent_correct(stats.winner_error(targets, acts)) == pytest.approx(300 / 7)


@given(pairs(), st.data())
def test_winners_are_right_where_the_confusion_matrix_has_its_diagonal(arrays, data):
    acts, _ = arrays
    answers = data.draw(st.lists(st.integers(0, acts.shape[1] - 1), min_size=len(acts), max_size=len(acts)))
    targets = np.eye(acts.shape[1])[answers]
    assert stats.error_count(stats.winner_error(targets, acts)) == len(acts) - np.trace(stats.confusion(targets, acts))


@given(pairs(), st.data())
def test_every_trial_is_in_the_confusion_matrix_once(arrays, data):
    acts, _ = arrays
    answers = data.draw(st.lists(st.integers(0, acts.shape[1] - 1), min_size=len(acts), max_size=len(acts)))
    counts = stats.confusion(np.eye(acts.shape[1])[answers], acts)
    assert counts.sum() == len(acts)
    assert counts.sum(axis=1).tolist() == np.bincount(answers, minlength=acts.shape[1]).tolist()


OF_ONE = (stats.mean_activity, stats.error_count, stats.percent_correct, stats.first_zero, stats.settling_cycle)
OF_TWO = (stats.sse, stats.average_sse, stats.cos_diff, stats.winner_error, stats.confusion)


@pytest.mark.parametrize("function", OF_ONE + OF_TWO)
@pytest.mark.parametrize(
    "wrong", [None, "abc", [], 0.5, [["a"]], [math.nan], [math.inf], [1e101], [10**400], [[1], []]]
)
def test_what_are_no_numbers_is_refused(function, wrong):
    arguments = (wrong,) if function in OF_ONE else (wrong, wrong)
    with pytest.raises(lb.ValidationError, match=rf"^stats\.{function.__name__}\.\w+: must .*"):
        function(*arguments)


@pytest.mark.parametrize("function", OF_TWO)
def test_shapes_must_be_the_same(function):
    with pytest.raises(lb.ValidationError, match=r"must have the shape of \w+, \(1, 2\) \(got \(1, 3\)\)"):
        function([[1, 0]], [[1, 0, 0]])


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: stats.sse([1], [1], threshold=-1), "stats.sse.threshold: must not be negative (got -1)"),
        (lambda: stats.sse([1], [1], threshold=True), "stats.sse.threshold: must be a finite number (got True)"),
        (lambda: stats.error_count([-1]), "stats.error_count.sse: must not be negative (got -1)"),
        (lambda: stats.first_zero([1], 0), "stats.first_zero.in_a_row: must be a whole number, at least 1 (got 0)"),
        (lambda: stats.first_zero([[1]]), "stats.first_zero.sse: must hold the epochs of one run (got an array of"),
        (lambda: stats.settling_cycle([[1]]), "stats.settling_cycle.acts: must be at least two cycles of units"),
        (lambda: stats.settling_cycle([[1], [1]], math.nan), "stats.settling_cycle.tolerance: must be a finite number"),
        (lambda: stats.confusion([1], [1]), "stats.confusion.targets: must be trials of units (got an array of shape"),
        (
            lambda: stats.confusion([[1, 0], [1, 1]], [[1, 0], [1, 1]]),
            "stats.confusion.targets: must have one unit at 1 and the others at 0 in every trial (trial 1 has not)",
        ),
        (
            lambda: stats.confusion([[1, 0.5]], [[1, 0]]),
            "stats.confusion.targets: must have one unit at 1 and the others at 0 in every trial (trial 0 has not)",
        ),
    ],
)
def test_refusals_say_why(call, sentence):
    with pytest.raises(lb.ValidationError) as caught:
        call()
    assert str(caught.value).startswith(sentence)
