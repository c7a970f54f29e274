"""Undo and redo: the documents before and after the present one."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from leabra_studio.model.document import Model, View

DEPTH = 200


@dataclass(frozen=True)
class Change:
    """One entry of the history.

    Parameters
    ----------
    label : str
        What was done, in a few words.
    model : Model
        The document on the far side of the change: before it in the past, after it in the future.
    view : View
        What the page was made to show on the near side, to see whether somebody has looked elsewhere since.
    """

    label: str
    model: Model
    view: View


@dataclass(frozen=True)
class History:
    """The present document, and the way back and forth from it.

    What the page shows (`Model.view`) is no part of it: undo leaves the view where it is, unless the change undone
    had itself moved it.

    Parameters
    ----------
    present : Model
        The document as it is.
    past, future : tuple of Change
        Oldest first; what was undone last is the last of the future.
    key : str, optional
        The key of the last push, while pushes of the same key still become one entry with it.
    """

    present: Model
    past: tuple[Change, ...] = ()
    future: tuple[Change, ...] = ()
    key: str | None = None

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self.past)

    @property
    def can_redo(self) -> bool:
        """Whether there is something taken back."""
        return bool(self.future)

    @property
    def undo_label(self) -> str | None:
        """What `undo` would take back."""
        return self.past[-1].label if self.past else None

    @property
    def redo_label(self) -> str | None:
        """What `redo` would do again."""
        return self.future[-1].label if self.future else None

    @property
    def done_labels(self) -> tuple[str, ...]:
        """What was done, oldest first."""
        return tuple(change.label for change in self.past)

    @property
    def undone_labels(self) -> tuple[str, ...]:
        """What was taken back, the latest edit first."""
        return tuple(change.label for change in self.future)

    def push(self, model: Model, label: str, key: str | None = None) -> History:
        """Return the history with `model` as the present.

        Parameters
        ----------
        model : Model
            The new document. One that differs in nothing but its view makes no entry.
        label : str
            What was done.
        key : str, optional
            Consecutive pushes of the same key are one entry (a slider being dragged); it disappears where the last
            of them comes back to the document before the first.
        """
        if _same(model, self.present):
            return replace(self, present=model)
        joined = key is not None and key == self.key and self.can_undo
        before = self.past[-1].model if joined else self.present
        past = self.past[:-1] if joined else self.past
        if joined and _same(model, before):
            return History(model, past)
        return History(model, (*past, Change(label, before, model.view))[-DEPTH:], key=key)

    def sealed(self) -> History:
        """Return the history whose next push is an entry of its own, whatever its key."""
        return replace(self, key=None)

    def undo(self) -> History:
        """Return the history one entry back; unchanged at its beginning."""
        if not self.past:
            return self
        change = self.past[-1]
        undone = Change(change.label, self.present, change.model.view)
        return History(self._seen(change), self.past[:-1], (*self.future, undone))

    def redo(self) -> History:
        """Return the history one entry forth; unchanged at its end."""
        if not self.future:
            return self
        change = self.future[-1]
        done = Change(change.label, self.present, change.model.view)
        return History(self._seen(change), (*self.past, done), self.future[:-1])

    def _seen(self, change: Change) -> Model:
        """Return the document on the far side of `change`, as the page would show it."""
        model, view = change.model, self.present.view
        if view == change.view:
            return model
        sizes = {layer.name: layer.size for layer in model.layers}
        if view.layer is None or view.unit < sizes.get(view.layer, 0):
            return replace(model, view=view)
        return replace(model, view=replace(view, layer=model.view.layer, unit=model.view.unit))


def _same(a: Model, b: Model) -> bool:
    """Return whether two documents differ in nothing but their views."""
    return all(getattr(a, f.name) == getattr(b, f.name) for f in fields(Model) if f.compare and f.name != "view")
