"""Start the studio for one person or a class: ``python app.py``; ``HOST`` and ``PORT`` override the address."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading

import waitress

from leabra_studio.errors import LimitError
from leabra_studio.web.app import create_app, settle

DEFAULT_PORT = 8050
THREADS = 16
"""A classroom's requests are short; those that wait for a session must not keep the others waiting."""


def main() -> None:
    """Serve the page until interrupted."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # as Ctrl+C does: what runs in the background ends with it
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that a request waits for a thread is no news
    host = os.environ.get("HOST", "127.0.0.1")
    try:
        number = port(os.environ.get("PORT", ""))
        server = create_app().server
        threading.Thread(target=settle, name="settle", daemon=True).start()
        waitress.serve(server, host=host, port=number, threads=THREADS)
    except LimitError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"HOST, PORT: {host}:{number} cannot be served ({error}); choose another, such as PORT={number + 1}")


def port(text: str) -> int:
    """Read the port to listen on.

    Raises
    ------
    LimitError
        The text is no port.
    """
    if not text.strip():
        return DEFAULT_PORT
    if not text.strip().isdecimal() or not 1 <= int(text) <= 65535:
        raise LimitError(f"PORT: must be a number from 1 to 65535 (got {text}); try PORT={DEFAULT_PORT}")
    return int(text)


if __name__ == "__main__":
    main()
