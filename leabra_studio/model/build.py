"""From a model to a running net: the model's calls, carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from leabra_studio.engine.rand import DISTRIBUTIONS
from leabra_studio.engine.spec import Spec
from leabra_studio.engine.specs import LayerSpec, ProjnSpec, UnitSpec
from leabra_studio.model.calls import Call, Make, Ref, calls
from leabra_studio.model.document import Model

if TYPE_CHECKING:
    from leabra_studio.engine.net import Net

CLASSES: Mapping[str, Any] = {cls.__name__: cls for cls in (UnitSpec, LayerSpec, ProjnSpec)} | dict(DISTRIBUTIONS)


@dataclass(frozen=True)
class Built:
    """A net and the specs that it runs with.

    Parameters
    ----------
    net : Net
        The net.
    specs : dict
        Name of the spec -> the object that its layers or projections share; changing it changes them.
    """

    net: Net
    specs: dict[str, Spec] = field(default_factory=dict)


def build(model: Model) -> Built:
    """Make the net that a model describes.

    Raises
    ------
    LeabraError
        If it has a fatal problem, see `leabra_studio.model.problems`.
    """
    from leabra_studio.engine.net import Net

    first, *rest = calls(model)
    built = Built(Net(**first.args))
    for call in rest:
        run(built, call)
    return built


def run(built: Built, call: Call) -> None:
    """Carry out one call on a net.

    Parameters
    ----------
    built : Built
        The net and its specs; both are changed.
    call : Call
        Any call but ``Net``.

    Raises
    ------
    LeabraError
        If the net refuses it.
    """
    args = {name: _value(built, value) for name, value in call.args.items()}
    if call.verb in CLASSES and call.result is not None:
        built.specs[call.result] = CLASSES[call.verb](**args)
    elif call.verb == "own" and call.result is not None:
        built.specs[call.result] = built.net.spec(args["of"])
    elif call.verb == "set":
        _set(**args)
    else:
        getattr(built.net, call.verb)(**args)


def _value(built: Built, value: Any) -> Any:
    if isinstance(value, Make):
        return CLASSES[value.type](**{name: _value(built, item) for name, item in value.args.items()})
    return built.specs[value.spec] if isinstance(value, Ref) else value


def _set(spec: Spec, path: str, value: Any) -> None:
    group, dot, name = path.rpartition(".")
    setattr(getattr(spec, group) if dot else spec, name, value)
