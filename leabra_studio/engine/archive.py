"""One file with a JSON header and numpy arrays: a zip without compression, so that no few bytes become many."""

from __future__ import annotations

import json
import math
import os
import secrets
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from io import BytesIO, TextIOBase
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from leabra_studio.engine.limits import MAX_HEADER
from leabra_studio.engine.params import shown
from leabra_studio.errors import FormatError, ValidationError

HEADER = "header.json"

Place = str | os.PathLike[str] | BinaryIO


def check_place(call: str, place: Any, method: str) -> None:
    """Refuse what is neither a path nor a binary stream with that method.

    Raises
    ------
    ValidationError
        If it is another thing.
    """
    if isinstance(place, str | os.PathLike):
        good = _can_name_a_file(place)
    else:
        good = hasattr(place, method) and not isinstance(place, TextIOBase)
    if not good:
        raise ValidationError(call, "filename", f"must be a path or a binary stream (got {shown(place)})")


def _can_name_a_file(place: str | os.PathLike[str]) -> bool:
    try:
        name = os.fsencode(place)
    except (TypeError, UnicodeError):
        return False
    return bool(name) and b"\0" not in name


def write(place: Place, header: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write a file; one on disk is replaced only when the new one is complete."""
    with writing(place) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(HEADER), json.dumps(header, allow_nan=False))
        for name, array in arrays.items():
            with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w", force_zip64=True) as member:
                np.lib.format.write_array(member, array, version=(1, 0), allow_pickle=False)


@contextmanager
def writing(place: Place) -> Iterator[BinaryIO]:
    """Open a place for writing; a file on disk is replaced only when the new one is complete."""
    if not isinstance(place, str | os.PathLike):
        yield place
        return
    target = Path(place)
    unfinished = target.parent / f".{secrets.token_hex(8)}.tmp"
    try:
        with open(unfinished, "xb") as stream:
            yield stream
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


class Archive:
    """An open file whose members are read one by one, each checked against what it must be."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def header(self) -> Any:
        """Return the JSON header.

        Raises
        ------
        FormatError
            If it is missing, too large or no JSON.
        """
        data = self._member(HEADER, MAX_HEADER)
        with damage(HEADER):
            return json.loads(data)

    def array(self, name: str, dtype: type[np.generic], shape: tuple[int, ...]) -> NDArray[Any]:
        """Return a named array, which must have this type and shape.

        Raises
        ------
        FormatError
            If it is missing or has not.
        """
        wanted = np.dtype(dtype).newbyteorder("<")
        size = math.prod(shape) * wanted.itemsize
        data = self._member(f"{name}.npy", size + 4096)
        with damage(name):
            stream = BytesIO(data)
            version = np.lib.format.read_magic(stream)
            found = np.lib.format.read_array_header_1_0(stream) if version == (1, 0) else None
        if found != (shape, False, wanted):
            raise FormatError(f"must be a {wanted} array of shape {shape} (got {shown(found)})", name)
        if len(data) - stream.tell() != size:
            raise FormatError("is shorter or longer than it says", name)
        return np.frombuffer(data, wanted, offset=stream.tell()).reshape(shape).astype(dtype)

    def _member(self, name: str, most: int) -> bytes:
        with damage(name):
            info = self._archive.getinfo(name)
            if info.compress_type == zipfile.ZIP_STORED and info.file_size <= most:
                return self._archive.read(info)
        raise FormatError(f"must not be compressed, nor larger than {most:,} bytes", name)


@contextmanager
def reading(place: Place) -> Iterator[Archive]:
    """Open a file for reading.

    Raises
    ------
    FormatError
        If it is not such a file.
    OSError
        If there is no file, or it may not be read.
    """
    with opened(place) as stream:
        with damage(""):
            archive = zipfile.ZipFile(stream)
        with archive:
            yield Archive(archive)


def opened(place: Place) -> AbstractContextManager[BinaryIO]:
    """Return a place open for reading, to be closed if it was opened here."""
    return open(place, "rb") if isinstance(place, str | os.PathLike) else nullcontext(place)


@contextmanager
def damage(path: str) -> Iterator[None]:
    """Turn whatever damaged bytes make the standard readers raise into a sentence."""
    try:
        yield
    except Exception as error:  # damaged bytes make them raise nearly everything, tokenize.TokenError included
        raise FormatError(f"cannot be read: {shown(str(error) or type(error).__name__)}", path or "the file") from error
