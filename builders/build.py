"""A dataset as Parquet files: resumable, shared among jobs, never taken for whole before it is.

While it is built, everything lies in ``.incomplete/``, which `datasets` does not look into: the
recipe, finished files in ``data/``, and a receipt for each. At the end ``data/`` moves up, in one
step where the place is a folder, and ``manifest.json`` is written last. Every step may be done by
several jobs at once, or again after a kill: they all write the same bytes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gameqa.builders.engines import engine_of
from gameqa.builders.features import features
from gameqa.builders.manifest import from_json, make_manifest, receipts_of, to_json
from gameqa.builders.recipe import Recipe
from gameqa.builders.releases.layout import card_head
from gameqa.builders.shard_file import (
    DRAFT,
    RECEIPTS,
    SHARD_ROWS,
    WORKSHOP,
    Receipt,
    ShardPlan,
    plan_shards,
)
from gameqa.builders.storage import Place, open_place
from gameqa.errors import GameQAError

MANIFEST = "manifest.json"
CARD = "README.md"

_SETTLED = f"{WORKSHOP}/recipe.json"
_DRAFT_MANIFEST = f"{WORKSHOP}/{MANIFEST}"


@dataclass(frozen=True)
class Share:
    """Which files of a build a job makes: every ``of``-th, beginning at ``number``.

    Attributes:
        number: the job's number, from 0.
        of: how many jobs there are.
    """

    number: int = 0
    of: int = 1


class Build:
    """A recipe and the place that it is built in."""

    def __init__(
        self,
        recipe: Recipe,
        target: str | os.PathLike[str],
        shard_rows: int = SHARD_ROWS,
        command: str = "",
        about: Mapping[str, str] | None = None,
    ) -> None:
        """Plan the files; nothing is touched yet.

        Args:
            recipe: what to build.
            target: where: a folder, made if need be, or a URL that fsspec reaches.
            shard_rows: the most rows that a file holds.
            command: how it was asked for, kept in the manifest.
            about: title, description and recipe file of a release, kept in the manifest.

        Raises:
            GameQAError: a split is endless, or fsspec does not know the protocol of the URL.
        """
        self.recipe = recipe
        self.place: Place = open_place(target)
        self.plans = plan_shards(recipe, shard_rows)
        self.command = command
        self._about = dict(about or {})
        self._settled = {**recipe.as_dict(), "shard_rows": shard_rows}

    @property
    def rows(self) -> int:
        """How many rows all files have together."""
        return sum(len(plan.rows) for plan in self.plans)

    def share(self, share: Share) -> list[ShardPlan]:
        """Return the files of a job."""
        return self.plans[share.number :: share.of]

    def missing(self) -> list[ShardPlan]:
        """Make the place ready and return the files that are still to be built.

        Raises:
            GameQAError: the place holds a build of another recipe, or cannot be written to.
        """
        manifest = self._read(MANIFEST)
        self._refuse_others(manifest or self._read(_SETTLED))
        if manifest and self._is_intact(manifest):
            return []
        self.place.write(_SETTLED, to_json({"recipe": self._settled}))
        if manifest:  # Damaged since. What is left is worth keeping, but no longer a dataset.
            self.place.write(_DRAFT_MANIFEST, to_json(manifest))
            self.place.remove(MANIFEST)
        done = self._done()
        return [plan for plan in self.plans if plan not in done]

    def run(
        self,
        num_proc: int | None = None,
        progress: Callable[[int], object] = lambda rows: None,
        *,
        share: Share | None = None,
        engine: str = "local",
    ) -> bool:
        """Build what is missing of a share of the files; whoever finds all of them there finishes.

        Args:
            num_proc: how many processes share the work; when None, one, or all of a cluster.
            progress: called with numbers of rows as they are made.
            share: the share; everything when None.
            engine: one of `gameqa.builders.engines.ENGINES`.

        Returns:
            Whether the build is finished now; if not, other jobs still have files to make.

        Raises:
            GameQAError: the place cannot be written to, a row cannot be made, or a process or
                machine was lost.
        """
        build_shards = engine_of(engine)
        mine = set(self.share(share or Share()))
        todo = [plan for plan in self.missing() if plan in mine]
        try:
            if todo:
                schema = features().arrow_schema
                build_shards(self.recipe, todo, self.place, schema, num_proc, progress)
            return self._finish()
        except GameQAError:
            if self._is_intact(self._read(MANIFEST)):
                return True  # another job had the same work, finished and cleared the workshop
            raise

    def finish(self) -> None:
        """Finish a build whose files were all made by jobs that did not come to it.

        Raises:
            GameQAError: files are missing.
        """
        missing = self.missing()
        if missing:
            raise GameQAError(
                f"{self.place}: {len(missing)} of {len(self.plans)} files are missing, the first "
                f"is {missing[0].file_name}: run the jobs again that make them."
            )
        self._finish()

    def _finish(self) -> bool:
        if not self._is_intact(self._read(MANIFEST)):
            done = self._done()
            if len(done) < len(self.plans):
                return False
            files = [(plan, done[plan]) for plan in self.plans]
            manifest = make_manifest(self.recipe, self._settled, files, self.command, self._about)
            self.place.write(_DRAFT_MANIFEST, to_json(manifest))  # for who goes on if we are killed
            self.place.move(DRAFT, "data")
            if not self._is_intact(manifest):
                raise GameQAError(f"{self.place} was changed meanwhile: run the command again.")
            if len(manifest["configs"]) > 1 and not self.place.read([CARD]):
                self.place.write(CARD, card_head(manifest["configs"]).encode())
            self.place.write(MANIFEST, to_json(manifest))
        self.place.remove(WORKSHOP)
        return True

    def _done(self) -> dict[ShardPlan, Receipt]:
        """Return the files that are there and whole, with their receipts."""
        receipts = receipts_of(self._read(_DRAFT_MANIFEST))
        known = {p: receipts[name] for p in self.plans if (name := _final(p)) in receipts}
        there = self.place.sizes(RECEIPTS)
        plans = {plan.receipt_name: plan for plan in self.plans if plan.receipt_name in there}
        for name, content in self.place.read(plans).items():
            receipt = Receipt.read(content, plans[name], self.recipe)
            if receipt is not None:
                known[plans[name]] = receipt
        final, draft = self.place.sizes("data"), self.place.sizes(DRAFT)
        return {
            plan: receipt
            for plan, receipt in known.items()
            if receipt.size in (final.get(_final(plan)), draft.get(f"{DRAFT}/{plan.file_name}"))
        }

    def _is_intact(self, manifest: Mapping[str, Any]) -> bool:
        """Return whether every file of a manifest is there in its size; no for an empty one."""
        sizes = self.place.sizes("data") if manifest else {}
        receipts = receipts_of(manifest)
        return bool(receipts) and all(sizes.get(name) == r.size for name, r in receipts.items())

    def _read(self, name: str) -> dict[str, Any]:
        return from_json(self.place.read([name]).get(name))

    def _refuse_others(self, stored: Mapping[str, Any]) -> None:
        theirs = stored.get("recipe")
        if theirs is None:
            if self.place.sizes("data"):
                raise GameQAError(
                    f"{self.place} has a folder data/ that `gameqa build` did not write: "
                    "choose another directory."
                )
            return
        for name in dict.fromkeys([*self._settled, *theirs]):
            here, there = self._settled.get(name), theirs.get(name)
            if here != there:
                raise GameQAError(
                    f"{self.place} holds a build of another recipe: {name} is "
                    f"{_shortened(there)} there and {_shortened(here)} here. "
                    "Choose another directory, or remove that one."
                )


def _final(plan: ShardPlan) -> str:
    return f"data/{plan.file_name}"


def _shortened(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= 200 else f"{text[:200]}…"
