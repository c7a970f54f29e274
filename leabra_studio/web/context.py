"""What an intent works on, and what it makes the page do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from leabra_studio.model.document import Model
from leabra_studio.session.session import Session


@dataclass(frozen=True)
class Effect:
    """What the page should do besides showing the new document.

    Attributes
    ----------
    select
        The new selection, None to keep it.
    toast, undoable
        A sentence over the canvas, and whether it offers Undo.
    edit_name
        The object whose name is to be typed now.
    hint, notice
        A sentence for the hint line; one that stays until it is closed.
    field
        Path of the form field the intent came from.
    download, link
        A file to save, and the model as the fragment of a link.
    script_for
        The library the script is to be written for from now on.
    left
        Whether the document that was open was left for another one.
    about
        What the inspector shows where nothing is selected, such as ``plan``; None for what it showed.
    table, rows
        The table of patterns to show from now on, and its rows that alone have changed.
    panes
        Panes of dialogs -> their content.
    """

    select: tuple[str, ...] | None = None
    toast: str = ""
    undoable: bool = False
    edit_name: str = ""
    hint: str = ""
    notice: str = ""
    panes: Mapping[str, Any] = field(default_factory=dict)
    field: str = ""
    download: Mapping[str, str] | None = None
    link: str = ""
    script_for: str = ""
    left: bool = False
    about: str | None = None
    table: str = ""
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Context:
    """The session an intent acts on and what the page has selected."""

    session: Session
    selected: tuple[str, ...] = field(default=())

    @property
    def model(self) -> Model:
        """The document as it is now."""
        return self.session.model

    def start_of(self, key: str | None) -> Model:
        """The document before the entry of the history that an edit of this key becomes part of."""
        history = self.session.history
        joins = key is not None and key == history.key and history.can_undo
        return history.past[-1].model if joins else history.present

    def edit(
        self, op: Callable[..., Model], *args: object, label: str, key: str | None = None, **kwargs: object
    ) -> str:
        """Apply one edit; return the sentence for the hint line."""
        change = self.session.edit(op, *args, label=label, key=key, **kwargs)
        return f"{change.message or label} · Undo with Ctrl+Z"
