"""How a training script speaks to a library: our own, or the original Leabra7."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leabra_studio.model.frozen import FrozenMap


@dataclass(frozen=True)
class Dialect:
    """How a library is spoken to in a training script.

    Parameters
    ----------
    acts : str
        The expression for the activations of a layer.
    constants : tuple of str
        What it needs.
    cycles : tuple of str
        The lines that run the cycles of a test.
    before : tuple of str
        What the function `statistics` begins with, given `wanted` and `given` [trials, units].
    statistics : mapping
        Name of each statistic of an epoch -> its expression; ``{errors}`` stands for the errors of the trials.
    winner : tuple of str
        The lines that define ``winner_error(wanted, given)``, which says of each trial whether the most active unit is
        the wrong one; empty where the library has it.
    winner_error : str
        How that is called.
    cosine : str
        The expression for the mean cosine of an epoch with one target layer; empty where it is left out.
    ends : str
        The line that ends an epoch; ``{loss}`` stands for its error.
    schedules : bool
        Whether there are schedules of the learning rate.
    """

    acts: str
    constants: tuple[str, ...]
    cycles: tuple[str, ...]
    before: tuple[str, ...]
    statistics: Mapping[str, str] = field(default_factory=FrozenMap)
    winner: tuple[str, ...] = ()
    winner_error: str = "winner_error"
    cosine: str = ""
    ends: str = "net.end_epoch()"
    schedules: bool = False


STUDIO = Dialect(
    acts="net.units[ACT, net.unit_slice(layer)].copy()",
    constants=('ACT = lb.variables.UNIT_NAMES.index("act")',),
    cycles=("net.cycle(TEST_CYCLES)",),
    before=("sse = lb.stats.sse(wanted, given)",),
    statistics=FrozenMap(
        {
            "sse": "sse.sum()",
            "avg_sse": "lb.stats.average_sse(wanted, given).mean()",
            "errors": "lb.stats.error_count({errors})",
            "percent_correct": "lb.stats.percent_correct({errors})",
        }
    ),
    winner_error="lb.stats.winner_error",
    cosine="lb.stats.cos_diff(given, wanted).mean()",
    ends="net.end_epoch({loss})",
    schedules=True,
)
LEABRA7 = Dialect(
    acts='net.observe(layer, "unit_act")["act"].to_numpy(float)',
    constants=(),
    cycles=("for _ in range(TEST_CYCLES):", "    net.cycle()"),
    before=(
        "error = np.abs(wanted - np.array(given))",
        "squares = np.where(error < 0.5, 0, error**2)",
        "sse = squares.sum(axis=1)",
    ),
    statistics=FrozenMap(
        {
            "sse": "sse.sum()",
            "avg_sse": "squares.mean()",
            "errors": "np.count_nonzero({errors})",
            "percent_correct": "100 * np.mean({errors} == 0)",
        }
    ),
    winner=(
        "def winner_error(wanted, given):",
        '    """Return 1 for each trial whose most active unit is not one that is to be on, else 0."""',
        "    first = given == given.max(axis=1, keepdims=True)",
        "    right = (first & (wanted == wanted.max(axis=1, keepdims=True))).any(axis=1)",
        "    right &= (first.sum(axis=1) == 1) & (given.max(axis=1) > 0)",
        "    return 1 - np.where(wanted.max(axis=1) > 0, right, (given <= 0).all(axis=1))",
    ),
)
