"""What a process works on at a time: the samples of one task in one form, made and measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from gameqa import engine
from gameqa.builders.audit import sight
from gameqa.builders.audit.case import Case
from gameqa.builders.audit.measuring import Cell, measure_task
from gameqa.builders.audit.reading import read_case
from gameqa.builders.audit.sight import Seen
from gameqa.registry import get_game
from gameqa.sample import Form, Level, Modality, Split

SPLITS = (Split.TRAIN, Split.TRAIN, Split.VALIDATION, Split.TEST)
"""In turn, the splits that samples are drawn from: half of them in train, as of all states."""


@dataclass(frozen=True)
class Unit:
    """One task in one form: what a process works on at a time."""

    game: str
    task: str
    form: Form
    levels: tuple[Level, ...]
    samples: int
    seed: int
    modality: Modality
    with_classifier: bool


def units_of(
    games: Iterable[str],
    *,
    samples: int,
    seed: int = 0,
    tasks: Sequence[str] | None = None,
    levels: Sequence[Level] | None = None,
    forms: Sequence[Form] = tuple(Form),
    with_classifier: bool = True,
) -> list[Unit]:
    """Return the units of some games' default tasks.

    A task that is served in both forms is drawn twice. The second time there are no pictures and a
    quarter of the samples: all that is left to ask is what the open answers are.
    """
    units = []
    for slug in games:
        game = get_game(slug)
        for task in game.tasks:
            if not (task.is_default if tasks is None else task.slug in tasks):
                continue
            own = [form for form in task.forms if form in forms]
            for form in own:
                with_pictures = form is own[0]
                units.append(
                    Unit(
                        game=slug,
                        task=task.slug,
                        form=form,
                        levels=tuple(game.levels if levels is None else levels),
                        samples=samples if with_pictures else -(-samples // 4),
                        seed=seed,
                        modality=Modality.IMAGE if with_pictures else Modality.TEXT,
                        with_classifier=with_classifier,
                    )
                )
    return units


def measure_unit(unit: Unit) -> tuple[list[Cell], list[Seen]]:
    """Make a unit's samples and measure them; and look at a few of its pictures closely."""
    cases = list(_cases(unit))
    if unit.modality is Modality.TEXT:
        # Only the answers are asked for. The board in words leaves out what pictures differ in,
        # such as the side that a scene is seen from, so that it repeats sooner.
        cases = [replace(case, content=case.data_id) for case in cases]
    game = get_game(unit.game)
    looked: list[Seen] = []
    if unit.modality is Modality.IMAGE:
        looked = sight.look_at_task(game, game.task(unit.task), unit.form, unit.levels, unit.seed)
    return measure_task(cases, unit.with_classifier), looked


def _cases(unit: Unit) -> Iterator[Case]:
    game = get_game(unit.game)
    task = game.task(unit.task)
    for level in unit.levels:
        for number in range(unit.samples):
            split = SPLITS[number % len(SPLITS)]
            address = engine.address_of(game, task, level, split, unit.seed, number)
            made = engine.make(game, task, address, answer_format=unit.form, modality=unit.modality)
            yield read_case(made)
