"""The Python lines that repeat a batch of the studio."""

from __future__ import annotations

from collections.abc import Sequence


def batch_lines(file: str, seeds: Sequence[int], saved: str) -> str:
    """Return a program that trains the model of a file with some seeds.

    Parameters
    ----------
    file : str
        The name of the model's file, of letters that are safe everywhere.
    seeds : sequence of int
        Those of the runs.
    saved : str
        How the file comes about, for a comment.
    """
    return (
        "import leabra_studio as lb\n"
        "\n"
        f"# {saved}\n"
        f'result = lb.batch("{file}", seeds={seeds_text(seeds)})\n'
        'print(result.summary()[["runs", "solved", "epochs", "first_zero"]].T)\n'
    )


def seeds_text(seeds: Sequence[int]) -> str:
    """Return seeds as Python: a range where they follow each other, else a list."""
    if len(seeds) > 1 and list(seeds) == list(range(seeds[0], seeds[0] + len(seeds))):
        return f"range({seeds[0]}, {seeds[-1] + 1})"
    return repr(list(seeds))
