"""The layers errors <- engine <- model <- {export, session} <- web <- app.py: imports go against the arrows only."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = "leabra_studio"
BELOW = {
    "errors": set(),
    "engine": {"errors"},
    "model": {"errors", "engine"},
    "export": {"errors", "engine", "model"},
    "session": {"errors", "engine", "model", "export"},
    "web": {"errors", "engine", "model", "export", "session"},
}
DASH = {"dash", "dash_cytoscape", "dash_mantine_components"}
HEAVY = {"joblib", "numba", "pandas", "plotly", "flask", *DASH}
NEVER = {"engine": {"plotly", "flask", *DASH}, "model": HEAVY, "export": HEAVY, "session": {"plotly", *DASH}}


def imports(source: str) -> Iterator[str]:
    """Yield the dotted name of everything that is imported anywhere in `source`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == PACKAGE:
            yield from (f"{PACKAGE}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def layer_of(path: Path) -> str:
    """Return the layer that a module belongs to; the package's own `__init__` has the name of the file."""
    return path.relative_to(ROOT / PACKAGE).parts[0].removesuffix(".py")


def modules(layer: str) -> list[Path]:
    return [path for path in sorted((ROOT / PACKAGE).rglob("*.py")) if layer_of(path) == layer]


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def loaded_by(names: list[str]) -> set[str]:
    """Return the top-level packages that a new interpreter has loaded after importing `names`."""
    program = f"import sys, {', '.join(names)}; sys.stdout.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


EXISTING = [layer for layer in BELOW if modules(layer)]


def test_every_module_belongs_to_a_layer() -> None:
    known = {"__init__", "__main__", *BELOW}
    assert {layer_of(path) for path in (ROOT / PACKAGE).rglob("*.py")} <= known


@pytest.mark.parametrize("layer", EXISTING)
def test_a_layer_imports_only_what_is_below_it(layer: str) -> None:
    allowed = {PACKAGE, f"{PACKAGE}.__version__"}
    allowed |= {f"{PACKAGE}.{name}" for name in (layer, *BELOW[layer])}
    wrong = [
        f"{dotted(path)} imports {name}"
        for path in modules(layer)
        for name in imports(path.read_text("utf-8"))
        if name.startswith((".", PACKAGE)) and ".".join(name.split(".")[:2]) not in allowed
    ]
    assert wrong == []


@pytest.mark.parametrize("layer", [layer for layer in EXISTING if layer != "web"])
def test_only_web_imports_dash(layer: str) -> None:
    found = {name.partition(".")[0] for path in modules(layer) for name in imports(path.read_text("utf-8"))}
    assert not found & DASH


def test_importing_the_package_is_cheap() -> None:
    assert not loaded_by([PACKAGE]) & HEAVY


def test_specs_and_variables_need_no_compiler() -> None:
    light = [f"{PACKAGE}.engine.{name}" for name in ("params", "specs", "rand", "variables")]
    assert not loaded_by(light) & HEAVY


@pytest.mark.parametrize("layer", [layer for layer in NEVER if layer in EXISTING])
def test_a_layer_loads_nothing_it_must_not(layer: str) -> None:
    assert not loaded_by([dotted(path) for path in modules(layer)]) & NEVER[layer]
