"""The one small place that registers the builder with ``datasets``: `install`.

``datasets.load_dataset(path)`` asks ``datasets.load.dataset_module_factory`` which builder makes
``path``. Here that function learns one more path, ``"gameqa"``; every other goes to the original.
Nothing imports ``datasets`` (a second's work) before the user does: where it is not loaded yet, a
finder at the head of ``sys.meta_path`` waits for ``datasets.load``, then removes itself.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import sys
import threading
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

DATASET_NAME = "gameqa"
BUILDER_MODULE = "gameqa.builders.dataset_builder"

_PATCHED = "_gameqa_original"
_MODULE = "datasets.load"
_USERS = ("datasets.load", "datasets.inspect", "datasets.commands.test")
"""The modules that hold the function under its name."""


def install() -> None:
    """Make ``datasets.load_dataset("gameqa", ...)`` work, now or as soon as datasets is imported.

    Calling it again changes nothing. It never raises: ``import datasets`` works for everybody else
    whatever happens here.
    """
    with contextlib.suppress(Exception):
        module = sys.modules.get(_MODULE)
        if module is not None and hasattr(module, "dataset_module_factory"):
            _patch(module)
        elif not any(isinstance(finder, _Waiter) for finder in sys.meta_path):
            sys.meta_path.insert(0, _Waiter())


def builder_hash() -> str:
    """Return what the cache directory is named after besides the config: gameqa's version."""
    from gameqa import __version__

    return hashlib.blake2b(f"gameqa {__version__}".encode(), digest_size=8).hexdigest()


def _patch(module: ModuleType) -> None:
    original: Callable[..., Any] = module.dataset_module_factory
    if hasattr(original, _PATCHED):
        return
    dataset_module: Any = module.DatasetModule

    @functools.wraps(original)
    def dataset_module_factory(path: Any, *args: Any, **kwargs: Any) -> Any:
        if path == DATASET_NAME:
            return dataset_module(BUILDER_MODULE, builder_hash(), {"dataset_name": DATASET_NAME})
        return original(path, *args, **kwargs)

    setattr(dataset_module_factory, _PATCHED, original)
    for name in _USERS:
        user = sys.modules.get(name)
        if getattr(user, "dataset_module_factory", None) is original:
            user.dataset_module_factory = dataset_module_factory  # type: ignore[union-attr]


class _Waiter:
    """A finder that lets the other finders find ``datasets.load``, and patches it once executed."""

    def __init__(self) -> None:
        self._busy = threading.local()

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the others' spec of ``datasets.load``; None, which means "not mine", otherwise."""
        # Busy: another hook of this kind was asked, and asks all finders again.
        if name != _MODULE or getattr(self._busy, "asking", False):
            return None
        self._busy.asking = True
        try:
            spec = self._ask_the_others(name, path, target)
        finally:
            self._busy.asking = False
        if spec is not None:
            with contextlib.suppress(Exception):
                self._patch_once_executed(spec)
        return spec

    def _ask_the_others(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None
    ) -> ModuleSpec | None:
        for finder in list(sys.meta_path):
            find_spec = getattr(finder, "find_spec", None)
            if finder is not self and find_spec is not None:
                spec: ModuleSpec | None = find_spec(name, path, target)
                if spec is not None:
                    return spec
        return None

    def _patch_once_executed(self, spec: ModuleSpec) -> None:
        """Shadow the loader's method on this one instance, so that its type stays what it was."""
        loader: Any = spec.loader
        execute = loader.exec_module

        def exec_module(module: ModuleType) -> None:
            with contextlib.suppress(AttributeError):
                del loader.exec_module
            execute(module)
            with contextlib.suppress(Exception):
                if module.__name__ == _MODULE:
                    _patch(module)
                    sys.meta_path.remove(self)

        loader.exec_module = exec_module
