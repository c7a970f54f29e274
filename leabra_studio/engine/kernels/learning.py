"""Learning: weight changes from averages, and the weights that show.

Source: leabra7 0.1.0, projn.py (learn), as run, after O'Reilly et al., Computational Cognitive Neuroscience, chapter 4;
the factor from cos_diff, which the original computes and drops, is used.
"""

from __future__ import annotations

from leabra_studio.engine.kernels.jit import kernel
from leabra_studio.engine.layout import AVG_L, AVG_M, AVG_S, Floats, Ints, Record

SHORT, MEDIUM = 0.9, 0.1
"""Shares of the short and medium average in the recent coproduct."""

XCAL_MIN = 1e-4
"""Coproduct below which nothing is learnt."""

XCAL_REVERSAL = 0.1
"""Fraction of the threshold below which weight loss shrinks with the coproduct."""


@kernel
def xcal(x: float, thr: float) -> float:
    """Return the weight change for coproduct `x` and floating threshold `thr`."""
    change = x - thr if x > XCAL_REVERSAL * thr else x * ((XCAL_REVERSAL - 1.0) / XCAL_REVERSAL)
    return 0.0 if x < XCAL_MIN else change


@kernel
def wt_from_fwt(fwt: float, gain: float, offset: float) -> float:
    """Return the visible weight: the linear one with its contrast enhanced by a sigmoid."""
    if fwt == 0.0:
        return 0.0
    odds = offset * (1.0 - fwt) / fwt
    squared = odds * odds
    return float(1.0 / (1.0 + (squared * squared * squared if gain == 6.0 else odds**gain)))


@kernel
def lrate_from_cos_diff(cos_diff: float, usual: float) -> float:
    """Return the factor on the learning rate: 1 for a trial predicted as well as usual, less for all others."""
    if cos_diff <= 0.0 or cos_diff >= 1.0:
        return 0.01
    if cos_diff < usual:
        return 0.01 + 0.99 * (cos_diff / usual)
    return 0.01 + 0.99 * ((1.0 - cos_diff) / (1.0 - usual))


@kernel
def dwt_from_avgs(s_pre: float, m_pre: float, s_post: float, m_post: float, l_post: float, l_mix: float) -> float:
    """Return the weight change, before the learning rate, from the averages of two units.

    `l_mix` is the share of the self-organising threshold, which rises with the receiver's long average.
    """
    short, medium = s_post * s_pre, m_post * m_pre
    thr = l_mix * (l_post * m_pre) + (1.0 - l_mix) * medium
    return xcal(SHORT * short + MEDIUM * medium, thr)


@kernel
def fwt_from_dwt(fwt: float, dwt: float) -> float:
    """Return the linear weight after a change that fades toward 0 and 1."""
    return fwt + (dwt * (1.0 - fwt) if dwt > 0.0 else dwt * fwt)


@kernel
def highest(values: Floats) -> float:
    """Return the largest absolute value. Reads values [n]."""
    top = 0.0
    for value in values:
        top = max(top, abs(value))
    return top


@kernel
def learn_full(
    u: Floats, pre: Record, post: Record, projn: Record, rate: float, l_mix: float, wt: Floats, fwt: Floats
) -> None:
    """Change the weights of a projection that connects every pair. Reads the averages; writes wt, fwt [pre * post]."""
    s_pre, m_pre = u[AVG_S, pre.start : pre.stop], u[AVG_M, pre.start : pre.stop]
    s_post, m_post = u[AVG_S, post.start : post.stop], u[AVG_M, post.start : post.stop]
    l_post = u[AVG_L, post.start : post.stop]
    s_top, m_top = highest(s_post), highest(m_post)
    n, gain, offset = l_post.size, projn.sig_gain, projn.sig_offset
    for i in range(s_pre.size):
        s, m = s_pre[i], m_pre[i]
        if projn.stale == 0 and SHORT * (s_top * abs(s)) + MEDIUM * (m_top * abs(m)) < XCAL_MIN:
            continue  # no coproduct of this sender reaches the minimum: no weight would change
        linear, visible = fwt[i * n : (i + 1) * n], wt[i * n : (i + 1) * n]
        for j in range(n):
            dwt = rate * dwt_from_avgs(s, m, s_post[j], m_post[j], l_post[j], l_mix)
            linear[j] = fwt_from_dwt(linear[j], dwt)
            visible[j] = wt_from_fwt(linear[j], gain, offset)


@kernel
def learn_wired(
    u: Floats,
    pre: Record,
    post: Record,
    projn: Record,
    rate: float,
    l_mix: float,
    wt: Floats,
    fwt: Floats,
    wiring: Ints,
) -> None:
    """Change the weights of existing connections. Reads the averages, wiring; writes wt, fwt [connections]."""
    s_pre, m_pre = u[AVG_S, pre.start : pre.stop], u[AVG_M, pre.start : pre.stop]
    s_post, m_post = u[AVG_S, post.start : post.stop], u[AVG_M, post.start : post.stop]
    l_post = u[AVG_L, post.start : post.stop]
    target = wiring[s_pre.size + 1 + s_post.size :]
    for i in range(s_pre.size):
        for c in range(wiring[i], wiring[i + 1]):
            j = target[c]
            dwt = rate * dwt_from_avgs(s_pre[i], m_pre[i], s_post[j], m_post[j], l_post[j], l_mix)
            fwt[c] = fwt_from_dwt(fwt[c], dwt)
            wt[c] = wt_from_fwt(fwt[c], projn.sig_gain, projn.sig_offset)
