"""What ``manifest.json`` says of a finished build: rows, files, checksums, recipe, versions."""

from __future__ import annotations

import importlib.metadata
import json
import platform
from collections.abc import Mapping, Sequence
from typing import Any

from gameqa.builders.recipe import Recipe
from gameqa.builders.releases.layout import plan_configs
from gameqa.builders.shard_file import Receipt, ShardPlan

_PACKAGES = ("gameqa", "numpy", "pyarrow", "datasets")


def make_manifest(
    recipe: Recipe,
    settled: Mapping[str, Any],
    files: Sequence[tuple[ShardPlan, Receipt]],
    command: str,
    about: Mapping[str, str],
) -> dict[str, Any]:
    """Return the content of the manifest.

    Args:
        recipe: what was built.
        settled: the recipe as data, with what else decides the bytes.
        files: every file, in order.
        command: how it was asked for.
        about: title and description, if there are such.
    """
    splits: dict[str, Any] = {}
    for plan, receipt in files:
        split = splits.setdefault(plan.split, {"rows": 0, "bytes": 0, "files": []})
        split["rows"] += len(plan.rows)
        split["bytes"] += receipt.size
        split["files"].append(receipt.entry(plan))
    return {
        "command": command,
        **({"about": dict(about)} if about else {}),
        "recipe": dict(settled),
        "digest": recipe.digest(),
        "versions": _versions(),
        "rows": sum(split["rows"] for split in splits.values()),
        "bytes": sum(split["bytes"] for split in splits.values()),
        "configs": plan_configs(plan for plan, _ in files),
        "splits": splits,
    }


def receipts_of(manifest: Mapping[str, Any]) -> dict[str, Receipt]:
    """Return the receipts of the files that a manifest lists, by name; none for an empty one."""
    return {
        file["name"]: Receipt(file["bytes"], file["sha256"])
        for split in manifest.get("splits", {}).values()
        for file in split["files"]
    }


def to_json(content: Mapping[str, Any]) -> bytes:
    """Write a manifest or a part of one."""
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def from_json(content: bytes | None) -> dict[str, Any]:
    """Read it back; nothing when it is not there or not ours."""
    try:
        read = json.loads(content or b"")
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue  # gameqa run from a checkout
    return found
