"""The public face: what is offered, that all of it is documented, that importing it is light."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import subprocess
import sys

import pytest

import leabra_studio as lb
import leabra_studio.engine
from leabra_studio.engine.kernels import loop
from leabra_studio.engine.kernels.jit import kernel

LEABRA7 = {
    "Net": """new_layer new_projn clamp_layer unclamp_layer cycle minus_phase_cycle plus_phase_cycle learn end_epoch
        end_batch observe logs pause_logging resume_logging save load handle""",
    "events": """Cycle BeginMinusPhase EndMinusPhase BeginPlusPhase EndPlusPhase EndTrial EndEpoch EndBatch HardClamp
        Unclamp Learn PauseLogging ResumeLogging""",
    "rand": "Scalar Uniform Gaussian LogNormal Exponential",
    "specs": "UnitSpec LayerSpec ProjnSpec",
    "schedules": "Constant Step Exponential Plateau",
}
BEYOND = "seed units unit_slice layer_names projn_names spec set_weights get_weights reset init_weights describe lrate"

MODULES = [
    importlib.import_module(info.name)
    for info in pkgutil.walk_packages(leabra_studio.engine.__path__, "leabra_studio.engine.")
]


def own(module):
    return {n: v for n, v in vars(module).items() if getattr(v, "__module__", None) == module.__name__}


FUNCTIONS = {
    f"{module.__name__.removeprefix('leabra_studio.engine.')}.{name}": getattr(value, "py_func", value)
    for module in MODULES
    for name, value in own(module).items()
    if not name.startswith("_") and not inspect.isclass(value) and callable(value)
}
CLASSES = {
    f"{module.__name__}.{name}": value
    for module in MODULES
    for name, value in own(module).items()
    if inspect.isclass(value)
}
METHODS = {
    f"{path}.{name}": getattr(value, "fget", None) or getattr(value, "__func__", value)
    for path, cls in CLASSES.items()
    for name, value in vars(cls).items()
    if not name.startswith("_") and (inspect.isfunction(value) or isinstance(value, property | classmethod))
}
NET = {n: f for n, f in inspect.getmembers(lb.Net, inspect.isfunction) if not n.startswith("_")}
KERNELS = {path: f for path, f in FUNCTIONS.items() if path.startswith("kernels.") and f is not kernel}


@pytest.mark.parametrize("home", LEABRA7)
def test_all_of_leabra7_is_there(home):
    assert not [name for name in LEABRA7[home].split() if not hasattr(getattr(lb, home), name)]


def test_what_is_beyond_leabra7_is_there():
    assert not [name for name in BEYOND.split() if not hasattr(lb.Net, name)]


@pytest.mark.parametrize("name", lb.__all__)
def test_every_public_name_resolves(name):
    assert getattr(lb, name) is not None
    assert name in dir(lb)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'Nett'"):
        lb.Nett  # noqa: B018  # the access is the test


@pytest.mark.parametrize("path", {**FUNCTIONS, **METHODS, **CLASSES})
def test_everything_public_has_a_docstring(path):
    doc = inspect.getdoc({**FUNCTIONS, **METHODS, **CLASSES}[path]) or ""
    assert re.match(r"[A-Z].*[.:]", doc.split("\n\n")[0].replace("\n", " ")), doc


@pytest.mark.parametrize("name", NET)
def test_every_method_of_a_net_documents_arguments_results_and_errors(name):
    function, doc = NET[name], inspect.getdoc(NET[name])
    for argument in list(inspect.signature(function).parameters)[1:]:
        assert re.search(rf"^(\w+, )*\*?{argument}(, \w+)* : ", doc.replace("*projns", "projns"), re.M), argument
    if inspect.signature(function).return_annotation != "None":
        assert re.match("Return ", doc)
    if len(inspect.signature(function).parameters) > 1:
        assert "Raises\n------\n" in doc


@pytest.mark.parametrize("path", KERNELS)
def test_every_kernel_says_what_it_returns_or_reads_and_writes(path):
    function = KERNELS[path]
    doc = inspect.getdoc(function)
    if inspect.signature(function).return_annotation == "None" and not path.startswith("kernels.loop."):
        assert "rites " in doc
    elif inspect.signature(function).return_annotation != "None":
        assert doc.startswith("Return ") or "return the" in doc


@pytest.mark.parametrize("module", [m for m in MODULES if ".kernels." in m.__name__ and not m.__name__.endswith("jit")])
def test_every_family_of_equations_names_its_source(module):
    assert re.search(r"^Source( of the order)?: ", module.__doc__, re.M)


@pytest.mark.parametrize("path", {**FUNCTIONS, **METHODS})
def test_everything_public_is_annotated(path):
    signature = inspect.signature({**FUNCTIONS, **METHODS}[path])
    missing = [n for n, p in signature.parameters.items() if p.annotation is p.empty and n not in ("self", "cls")]
    assert not missing
    assert signature.return_annotation is not signature.empty


def run(code):
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_importing_loads_nothing_heavy():
    assert run("import sys, leabra_studio; print([m for m in ('numpy', 'numba', 'dash') if m in sys.modules])") == "[]"


def test_a_net_loads_neither_pandas_nor_dash():
    code = "import sys, leabra_studio as lb; lb.Net; print([m for m in ('pandas', 'dash') if m in sys.modules])"
    assert run(code) == "[]"


def test_kernels_run_without_compiling_where_numba_is_told_so():
    """The same program gives the same numbers with NUMBA_DISABLE_JIT: the kernels are plain Python."""
    program = (
        "import leabra_studio as lb\n"
        "net = lb.Net(seed=1)\n"
        "net.new_layer('a', 3); net.new_layer('b', 2)\n"
        "net.new_projn('p', 'a', 'b', lb.ProjnSpec(dist=lb.Uniform(0.25, 0.75), sparsity=0.7))\n"
        "net.clamp_layer('a', [1, 0.5]); net.minus_phase_cycle(9); net.plus_phase_cycle(5); net.learn()\n"
        "print(net.units.tobytes().hex())\n"
    )
    assert run(program) == run("import os; os.environ['NUMBA_DISABLE_JIT'] = '1'\n" + program)


def test_a_change_in_any_kernel_drops_what_was_compiled():
    """numba looks at a function's own file only; ours are compiled into each other across files."""
    stamps = {getattr(loop, name)._cache._cache_file._source_stamp for name in ("cycles", "learn", "clamp", "cycle")}
    assert len(stamps) == 1
    assert len(stamps.pop()) == 32


def test_kernels_without_a_place_for_their_cache_still_run(monkeypatch, caplog):
    from numba.core.dispatcher import Dispatcher

    def nowhere(self):
        raise RuntimeError("cannot cache function: no locator available")

    monkeypatch.setattr(Dispatcher, "enable_caching", nowhere)

    @kernel
    def double(x: float) -> float:
        return 2 * x

    assert double(3.0) == 6.0
    assert "Kernels are compiled anew in every process" in caplog.text
