"""A model as text for the address of a page: short, checked like a file, and the same model wherever it is opened."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib

from leabra_studio.engine.params import shown
from leabra_studio.errors import FormatError, LimitError
from leabra_studio.model import codec
from leabra_studio.model.document import Model

VERSION = "1"
"""How a link is packed; what is inside has the document's own version."""
LINK_LENGTH = 8192
"""Characters of the longest link: what browsers, mail programs and servers carry without cutting it."""
DOCUMENT_BYTES = 2**20
"""Bytes of the largest document inside a link."""
PATTERN = re.compile(r"([0-9]{1,4})\.([A-Za-z0-9_-]+)")
SAVE = "save it as a file and send that instead"


def to_link(model: Model) -> str:
    """Return a model as text that can stand behind the ``#`` of an address as it is.

    Raises
    ------
    LimitError
        If it would be longer than 8,192 characters; the model can still be saved as a file.
    """
    document = json.dumps(codec.encoded(model), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    if len(document) > DOCUMENT_BYTES:
        raise LimitError(f"The model is too large for a link ({len(document):,} bytes); {SAVE}")
    packed = base64.urlsafe_b64encode(zlib.compress(document, 9)).decode().rstrip("=")
    text = f"{VERSION}.{packed}"
    if len(text) > LINK_LENGTH:
        rule = f"The model is too large for a link ({len(text):,} characters, at most {LINK_LENGTH:,})"
        raise LimitError(f"{rule}; {SAVE}")
    return text


def from_link(text: str) -> Model:
    """Return the model that a link describes.

    Parameters
    ----------
    text : str
        What `to_link` has made.

    Raises
    ------
    FormatError
        If it is anything else, also a link that was cut or changed on its way.
    """
    document = _unpacked(_content(text))
    return codec.loads(document)


def _content(text: str) -> bytes:
    """Return the packed bytes of a link."""
    if not isinstance(text, str):
        raise FormatError(f"A link must be text (got {shown(text)})")
    if len(text) > LINK_LENGTH:
        raise FormatError(f"The link is too long: {len(text):,} characters, at most {LINK_LENGTH:,} are read")
    found = PATTERN.fullmatch(text)
    if not found:
        raise FormatError(f"This is no link to a model; it may have been cut (got {shown(text)})")
    version, packed = found.groups()
    if version != VERSION:
        raise FormatError(f"The link is of version {version}, this Leabra Studio reads version {VERSION}: update it")
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raise FormatError("The link is incomplete; copy the whole of it") from None


def _unpacked(content: bytes) -> bytes:
    """Return the document inside; what would be larger than `DOCUMENT_BYTES` is never unpacked whole."""
    unpacker = zlib.decompressobj()
    try:
        document = unpacker.decompress(content, DOCUMENT_BYTES + 1)
    except zlib.error:
        raise FormatError("The link is damaged; copy it again") from None
    if len(document) > DOCUMENT_BYTES:
        raise FormatError(f"The link holds more than {DOCUMENT_BYTES:,} bytes; such a model travels as a file")
    if not unpacker.eof or unpacker.unused_data:
        raise FormatError("The link is damaged; copy it again")
    return document
