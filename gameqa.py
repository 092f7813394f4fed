"""The loading script, for versions of `datasets` that still run scripts (below 4).

From the folder above a checkout named gameqa::

    load_dataset("gameqa", "sokoban", trust_remote_code=True)

With gameqa installed and imported this file is not needed on any version of `datasets`.
"""

import importlib.util
import sys
from pathlib import Path

import gameqa

if getattr(gameqa, "__file__", None) is None:
    # Not installed, or hidden by the checkout: "gameqa" is the checkout's folder, a namespace
    # without a file. Put the package in it into its place, laid out as when it is installed.
    _root = next(
        path for path in map(Path, gameqa.__path__) if (path / "gameqa" / "__init__.py").is_file()
    )
    _spec = importlib.util.spec_from_file_location(
        "gameqa",
        _root / "gameqa" / "__init__.py",
        submodule_search_locations=[str(_root / "gameqa"), str(_root)],
    )
    sys.modules["gameqa"] = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules["gameqa"])

from gameqa.builders import dataset_builder

_patched_for_streaming = True  # as in dataset_builder


class GameQA(dataset_builder.GameQA):
    """The builder, under the name by which a script's main class is found."""
