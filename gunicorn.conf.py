"""Read by gunicorn from the directory that it is started in: refuse what the studio cannot be served with.

The application checks ``WEB_CONCURRENCY`` by itself; only gunicorn knows what its command line asked for.
"""

from __future__ import annotations

import os
import threading
from typing import Any

from leabra_studio.errors import LimitError
from leabra_studio.web.app import check_workers, settle


def on_starting(server: Any) -> None:
    """End with a sentence, before any worker is started."""
    try:
        check_workers({**os.environ, "WEB_CONCURRENCY": str(server.cfg.workers)})
    except LimitError as refusal:
        raise RuntimeError(str(refusal)) from refusal  # gunicorn prints a RuntimeError as a line, without a traceback


def post_worker_init(worker: Any) -> None:
    """Spare the worker long collections of garbage."""
    threading.Thread(target=settle, name="settle", daemon=True).start()
