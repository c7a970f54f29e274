"""Small nets for tests: fixed ones, and random ones for hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

import leabra_studio as lb

V = {v.name: row for row, v in enumerate(lb.variables.UNIT_VARIABLES)}
"""Row of each variable in `Net.units`."""


def small(seed: int = 3, **layer_values: Any) -> lb.Net:
    """Return a 4-3-2 net with feedback, drawn weights and a sparse projection."""
    net = lb.Net(seed=seed)
    for name, size in (("in", 4), ("mid", 3), ("out", 2)):
        net.new_layer(name, size, lb.LayerSpec(**layer_values))
    drawn = {"dist": lb.Uniform(0.25, 0.75)}
    net.new_projn("up", "in", "mid", lb.ProjnSpec(**drawn, sparsity=0.75))
    net.new_projn("on", "mid", "out", lb.ProjnSpec(**drawn))
    net.new_projn("back", "out", "mid", lb.ProjnSpec(**drawn, wt_scale_rel=0.3))
    return net


def trial(net: lb.Net, k: int = 0, minus: int = 15, plus: int = 5) -> None:
    """Run one trial of a `small` net with the k-th pattern, and learn."""
    net.clamp_layer("in", [1, k % 2, 0.5, 0])
    net.minus_phase_cycle(minus)
    net.clamp_layer("out", [1 - k % 2, k % 2])
    net.plus_phase_cycle(plus)
    net.unclamp_layer("in")
    net.unclamp_layer("out")
    net.learn()


def one(**values: Any) -> lb.Net:
    """Return a net of one layer of three units."""
    net = lb.Net(seed=1)
    net.new_layer("a", 3, lb.LayerSpec(**values))
    return net


def everything(net: lb.Net) -> tuple[list[bytes], dict[str, int]]:
    """Return all state of a net, to be compared."""
    return [array.tobytes() for array in net._state.arrays], {freq: log.count for freq, log in net._logs.items()}


def _numbers(lo: float, hi: float) -> st.SearchStrategy[float]:
    return st.floats(lo, hi, allow_subnormal=False)


unit_specs = st.builds(
    lb.UnitSpec,
    gc_l=_numbers(0, 0.5),
    net_dt=_numbers(0.1, 1),
    vm_dt=_numbers(0.1, 0.6),
    adapt_dt=_numbers(0, 0.05),
    spike_gain=_numbers(0, 0.02),
    syn_tr=_numbers(0.2, 1),
    integ=_numbers(0.5, 1),
    m_dt=_numbers(0, 0.5),
)

layer_specs = st.builds(
    lb.LayerSpec,
    inhibition_type=st.sampled_from(("fffb", "kwta", "kwta_avg", "none")),
    kwta_pct=_numbers(0, 1),
    kwta_pt=_numbers(0, 1),
    gi=_numbers(0, 3),
    fb=_numbers(0, 2),
    avg_dt=_numbers(0, 0.5),
    unit_spec=unit_specs,
)

masks = st.lists(st.booleans(), min_size=1, max_size=4).map(tuple)

projn_specs = st.builds(
    lb.ProjnSpec,
    dist=st.sampled_from((lb.Scalar(0.4), lb.Uniform(0.1, 0.9))),
    sparsity=st.sampled_from((1.0, 0.5, 0.2, 0.0)),
    pre_mask=st.just((True,)) | masks,
    post_mask=st.just((True,)) | masks,
    wt_scale_abs=_numbers(0, 2),
    wt_scale_rel=_numbers(0, 2),
    lrate=_numbers(0, 0.2),
    thr_l_mix=_numbers(0, 1),
    cos_diff_thr_l_mix=st.booleans(),
    cos_diff_lrate=st.booleans(),
    sig_gain=st.sampled_from((6.0, 4.0, 1.5)),
    sig_offset=_numbers(0.5, 2),
)


@st.composite
def random_nets(draw: st.DrawFn) -> lb.Net:
    """Draw a net of up to three layers and four projections, with any specs."""
    net = lb.Net(seed=draw(st.integers(0, 99)))
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=3))
    for i, size in enumerate(sizes):
        net.new_layer(f"l{i}", size, draw(layer_specs))
    ends = st.integers(0, len(sizes) - 1)
    for i, (pre, post) in enumerate(draw(st.lists(st.tuples(ends, ends), max_size=4))):
        spec = draw(projn_specs)
        if sizes[pre] == sizes[post] and set(spec.pre_mask) == set(spec.post_mask) == {True} and draw(st.booleans()):
            spec.projn_type = "one_to_one"
        net.new_projn(f"p{i}", f"l{pre}", f"l{post}", spec)
    return net


@st.composite
def programs(draw: st.DrawFn) -> list[tuple[Any, ...]]:
    """Draw a few calls on a random net: (verb, arguments...)."""
    acts = st.lists(_numbers(0, 1), min_size=1, max_size=5)
    call = st.one_of(
        st.tuples(st.just("clamp"), st.integers(0, 2), acts),
        st.tuples(st.just("unclamp"), st.integers(0, 2)),
        st.tuples(st.just("cycle"), st.integers(1, 12)),
        st.tuples(st.just("minus"), st.integers(1, 8)),
        st.tuples(st.just("plus"), st.integers(1, 8)),
        st.tuples(st.just("learn")),
    )
    clamp = draw(st.tuples(st.just("clamp"), st.just(0), acts))
    return [clamp, *draw(st.lists(call, min_size=1, max_size=8))]
