"""What a dataset says about its own making, and how to read it back."""

from __future__ import annotations

import json
from typing import Any

from gameqa.builders.catalogue import ALL
from gameqa.builders.recipe import Recipe
from gameqa.errors import GameQAError

LICENSE = "apache-2.0"

CITATION = """\
@article{code2logic2025,
  title   = {Code2Logic: Game-Code-Driven Data Synthesis for Enhancing VLMs General Reasoning},
  author  = {The Code2Logic authors},
  journal = {arXiv preprint arXiv:2505.13886},
  note    = {Later titled Game-RL. The paper of the published GameQA dataset.},
  year    = {2025}
}
"""

_MARK = "Recipe: "


def describe(recipe: Recipe) -> str:
    """Return the description of a dataset; its last line is the recipe as JSON."""
    made = recipe.as_dict()
    what = "all games" if recipe.config == ALL else recipe.config
    engines = ", ".join(f"{game} v{version}" for game, version in made["engines"].items())
    return (
        f"Visual questions about {what}, made by gameqa {made['gameqa']}. Every answer follows "
        "from the columns state and query; every row from its data_id alone.\n"
        f"Engines: {engines}. PNG encoder: {made['png_encoder'] or 'none'}.\n"
        f"{_MARK}{json.dumps(made)}"
    )


def recipe_of(dataset: Any) -> dict[str, Any]:
    """Read the recipe back that a loaded dataset was made by.

    Args:
        dataset: a dataset or stream of gameqa, or its ``info``.

    Raises:
        GameQAError: it was not made by gameqa, or lost its description.
    """
    description = str(getattr(dataset, "description", "") or "")
    line = description.rpartition("\n")[2]
    if not line.startswith(_MARK):
        raise GameQAError("The dataset's description holds no gameqa recipe.")
    recipe: dict[str, Any] = json.loads(line.removeprefix(_MARK))
    return recipe
