"""The bytes of a checkpoint: a header in JSON and the file of a net, with a digest that tells whether all is there."""

import json
import struct
import zlib
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from leabra_studio.errors import FormatError

MAGIC = b"leabra-studio checkpoint 1\n"
LENGTH = struct.Struct("<Q")


def pack(header: Mapping[str, Any], net: bytes) -> bytes:
    """Return a header (what JSON knows) and the file of a net, empty for none, as bytes."""
    text = zlib.compress(json.dumps(header).encode(), level=1)
    body = LENGTH.pack(len(text)) + text + net
    return MAGIC + sha256(body).digest() + body


def unpack(content: bytes) -> tuple[dict[str, Any], bytes]:
    """Return what `pack` was given.

    Raises
    ------
    FormatError
        If `content` is anything else or has been changed.
    """
    start = len(MAGIC) + sha256().digest_size
    body = content[start:]
    if content[:start] != MAGIC + sha256(body).digest():
        raise FormatError("This is no checkpoint of this version, or it has been damaged")
    try:
        (length,) = LENGTH.unpack_from(body)
        header = json.loads(zlib.decompress(body[LENGTH.size : LENGTH.size + length]))
    except (struct.error, zlib.error, ValueError) as error:
        raise FormatError(f"The checkpoint cannot be read ({error})") from error
    return header, body[LENGTH.size + length :]
