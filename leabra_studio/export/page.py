"""A script while it is written: its lines, and which of them belong to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from leabra_studio.model.calls import Call, cycle
from leabra_studio.model.frozen import FrozenMap

Lines = Callable[[Call], list[str]]
Numbers = tuple[int, ...]

SECTIONS = {
    "specs": ("LayerSpec", "ProjnSpec"),
    "layers": ("new_layer",),
    "projections": ("new_projn",),
    "lesions": ("lesion",),
    "inputs": ("clamp_layer",),
}
"""The parts of a script that makes a net, with the calls that belong there."""
PLAN = object()
"""What lines are about that follow from the training plan."""


@dataclass(frozen=True)
class Script:
    """A script.

    Parameters
    ----------
    text : str
        The Python source.
    lines : mapping
        Name of a layer, projection or spec -> the numbers of its lines, the first line of the script being 1; those
        of a layer or projection include its spec's.
    tables : mapping
        Name of a table of patterns -> the numbers of its lines.
    plan : tuple of int
        The numbers of the lines that the training plan has a say in.
    """

    text: str
    lines: Mapping[str, Numbers]
    tables: Mapping[str, Numbers] = field(default_factory=FrozenMap)
    plan: Numbers = ()


@dataclass(frozen=True)
class Table:
    """Stands for a table of patterns where lines are about one; tables have a namespace of their own."""

    name: str


class Page:
    """The lines of a script, and which belong to what."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._where: defaultdict[object, list[int]] = defaultdict(list)

    def add(self, lines: Iterable[str], about: Iterable[object] = ()) -> None:
        """Add lines that belong to the objects named in `about`, to tables, or to the `PLAN`."""
        first = len(self._lines) + 1
        self._lines += lines
        for name in about:
            self._where[name] += range(first, len(self._lines) + 1)

    def section(self, title: str, lines: Lines, steps: Iterable[Call], indent: str = "") -> None:
        """Add a section with its title, if it has any calls."""
        for i, call in enumerate(steps):
            self.add([] if i else ["", f"{indent}# {title}"])
            self.add(lines(call), call.about)

    def run(self, lines: Lines, steps: Iterable[Call], cycles: int) -> None:
        """Add what was done with the net, saying at which cycle; `cycles` cycles if none was run."""
        self.add(["", "# run"])
        done, running = 0, False
        for call in steps:
            if running and call.verb != "cycle":
                self.add([f"# at cycle {done}"])
            running = call.verb == "cycle"
            done += call.args["num_cycles"] if running else 0
            self.add(lines(call), call.about)
        if not done:
            self.add(lines(cycle(cycles)))

    def script(self) -> Script:
        """Return the script."""
        names = {about: tuple(lines) for about, lines in self._where.items() if isinstance(about, str)}
        tables = {about.name: tuple(lines) for about, lines in self._where.items() if isinstance(about, Table)}
        text = "\n".join(self._lines) + "\n"
        return Script(text, FrozenMap(names), FrozenMap(tables), tuple(self._where.get(PLAN, ())))
