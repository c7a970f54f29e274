"""What is installed works away from the checkout: the library, the examples, the page's assets."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

import leabra_studio

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it, as pip would install it."""
    place = tmp_path_factory.mktemp("installed")
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    zipfile.ZipFile(wheel).extractall(place)
    return place


def run(installed: Path, program: str) -> str:
    """Return what `program` writes where only the installed package can be imported."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1", "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=installed, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_every_file_of_the_package_is_in_the_wheel(installed: Path) -> None:
    sources = [path for path in (ROOT / "leabra_studio").rglob("*") if path.suffix in {".py", ".json", ".typed"}]
    wanted = {path.relative_to(ROOT) for path in [*sources, ROOT / "leabra_studio/py.typed"]}
    assert wanted <= {path.relative_to(installed) for path in installed.rglob("*")}


def test_every_asset_is_in_the_wheel(installed: Path) -> None:
    assets = {path.name for path in (ROOT / "assets").iterdir() if path.is_file()}
    assert assets
    assert assets <= {path.name for path in (installed / "leabra_studio/web/assets").iterdir()}


def test_the_version_is_stated_once(installed: Path) -> None:
    (metadata,) = installed.glob("leabra_studio-*.dist-info/METADATA")
    assert f"Version: {leabra_studio.__version__}\n" in metadata.read_text("utf-8")
    assert f"## {leabra_studio.__version__}\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_installed_library_runs_a_network(installed: Path) -> None:
    program = """
import sys, leabra_studio as lb
net = lb.Net(seed=1)
net.new_layer("input", 1)
net.new_layer("output", 1)
net.new_projn("proj1", "input", "output")
net.clamp_layer("input", [1])
net.cycle(50)
sys.stdout.write(f"{lb.__file__} {net.observe('output', 'unit_act')['act'][0] > 0.5}")
"""
    assert run(installed, program) == f"{installed / 'leabra_studio/__init__.py'} True"


def test_the_installed_gallery_and_page_find_their_files(installed: Path) -> None:
    program = """
import sys
from leabra_studio.model import gallery
from leabra_studio.web.app import assets_folder
keys = [example.key for example in gallery.examples()]
models = [gallery.load_example(key) for key in keys]
sys.stdout.write(f"{len(models) > 0} {assets_folder()}")
"""
    assert run(installed, program) == f"True {installed / 'leabra_studio/web/assets'}"
