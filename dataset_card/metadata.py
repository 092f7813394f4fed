"""The card's YAML: what the Hub and `datasets` read of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datasets import DatasetInfo, Features, SplitDict, SplitInfo
from datasets.info import DatasetInfosDict
from huggingface_hub import DatasetCardData

from gameqa.builders.features import features
from gameqa.builders.hub.finished import FinishedBuild
from gameqa.builders.hub.placement import Placement
from gameqa.builders.provenance import LICENSE
from gameqa.builders.releases.layout import DEFAULT

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (10**6, "100K<n<1M"))
_LARGER = "1M<n<10M"
_TAGS = (
    "gameqa",
    "games",
    "reasoning",
    "synthetic",
    "reinforcement-learning",
    "verifiable-rewards",
)


def card_data(build: FinishedBuild, place: Placement, has_pictures: bool) -> DatasetCardData:
    """Return the metadata of a build.

    Args:
        build: the build.
        place: where it lies in the repository: decides names and paths.
        has_pictures: whether its rows have pictures.
    """
    tags = [*_TAGS, "vision-language-models"] if has_pictures else list(_TAGS)
    looking = ["visual-question-answering", "image-text-to-text"]
    data = DatasetCardData(
        language=["en"],
        license=LICENSE,
        annotations_creators=["machine-generated"],
        language_creators=["machine-generated"],
        multilinguality=["monolingual"],
        source_datasets=["original"],
        size_categories=[size_category(build.rows)],
        task_categories=looking if has_pictures else ["question-answering", "text-generation"],
        pretty_name=pretty_name(build),
        tags=tags,
        configs=_configs(build, place),
    )
    _infos(build, place).to_dataset_card_data(data)
    if isinstance(data["dataset_info"], dict):  # how a single one is written
        name = data["dataset_info"].pop("config_name", DEFAULT)
        data["dataset_info"] = [{"config_name": name, **data["dataset_info"]}]
    return data


def pretty_name(build: FinishedBuild) -> str:
    """Return a build's name for people."""
    return build.about.get("title") or f"GameQA: {build.name}"


def size_category(rows: int) -> str:
    """Return the Hub's name for a number of rows."""
    return next((name for bound, name in _SIZES if rows < bound), _LARGER)


def _configs(build: FinishedBuild, place: Placement) -> list[dict[str, Any]]:
    configs: list[dict[str, Any]] = []
    for name, splits in place.configs(build).items():
        files = [
            {"split": split, "path": patterns[0] if len(patterns) == 1 else patterns}
            for split, patterns in splits.items()
        ]
        configs.append({"config_name": name, "data_files": files})
    if not place.name:
        configs[0]["default"] = True
    return configs


def _infos(build: FinishedBuild, place: Placement) -> DatasetInfosDict:
    """Return rows and bytes of each split of each config; the columns once, they are the same."""
    infos = DatasetInfosDict()
    columns: Features | None = features()
    for name, splits in build.configs.items():
        sizes = SplitDict()
        for split, patterns in splits.items():
            files = [file for file in build.files if file.split == split and file.matches(patterns)]
            sizes.add(
                SplitInfo(
                    split,
                    num_bytes=sum(f.size for f in files),
                    num_examples=sum(f.rows for f in files),
                )
            )
        size = sum(split.num_bytes for split in sizes.values())
        infos[place.config(name)] = DatasetInfo(
            features=columns, splits=sizes, download_size=size, dataset_size=size
        )
        columns = None
    return infos


def merge(
    old: Mapping[str, Any], new: Mapping[str, Any], place: Placement
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Bring a build's metadata into a card that may describe other builds, too.

    Args:
        old: the metadata of the card as it is.
        new: the build's own, from `card_data`.
        place: where the build lies: configs of the same name or place are replaced.

    Returns:
        The metadata of the new card; and of each config that is kept, the patterns of its files.
    """
    merged = {**new, **{key: value for key, value in old.items() if value is not None}}
    names = {config["config_name"] for config in new["configs"]}
    kept = [
        dict(config)
        for config in old.get("configs") or []
        if config["config_name"] not in names and not place.owns(patterns_of(config))
    ]
    if place.name:
        merged["configs"] = [*kept, *new["configs"]]
    else:
        for config in kept:
            config.pop("default", None)
        merged["configs"] = [*new["configs"], *kept]
    kept_names = {config["config_name"] for config in kept}
    infos = old.get("dataset_info") or []
    if isinstance(infos, Mapping):
        infos = [{"config_name": DEFAULT, **infos}]
    kept_infos = [info for info in infos if info["config_name"] in kept_names]
    merged["dataset_info"] = sorted(
        [*new["dataset_info"], *kept_infos], key=lambda info: str(info["config_name"])
    )
    for key in ("tags", "task_categories", "language"):
        theirs = old.get(key) or []
        theirs = [theirs] if isinstance(theirs, str) else theirs
        merged[key] = list(dict.fromkeys([*theirs, *new[key]]))
    if not kept:
        merged["size_categories"] = new["size_categories"]
        merged["pretty_name"] = old.get("pretty_name") or new["pretty_name"]
    return merged, {config["config_name"]: patterns_of(config) for config in kept}


def patterns_of(config: Mapping[str, Any]) -> list[str]:
    """Return the patterns of a config's files, however its card writes them."""
    files = config.get("data_files")
    if files is None:
        return [f"{str(config.get('data_dir', config['config_name'])).strip('/')}/*"]
    if isinstance(files, str):
        return [files]
    found: list[str] = []
    for entry in files:
        path = entry["path"] if isinstance(entry, Mapping) else entry
        found += [path] if isinstance(path, str) else path
    return found
