"""What a change of the document did to the simulation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """What a change of the document did.

    Attributes
    ----------
    revision
        Number of the document's state after it.
    structural
        Whether a running net could not take it over.
    rebuilt
        Whether a net that had run was built anew because of it.
    message
        What the person should know beyond the change itself; mostly empty.
    """

    revision: int
    structural: bool = False
    rebuilt: bool = False
    message: str = ""
