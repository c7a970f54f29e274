"""Our scripts and style sheets, one file of each kind: a page that asks for eighty small ones is ready .2 s later.

They are joined in the order of their names when the server starts.
"""

from __future__ import annotations

import hashlib
import html
from dataclasses import dataclass
from pathlib import Path

from dash import Dash
from flask import Response

IGNORE = r"\.(js|css)$"
"""The files that Dash is not to serve one by one."""
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Bundle:
    """All files of one kind.

    Attributes
    ----------
    name, kind
        Of the file they become: its name and MIME type.
    content
        Its text.
    """

    name: str
    kind: str
    content: str

    @classmethod
    def of(cls, folder: Path, ending: str, kind: str) -> Bundle:
        """Join the files of a folder that have an ending."""
        files = sorted(folder.glob(f"*{ending}"))
        content = "".join(f"/* {file.name} */\n{file.read_text('utf-8')}\n" for file in files)
        return cls(f"studio{ending}", kind, content)

    def address(self, prefix: str) -> str:
        """Return where it is served, as HTML has it; other content has another address, so it may be kept for ever."""
        version = hashlib.blake2s(self.content.encode(), digest_size=8).hexdigest()
        return html.escape(f"{prefix}assets/{self.name}?v={version}")


def install(app: Dash, folder: Path) -> tuple[str, str]:
    """Serve the style sheets and the scripts of a folder; return the elements of a page that load them."""
    styles, scripts = Bundle.of(folder, ".css", "text/css"), Bundle.of(folder, ".js", "text/javascript")
    for bundle in (styles, scripts):
        _serve(app, bundle)
    prefix = app.config.requests_pathname_prefix
    return (
        f'<link rel="stylesheet" href="{styles.address(prefix)}">',
        f'<script src="{scripts.address(prefix)}"></script>',
    )


def _serve(app: Dash, bundle: Bundle) -> None:
    def hand_out() -> Response:
        return Response(bundle.content, mimetype=bundle.kind, headers={"Cache-Control": FOREVER})

    address = f"{app.config.routes_pathname_prefix}assets/{bundle.name}"
    app.server.add_url_rule(address, endpoint=bundle.name, view_func=hand_out)
