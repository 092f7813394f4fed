"""From a finished build to its card: the text, the metadata and the pictures that it shows."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huggingface_hub import DatasetCard, DatasetCardData

from gameqa.builders.extras import needs
from gameqa.builders.features import DESCRIPTIONS
from gameqa.builders.hub.finished import FinishedBuild
from gameqa.builders.hub.placement import CARD, README, Placement
from gameqa.builders.provenance import CITATION
from gameqa.dataset_card import facts as counting
from gameqa.dataset_card import metadata, tables
from gameqa.dataset_card.audit import read_audit
from gameqa.dataset_card.facts import SPLIT, TASK, Facts
from gameqa.dataset_card.merging import merge

_FIT_TO_SHOW = 450
"""How many characters a question should have to be shown as an example."""

_GALLERY = 12
"""How many games' pictures stand at the head of a card; the table has all."""

_TEMPLATE = Path(__file__).with_name("template.md")


@dataclass(frozen=True)
class Card:
    """What a build says about itself.

    Attributes:
        text: Markdown, without metadata.
        data: the metadata.
        pictures: by name relative to the build's folder, the PNG files that the text shows.
        place: where the build lies in its repository.
    """

    text: str
    data: DatasetCardData
    pictures: Mapping[str, bytes]
    place: Placement

    def merged_into(self, old: str) -> tuple[str, dict[str, list[str]]]:
        """Bring this card into another one, "" for none.

        What people wrote outside of the build's part stays, and so do other configs.

        Returns:
            The new ``README.md``; and of each config of others, the patterns of its files.

        Raises:
            GameQAError: the old card's metadata cannot be read.
        """
        return merge(old, self.text, self.data, self.place)


def make_card(
    build: FinishedBuild,
    *,
    repo_id: str = "",
    place: Placement | None = None,
    progress: Callable[[int], object] = lambda size: None,
) -> Card:
    """Read a build once and make its card; equal builds make equal cards.

    Args:
        build: the build.
        repo_id: where it is published, for the examples; ``<user>/<name>`` when not known.
        place: where it lies in its repository; at the root when None.
        progress: called with numbers of bytes as they are read.

    Raises:
        GameQAError: the extra ``report`` is not installed.
    """
    place = place or Placement()
    with needs("report", "Dataset cards"):
        import jinja2  # noqa: F401 - huggingface_hub fills templates with it
    from gameqa.dataset_card.plots import constant_shares, plots

    facts = counting.count(build, progress)
    shares = constant_shares(facts.answers)
    drawn = list(plots(facts))
    pictures = {f"{CARD}/{name}.png": png for name, _, png in drawn}
    for game, row in facts.examples.items():
        if row["image"]:
            pictures[f"{CARD}/{game}.png"] = row["image"]["bytes"]
    games = tables.games(facts)
    data = metadata.card_data(build, place, has_pictures=bool(facts.pictures))
    text = DatasetCard.from_template(
        data,
        template_path=str(_TEMPLATE),
        title=metadata.pretty_name(build),
        description=build.about.get("description", "").strip(),
        repo_id=repo_id or f"<user>/{place.name or build.name}",
        config=place.config,
        place=place,
        folder=f"{place.prefix}{CARD}",
        build=build,
        recipe=build.manifest["recipe"],
        rebuild=_rebuild(build),
        facts=facts,
        games=games,
        gallery=games[:: -(-len(games) // _GALLERY)],
        tasks=tables.tasks(facts),
        splits=tables.splits(build, facts),
        configs=tables.configs(build, place),
        n_tasks=len(facts.by(counting.GAME, TASK)),
        split_names=[name for (name,) in facts.by(SPLIT)],
        example=_example(facts),
        wrapped=_wrapped,
        plots=[(name, caption) for name, caption, _ in drawn],
        audit=read_audit(build.folder),
        mean=tables.mean,
        shares=shares,
        worst=max((share, "/".join(place)) for place, share in shares.items())[1] if shares else "",
        columns=DESCRIPTIONS,
        citation=CITATION.strip(),
    ).text
    return Card(text, data, pictures, place)


def write_card(
    build: FinishedBuild,
    *,
    repo_id: str = "",
    progress: Callable[[int], object] = lambda size: None,
) -> Path:
    """Write ``README.md`` and its pictures into a build's folder; return the path of the former.

    An existing ``README.md`` keeps what people wrote into it outside of the generated part.

    Args:
        build: the build.
        repo_id: where it is to be published.
        progress: called with numbers of bytes as they are read.

    Raises:
        GameQAError: the folder cannot be written to, or the extra ``report`` is not installed.
    """
    from gameqa.builders.failures import writing_to

    card = make_card(build, repo_id=repo_id, progress=progress)
    path = build.folder / README
    with writing_to(build.folder, "Make room there, or check who may write to it."):
        old = path.read_text(encoding="utf-8") if path.is_file() else ""
        text, _ = card.merged_into(old)
        (build.folder / CARD).mkdir(exist_ok=True)
        for found in (build.folder / CARD).glob("*.png"):
            if f"{CARD}/{found.name}" not in card.pictures:
                found.unlink()
        for name, content in card.pictures.items():
            (build.folder / name).write_bytes(content)
        draft = path.with_name(f".{README}.new")
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    return path


def _rebuild(build: FinishedBuild) -> list[str]:
    """Return the commands that make the same bytes again."""
    versions = dict(build.manifest["versions"])
    encoder = str(build.manifest["recipe"].get("png_encoder") or "")
    extra = "[fast]" if "isal" in encoder else ""
    pinned = [f'"gameqa{extra}=={build.manifest["recipe"]["gameqa"]}"']
    pinned += [
        f'"{name}=={versions[name]}"' for name in ("numpy", "pyarrow", "isal") if name in versions
    ]
    command = str(build.manifest["command"])
    return [
        f"pip install {' '.join(pinned)}",
        f"{command} --out {build.name}",
        f"gameqa verify {build.name} --pictures",
    ]


def _example(facts: Facts) -> dict[str, Any]:
    """Return one row to show: with options if there is such, its question neither long nor bare."""
    rows = facts.examples.values()
    return min(rows, key=lambda row: (not row["options"], abs(len(row["question"]) - _FIT_TO_SHOW)))


def _wrapped(text: str) -> str:
    """Break the lines of a text for a block that does not."""
    lines = (textwrap.fill(line, 92, break_on_hyphens=False) for line in text.splitlines())
    return "\n".join(lines)
