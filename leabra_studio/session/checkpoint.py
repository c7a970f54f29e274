"""Checkpoints: sessions as bytes in flask-caching, so that a lost or evicted one goes on where it was."""

import logging
from collections.abc import Callable, Mapping
from typing import IO, Any

from cachelib.serializers import BaseSerializer
from flask import Flask
from flask_caching import Cache

from leabra_studio.errors import LeabraError
from leabra_studio.session.session import Session

logger = logging.getLogger(__name__)

# How long a checkpoint is kept, in seconds; flask-caching would drop it after five minutes.
LIFETIME = 7 * 24 * 3600
# How long a session waits for a Redis server that does not answer, in seconds.
PATIENCE = 2.0
# How many are kept, in memory and elsewhere; one has 16 bytes for every connection of the network.
MOST_IN_MEMORY, MOST = 64, 500


class BytesSerializer(BaseSerializer):
    """Puts bytes into the cache and takes nothing but bytes out of it, so that its content is never code.

    Whole numbers are for the counter of the file cache. Anything that another serializer wrote reads as a miss.
    """

    def dumps(self, value: object, *args: Any, **kwargs: Any) -> bytes:
        """Return `value` with a letter in front that says what it is."""
        if isinstance(value, bytes):
            return b"B" + value
        if isinstance(value, int):
            return b"I%d" % value
        raise TypeError(f"only bytes are cached (got {type(value).__name__})")

    def loads(self, bvalue: bytes | None, *args: Any, **kwargs: Any) -> bytes | int | None:
        """Return what `dumps` was given; None for anything else."""
        kind, content = (bvalue or b"")[:1], (bvalue or b"")[1:]
        if kind == b"B":
            return content
        return int(content) if kind == b"I" and content.isdigit() else None

    def dump(self, value: object, f: IO[bytes], *args: Any, **kwargs: Any) -> None:
        """Write `value` to a file."""
        f.write(self.dumps(value))

    def load(self, f: IO[bytes], *args: Any, **kwargs: Any) -> bytes | int | None:
        """Read what `dump` wrote."""
        return self.loads(f.read())


def cache_config(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return flask-caching's configuration: Redis or a directory where the environment names one, else memory."""
    config: dict[str, Any] = {
        "CACHE_DEFAULT_TIMEOUT": LIFETIME,
        "CACHE_THRESHOLD": MOST,
        "CACHE_KEY_PREFIX": "leabra-studio:",
        "CACHE_SERIALIZER": BytesSerializer,
    }
    if url := environ.get("LEABRA_REDIS_URL", "").strip():
        waits = dict.fromkeys(("socket_timeout", "socket_connect_timeout"), PATIENCE)
        return config | {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": url, "CACHE_OPTIONS": waits}
    if folder := environ.get("LEABRA_CACHE_DIR", "").strip():
        return config | {"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": folder}
    return config | {"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": MOST_IN_MEMORY}


class Checkpoints:
    """The checkpoints of all sessions.

    Parameters
    ----------
    server
        The Flask application whose cache holds them.
    environ
        Names the cache: see `cache_config`.
    restore
        Makes a session of a checkpoint's bytes; raises a `LeabraError` when they are none.

    Attributes
    ----------
    lasting
        Whether they outlive this process: those in memory are only for sessions that make room.
    """

    def __init__(
        self, server: Flask, environ: Mapping[str, str], restore: Callable[[bytes], Session] = Session.restore
    ) -> None:
        config = cache_config(environ)
        self.lasting = config["CACHE_TYPE"] != "SimpleCache"
        self._cache = Cache(server, config=config)
        self._restore = restore

    def save(self, sid: str, session: Session) -> None:
        """Keep `session` under `sid`; a cache that fails is logged, the session goes on without."""
        try:
            self._cache.set(sid, session.checkpoint())
        except Exception as error:  # whatever the backend raises: a checkpoint is a safety net, not a condition
            logger.warning("no checkpoint was written: %s", error)

    def load(self, sid: str) -> Session | None:
        """Return the session kept under `sid`, None when there is none that can be read."""
        try:
            content = self._cache.get(sid)
        except Exception as error:  # as above
            logger.warning("no checkpoint could be read: %s", error)
            return None
        if not isinstance(content, bytes):
            return None
        try:
            return self._restore(content)
        except LeabraError as error:
            logger.warning("a checkpoint was refused: %s", error)
            return None
