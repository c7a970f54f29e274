"""The scripts and style sheets of the page, joined."""

import re
from pathlib import Path

import pytest

from leabra_studio.web import create_app
from leabra_studio.web.app import assets_folder
from leabra_studio.web.bundle import Bundle


@pytest.fixture(scope="module")
def client():
    return create_app().server.test_client()


@pytest.mark.parametrize("ending", [".js", ".css"])
def test_every_file_is_in_it_in_the_order_of_names(ending):
    content = Bundle.of(assets_folder(), ending, "text/plain").content
    names = re.findall(r"^/\* (\S+) \*/$", content, re.MULTILINE)
    files = sorted(path for path in assets_folder().iterdir() if path.suffix == ending)
    assert names == [path.name for path in files]
    assert all(path.read_text("utf-8") in content for path in files)


def test_the_page_loads_them_and_they_are_kept_as_long_as_they_are_the_same(client):
    page = client.get("/").get_data(as_text=True)
    addresses = re.findall(r'"(/assets/studio[^"]+)"', page)
    assert [address.partition("?")[0] for address in addresses] == ["/assets/studio.css", "/assets/studio.js"]
    assert re.findall(r"/assets/\d\d_", page) == []
    for address, kind in zip(addresses, ("text/css", "text/javascript"), strict=True):
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (200, kind)
        assert "immutable" in answer.headers["Cache-Control"]
    assert page.index("dash_renderer") < page.index(addresses[1]) < page.index("new DashRenderer")
    assert page.index(addresses[0]) < page.index("<style>")


def test_fonts_are_where_the_styles_look_for_them(client):
    style = client.get("/assets/studio.css").get_data(as_text=True)
    fonts = re.findall(r"url\(\"?(fonts/[^)\"]+)", style)
    assert fonts
    for font in fonts:
        with client.get(f"/assets/{font}") as answer:
            assert answer.status_code == 200


def test_another_content_has_another_address(tmp_path: Path):
    (tmp_path / "a.js").write_text("1", "utf-8")
    first = Bundle.of(tmp_path, ".js", "text/javascript").address("/x/")
    (tmp_path / "a.js").write_text("2", "utf-8")
    assert first.startswith("/x/assets/studio.js?v=")
    assert Bundle.of(tmp_path, ".js", "text/javascript").address("/x/") != first
