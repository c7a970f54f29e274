"""What a parameter is: one declaration that validation, forms, schema, script and docs are made from."""

from __future__ import annotations

import copy
import math
import numbers
import reprlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from leabra_studio.errors import ValidationError

Kind = Literal["float", "int", "bool", "choice", "dist", "mask", "names", "spec"]

_short = reprlib.Repr()
_short.maxstring = _short.maxother = 60


def shown(value: object) -> str:
    """Return a short text of any value, on one line, safe to put into an error sentence."""
    return " ".join(_short.repr(value).split())


@dataclass(frozen=True)
class Param:
    """One parameter, declared once.

    Parameters
    ----------
    name : str
        The attribute's name; set by the class that declares it.
    default : object
        The value when nothing is given.
    kind : str
        ``float``, ``int``, ``bool``, ``choice``, ``dist``, ``mask``, ``names`` or ``spec``.
    doc : str
        One sentence.
    unit : str
        Unit of the number; empty for dimensionless.
    ge, gt, le, lt : float, optional
        Bounds: at least, above, at most, below.
    choices : tuple of str
        The words allowed (``choice``, ``names``).
    emergent : str
        The name of the same quantity in Emergent; empty where it has none.
    group : str
        The section of a form it belongs to.
    key : bool
        Whether a form shows it without being asked for all.
    slider : tuple of float, optional
        The useful range.
    structural : bool
        Whether it is read only when its layer or projection is made.
    family : type
        The class a value must be an instance of (``dist``, ``spec``).
    """

    name: str
    default: Any
    kind: Kind
    doc: str
    unit: str = ""
    ge: float | None = None
    gt: float | None = None
    le: float | None = None
    lt: float | None = None
    choices: tuple[str, ...] = ()
    emergent: str = ""
    group: str = ""
    key: bool = False
    slider: tuple[float, float] | None = None
    structural: bool = False
    family: type = object

    def fresh(self) -> Any:
        """Return the default, a copy of its own where it can be changed."""
        return copy.deepcopy(self.default) if self.kind == "spec" else self.default

    def range_text(self) -> str:
        """Return the allowed values in words, such as ``0 to 1``."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        if self.ge is not None and self.le is not None:
            return f"{self.ge:g} to {self.le:g}"
        bounds = [("at least", self.ge), ("above", self.gt), ("at most", self.le), ("below", self.lt)]
        return ", ".join(f"{word} {bound:g}" for word, bound in bounds if bound is not None) or "any number"

    def coerce(self, value: Any) -> Any:
        """Return `value` in the type that is stored where that is plain, else unchanged; never raises."""
        convert = _COERCE.get(self.kind)
        try:
            return value if convert is None else convert(value)
        except Exception:  # whatever a foreign type does on conversion, `check` is where it gets its sentence
            return value

    def check(self, owner: str, value: Any) -> Any:
        """Return `value` in the type that is stored.

        Parameters
        ----------
        owner : str
            What the parameter belongs to, for the error's sentence.
        value : object
            The candidate.

        Raises
        ------
        ValidationError
            If it is of the wrong type, not finite or out of range.
        """
        value = self.coerce(value)
        problem = _PROBLEM[self.kind](self, value)
        if problem:
            raise ValidationError(owner, self.name, f"{problem} (got {shown(value)}){self._way_out()}")
        if self.kind in ("dist", "spec"):
            value.validate()
        return value

    def _way_out(self) -> str:
        return f"; the default is {self.default!r}" if self.kind in ("float", "int", "bool", "choice") else ""

    def out_of_range(self, value: float) -> bool:
        """Return whether a finite number lies outside the bounds."""
        return (
            (self.ge is not None and value < self.ge)
            or (self.gt is not None and value <= self.gt)
            or (self.le is not None and value > self.le)
            or (self.lt is not None and value >= self.lt)
        )


def param(default: Any, doc: str, *, kind: Kind = "float", **facts: Any) -> Any:
    """Declare a parameter in a class body; the class gives it its name."""
    return Param("", default, kind, doc, **facts)


class Declared:
    """Anything whose fields are `Param` declarations."""

    @classmethod
    def params(cls) -> Mapping[str, Param]:
        """Return the declared parameters by name, in order."""
        raise TypeError(f"{cls.__name__} declares no parameters")

    def validate(self) -> None:
        """Check every value.

        Raises
        ------
        ValidationError
            At the first value that breaks its rule.
        """
        for name, declared in self.params().items():
            declared.check(type(self).__name__, getattr(self, name))


def _to_float(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return value
    return float(value)


def _to_int(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return value
    number = float(value)
    return int(number) if number.is_integer() else value


def _to_bool(value: Any) -> Any:
    if isinstance(value, np.bool_) or (isinstance(value, numbers.Real) and value in (0, 1)):
        return bool(value)
    return value


def _to_mask(value: Any) -> Any:
    return value if isinstance(value, str | bytes) else tuple(_to_bool(item) for item in value)


def _to_names(value: Any) -> Any:
    return value if isinstance(value, str | bytes | Mapping) else tuple(dict.fromkeys(value))


def _number_problem(p: Param, value: Any) -> str:
    wanted, noun = (float, "a number") if p.kind == "float" else (int, "a whole number")
    if isinstance(value, bool) or not isinstance(value, wanted):
        return f"must be {noun}"
    if not abs(value) < math.inf:
        return "must be a finite number"
    if p.out_of_range(value):
        closed = p.ge is not None and p.le is not None
        return f"must be in the range {p.range_text()}" if closed else f"must be {p.range_text()}"
    return ""


def _choice_problem(p: Param, value: Any) -> str:
    return "" if isinstance(value, str) and value in p.choices else f"must be {p.range_text()}"


def _mask_problem(p: Param, value: Any) -> str:
    good = isinstance(value, tuple) and value and all(isinstance(item, bool) for item in value)
    return "" if good else "must be a sequence of True and False with at least one item"


def _names_problem(p: Param, value: Any) -> str:
    if not isinstance(value, tuple):
        return "must be a tuple of attribute names, such as ('" + p.choices[0] + "',)"
    unknown = [item for item in value if item not in p.choices]
    return f"cannot hold {shown(unknown[0])}; known are {', '.join(p.choices)}" if unknown else ""


def _declared_problem(p: Param, value: Any) -> str:
    noun = "a distribution, such as Uniform(0.25, 0.75)" if p.kind == "dist" else f"a {p.family.__name__}"
    return "" if isinstance(value, p.family) else f"must be {noun}"


_COERCE: dict[str, Any] = {
    "float": _to_float,
    "int": _to_int,
    "bool": _to_bool,
    "mask": _to_mask,
    "names": _to_names,
}
_PROBLEM: dict[str, Any] = {
    "float": _number_problem,
    "int": _number_problem,
    "bool": lambda p, value: "" if isinstance(value, bool) else "must be True or False",
    "choice": _choice_problem,
    "mask": _mask_problem,
    "names": _names_problem,
    "dist": _declared_problem,
    "spec": _declared_problem,
}
