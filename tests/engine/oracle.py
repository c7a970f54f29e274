"""The algorithm once more, in numpy, written from its description: what the compiled engine is tested against.

It shares no code with the engine but the parameters. Weights are [post, pre] with a mask, all units of a layer are
computed at once, nothing is skipped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

import leabra_studio as lb

VARIABLES = tuple(v.name for v in lb.variables.UNIT_VARIABLES)


def _table() -> tuple[np.ndarray, np.ndarray]:
    x = np.arange(-0.06, 1.0301, 0.001)
    u = 40 * np.maximum(x, 0)
    kernel = np.exp(-((np.linspace(-0.03, 0.03, 61) / 0.01) ** 2))
    return x[30:-30], np.convolve(u / (u + 1), kernel / kernel.sum(), "same")[30:-30]


NXX1 = _table()


@dataclass
class Layer:
    """State of one layer: arrays over its units."""

    spec: lb.LayerSpec
    n: int
    clamped: bool = False
    hidden: bool = True
    fbi: float = 0.0
    cos_diff: float = 0.0
    cos_diff_avg: float = 0.0
    rel_sum: float = 0.0
    buffer: Any = 0.0
    u: dict[str, np.ndarray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.u = {name: np.zeros(self.n) for name in (*VARIABLES, "acts_m", "acts_p")}

    def clamp(self, acts: Any) -> None:
        p, value = self.spec.unit_spec, np.minimum(np.resize(np.asarray(acts, float), self.n), self.spec.clamp_max)
        self.u["act"], self.u["act_nd"], self.u["i_net"] = value.copy(), value.copy(), np.zeros(self.n)
        self.u["v_m"] = np.where(value < 1e-6, p.e_rev_l, p.spk_thr + value / p.act_gain)
        self.clamped, self.hidden = True, False

    def inhibition(self) -> float:
        s, p, net = self.spec, self.spec.unit_spec, self.u["net"]
        if s.inhibition_type == "none":
            return 0.0
        if s.inhibition_type == "fffb":
            ffi = s.ff * max(net.mean() - s.ff0, 0)
            self.fbi += s.fb_dt * (s.fb * self.u["act"].mean() - self.fbi)
            return s.gi * ffi * self.fbi
        k = max(1, int(np.rint(self.n * s.kwta_pct)))
        if k >= self.n:
            return 0.0
        g = ((p.e_rev_e - p.spk_thr) * np.sort(net)[::-1] + (p.e_rev_l - p.spk_thr) * p.gc_l) / (p.spk_thr - p.e_rev_i)
        if s.inhibition_type == "kwta":
            return g[k] + s.kwta_pt * (g[k - 1] - g[k])
        return g[k:].mean() + s.kwta_pt * (g[:k].mean() - g[k:].mean())

    def update(self) -> None:
        p, u = self.spec.unit_spec, self.u
        if not self.clamped:
            raw = self.buffer / self.rel_sum if self.rel_sum else 0.0
            u["net"] = u["net"] + p.integ * p.net_dt * (raw - u["net"])
            gc_i = self.inhibition()
            self._activate(gc_i)
        rates = (("avg_ss", "act", p.ss_dt), ("avg_s", "avg_ss", p.s_dt), ("avg_m", "avg_s", p.m_dt))
        for average, source, rate in rates:
            u[average] = u[average] + p.integ * rate * (u[source] - u[average])
        self.buffer, self.rel_sum = 0.0, 0.0

    def _activate(self, gc_i: float) -> None:
        p, u = self.spec.unit_spec, self.u
        u["gc_i"] = np.full(self.n, gc_i)
        for current, potential in (("i_net", u["v_m"]), ("i_net_r", u["v_m_eq"])):
            excitation, leak = u["net"] * (p.e_rev_e - potential), p.gc_l * (p.e_rev_l - potential)
            u[current] = excitation + leak + gc_i * (p.e_rev_i - potential)
        step = np.clip(p.integ * p.vm_dt * (u["i_net"] - u["adapt"]), -100, 100)
        u["v_m"], u["v_m_eq"] = u["v_m"] + step, u["v_m_eq"] + step
        needed = gc_i * (p.e_rev_i - p.spk_thr) + p.gc_l * (p.e_rev_l - p.spk_thr) - u["adapt"]
        u["spike"] = (u["v_m"] > p.spk_thr).astype(float)
        u["v_m"] = np.where(u["spike"] > 0, p.v_m_r, u["v_m"])
        above = u["net"] - needed / (p.spk_thr - p.e_rev_e)
        driver = np.where(u["v_m_eq"] < p.spk_thr, u["v_m_eq"] - p.spk_thr, above)
        u["act_nd"] = u["act_nd"] + p.integ * p.vm_dt * (np.interp(driver, *NXX1) - u["act_nd"])
        u["act"] = u["act_nd"] * p.syn_tr
        toward = p.adapt_dt * (p.vm_gain * (u["v_m"] - p.e_rev_l) - u["adapt"])
        u["adapt"] = u["adapt"] + p.integ * (toward + u["spike"] * p.spike_gain)

    def end_plus(self) -> None:
        p, u = self.spec.unit_spec, self.u
        u["acts_p"] = u["act"].copy()
        norm = np.linalg.norm(u["acts_p"]) * np.linalg.norm(u["acts_m"])
        cosine = u["acts_p"] @ u["acts_m"] / norm if norm else 0.0
        self.cos_diff = float(np.clip(cosine, 0.01, 0.99))
        self.cos_diff_avg += self.spec.avg_dt * (cosine - self.cos_diff_avg)
        down = p.l_dn_dt * u["acts_p"].mean() * (u["avg_m"] - u["avg_l"])
        u["avg_l"] = u["avg_l"] + np.where(u["avg_m"] > 0.1, p.l_up_inc * u["avg_m"], down)


@dataclass
class Projn:
    """A projection: weights [post, pre] and where they are connected."""

    spec: lb.ProjnSpec
    pre: Layer
    post: Layer
    wt: np.ndarray
    mask: np.ndarray
    fwt: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.fwt = self.wt.copy()

    def flush(self) -> None:
        s, act = self.spec, self.pre.u["act"]
        a, n, c = act.mean(), self.pre.n, self.mask.sum(axis=1)
        n_pre, n_avg = max(1, np.rint(a * n)), np.maximum(1, np.rint(a * c))
        few = np.minimum(np.minimum(c, n_pre), n_avg + 2)
        scale = np.where(n_avg == n_pre, 1 / n_pre, 1 / np.maximum(few, 1e-300)) * (c > 0)
        self.post.buffer = self.post.buffer + s.wt_scale_rel * s.wt_scale_abs * scale * (self.wt @ act)
        self.post.rel_sum += s.wt_scale_rel

    def learn(self) -> None:
        s, pre, post = self.spec, self.pre.u, self.post.u
        srs, srm = np.outer(post["avg_s"], pre["avg_s"]), np.outer(post["avg_m"], pre["avg_m"])
        x = 0.9 * srs + 0.1 * srm
        c = self.post.cos_diff_avg if s.cos_diff_thr_l_mix else 1.0
        mix = s.thr_l_mix * c * self.post.hidden
        thr = mix * np.outer(post["avg_l"], pre["avg_m"]) + (1 - mix) * srm
        xcal = np.where(x < 1e-4, 0, np.where(x > 0.1 * thr, x - thr, -9 * x))
        dwt = np.where(self.mask, s.lrate * self._lrate_mod() * xcal, 0)
        self.fwt = self.fwt + np.where(dwt > 0, dwt * (1 - self.fwt), dwt * self.fwt)
        with np.errstate(divide="ignore"):
            odds = s.sig_offset * (1 - self.fwt) / self.fwt
        self.wt = np.where(self.fwt == 0, 0, 1 / (1 + odds**s.sig_gain))

    def _lrate_mod(self) -> float:
        d, m = self.post.cos_diff, self.post.cos_diff_avg
        if not self.spec.cos_diff_lrate:
            return 1.0
        if d <= 0 or d >= 1:
            return 0.01
        return 0.01 + 0.99 * (d / m if d < m else (1 - d) / (1 - m))


class OracleNet:
    """The net that a `Net` was before its first cycle: same specs, same weights."""

    def __init__(self, net: lb.Net) -> None:
        self.layers = {n: Layer(net.spec(n), net.unit_slice(n).stop - net.unit_slice(n).start) for n in net.layer_names}
        self.projns: dict[str, Projn] = {}
        for name in net.projn_names:
            wt, ends = net.get_weights(name), net._projns[name]
            pre, post = self.layers[ends.pre.name], self.layers[ends.post.name]
            self.projns[name] = Projn(net.spec(name), pre, post, np.nan_to_num(wt), ~np.isnan(wt))

    def cycle(self, n: int = 1) -> None:
        for _ in range(n):
            for layer in self.layers.values():
                layer.update()
            for projn in self.projns.values():
                projn.flush()

    def end_minus(self) -> None:
        for layer in self.layers.values():
            layer.u["acts_m"] = layer.u["act"].copy()

    def end_plus(self) -> None:
        for layer in self.layers.values():
            layer.end_plus()

    def learn(self) -> None:
        for projn in self.projns.values():
            projn.learn()

    @property
    def units(self) -> np.ndarray:
        """State of all units, like `Net.units`."""
        return np.concatenate([np.stack([layer.u[v] for v in VARIABLES]) for layer in self.layers.values()], axis=1)
