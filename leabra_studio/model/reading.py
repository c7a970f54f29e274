"""Values of a parsed JSON document together with the path they stand at, so that an error can name it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from leabra_studio.engine.params import shown
from leabra_studio.errors import FormatError


def parse(data: str | bytes, limit: int) -> Any:
    """Return what a JSON text says.

    Parameters
    ----------
    data : str or bytes
        The text; bytes are UTF-8.
    limit : int
        The largest size allowed, in bytes or characters.

    Raises
    ------
    FormatError
        If it is too large or is not JSON; numbers that are not finite and keys given twice are refused as well.
    """
    if not isinstance(data, str | bytes):
        raise FormatError(f"A document must be text or bytes (got {shown(data)})")
    if len(data) > limit:
        raise FormatError(f"The file is too large: {len(data):,} bytes, at most {limit:,} are read")
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_not_a_number)
    except UnicodeDecodeError:
        raise FormatError("The file is not text (UTF-8)") from None
    except json.JSONDecodeError as error:
        raise FormatError(f"The file is not JSON: {error.msg} in line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise FormatError("The file is nested too deeply") from None
    except FormatError:
        raise
    except ValueError:  # a whole number with thousands of digits
        raise FormatError("The file holds a number that is too long") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise FormatError(f"The key {shown(twice)} is given more than once in one object")
    return result


def _not_a_number(word: str) -> NoReturn:
    raise FormatError(f"Numbers must be finite (got {word})")


@dataclass(frozen=True)
class At:
    """A value and its path, such as ``layers[2].shape``; the whole document has an empty path."""

    value: Any
    path: str = ""

    def fail(self, rule: str) -> NoReturn:
        """Raise a `FormatError` for this place."""
        raise FormatError(rule, self.path)

    def items(self, limit: int) -> Iterator[At]:
        """Return the items of a list of at most `limit`."""
        if not isinstance(self.value, list):
            self.fail(f"must be a list (got {shown(self.value)})")
        if len(self.value) > limit:
            self.fail(f"must have at most {limit:,} items (got {len(self.value):,})")
        return (At(item, f"{self.path}[{i}]") for i, item in enumerate(self.value))

    def entries(self) -> dict[str, At]:
        """Return the values of an object by key."""
        if not isinstance(self.value, Mapping):
            self.fail(f"must be an object (got {shown(self.value)})")
        return {key: At(item, self.below(key)) for key, item in self.value.items()}

    def fields(self, known: Iterable[str], required: Iterable[str]) -> dict[str, At]:
        """Return the entries of an object whose keys are all `known` and among which none `required` is missing."""
        entries, allowed = self.entries(), tuple(known)
        for key in required:
            if key not in entries:
                self.fail(f"must have the key {key!r}")
        for key, item in entries.items():
            if key not in allowed:
                item.fail(f"is not known here; known are {', '.join(allowed)}")
        return entries

    def below(self, key: str) -> str:
        """Return the path of what is under `key`."""
        if not key.isidentifier():
            return f"{self.path}[{shown(key)}]"
        return f"{self.path}.{key}" if self.path else key
