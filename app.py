"""Start the studio for one person or a class: ``python app.py``; ``HOST`` and ``PORT`` override the address."""

from __future__ import annotations

import os

from leabra_studio.web import create_app


def main() -> None:
    """Serve the page until interrupted."""
    create_app().run(host=os.environ.get("HOST", "127.0.0.1"), port=int(os.environ.get("PORT", "8050")), debug=False)


if __name__ == "__main__":
    main()
