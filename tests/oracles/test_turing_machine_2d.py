"""2D Turing Machine: answers against a literal interpreter of the JSON state, and the shares."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

import gameqa
from gameqa.games.turing_machine_2d import GAME
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
FORMS = ("choice", "open")


class Machine:
    """An interpreter on a dictionary of cells that keeps every write."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.tape = {(r, c): v for r, row in enumerate(data["grid"]) for c, v in enumerate(row)}
        self.shown = dict(self.tape)
        head = data["head"]
        self.row, self.col, self.state = head["row"], head["col"], head["state"]
        self.table = {
            (rule["state"], rule["symbol"]): (rule["write"], rule["move"], rule["next_state"])
            for rule in data["rules"]
        }
        assert len(self.table) == data["n_states"] * data["n_symbols"]
        self.number = 0
        self.writes: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self.reads_own_writing = False

    @property
    def at(self) -> tuple[int, int]:
        return self.row, self.col

    def step(self) -> None:
        symbol = self.tape[self.at]
        self.reads_own_writing |= symbol != self.shown[self.at]
        write, move, self.state = self.table[self.state, symbol]
        self.number += 1
        self.writes.setdefault(self.at, []).append((self.number, write))
        self.tape[self.at] = write
        if move in ("up", "down"):
            self.row += -1 if move == "up" else 1
        else:
            self.col += -1 if move == "left" else 1
        assert self.at in self.tape, "the head left the board"


def samples(
    task: str, form: str = "choice", count: int = SAMPLES, levels: tuple[str, ...] = LEVELS
) -> Iterator[tuple[Sample, Machine, dict[str, Any], dict[str, Any]]]:
    for level in levels:
        for index in range(count):
            made = gameqa.sample(
                GAME, task=task, plot_level=level, index=index, seed=5, answer_format=form
            )
            state = json.loads(made.state)
            yield made, Machine(state), json.loads(made.query), state


def answer(sample: Sample) -> str:
    return sample.options["ABCDEFGH".index(sample.answer)] if sample.options else sample.answer


@pytest.mark.parametrize("form", FORMS)
def test_positions(form: str) -> None:
    """Catches a wrong move, rule or number of steps, and options that parity rules out."""
    for sample, machine, query, state in samples("head_position_after_steps", form):
        start = machine.at
        for _ in range(query["steps"]):
            machine.step()
        assert answer(sample) == str(machine.at), sample.data_id
        cells = [tuple(map(int, re.findall(r"\d+", option))) for option in sample.options]
        for row, col in cells:
            away = abs(row - start[0]) + abs(col - start[1])
            # From four steps on a run goes back once at least, to read what it has written.
            farthest = query["steps"] - (2 if query["steps"] >= 4 else 0)
            assert away <= farthest and (away - query["steps"]) % 2 == 0, sample.data_id
            assert row < state["rows"] and col < state["cols"], sample.data_id
        assert len(cells) >= 4 or form == "open", sample.data_id


@pytest.mark.parametrize("point", ["start", "border"])
def test_ends_are_as_frequent_as_they_are_offered(point: str) -> None:
    """Catches ends, in the middle or near the start, that are right more often than offered."""
    right = offered = total = 0.0
    for sample, machine, _, state in samples("head_position_after_steps", count=8 * SAMPLES):

        def away(option: str, at: Any = machine.at, board: Any = state) -> int:
            row, col = map(int, re.findall(r"\d+", option))
            if point == "start":
                return abs(row - at[0]) + abs(col - at[1])
            return min(row, board["rows"] - 1 - row) + min(col, board["cols"] - 1 - col)

        mean = sum(map(away, sample.options)) / len(sample.options)
        right += away(answer(sample)) > mean
        offered += sum(away(option) > mean for option in sample.options) / len(sample.options)
        total += 1
    assert abs(right - offered) <= 4 * (0.25 * total) ** 0.5


@pytest.mark.parametrize("form", FORMS)
def test_states_and_symbols(form: str) -> None:
    """Catches a symbol read before the last write or after the next one, and lone options."""
    for sample, machine, query, _ in samples("head_state_and_symbol_after_steps", form):
        for _ in range(query["steps"]):
            machine.step()
        truth = f"state {machine.state}, symbol {machine.tape[machine.at]}"
        assert answer(sample) == truth, sample.data_id
        for part in (0, 1):
            shares = Counter(option.split(", ")[part] for option in sample.options)
            assert len(set(shares.values())) <= 1, sample.data_id


@pytest.mark.parametrize("form", FORMS)
def test_histories(form: str) -> None:
    """Catches missing writes of the same symbol, and options that cannot happen on any board."""
    for sample, machine, query, state in samples("symbol_history_at_cell", form):
        row, col = query["target"]
        start = machine.at
        for _ in range(query["steps"]):
            machine.step()
        told = [str(state["grid"][row][col])]
        told += [f"{symbol} (step {number})" for number, symbol in machine.writes[row, col]]
        assert answer(sample) == " -> ".join(told), sample.data_id
        first = 1 + abs(row - start[0]) + abs(col - start[1])
        for option in sample.options:
            numbers = [int(number) for number in re.findall(r"step (\d+)", option)]
            assert option.startswith(f"{told[0]} -> ") and numbers, sample.data_id
            assert numbers == sorted(set(numbers)), sample.data_id
            assert all(first <= n <= query["steps"] and (n - first) % 2 == 0 for n in numbers), (
                sample.data_id
            )
            # The cell in which the head starts is certainly written in step 1.
            assert first > 1 or numbers[0] == 1, sample.data_id
        assert len(sample.options) == (8 if form == "choice" else 0), sample.data_id


@pytest.mark.parametrize("form", FORMS)
def test_entries(form: str) -> None:
    """Catches entries counted from 0, the initial state as target, and later entries."""
    for sample, machine, query, _ in samples("first_step_entering_state", form):
        assert query["state"] != machine.state, sample.data_id
        while machine.state != query["state"]:
            machine.step()
        assert answer(sample) == str(machine.number), sample.data_id


@pytest.mark.parametrize("task", [task.slug for task in GAME.tasks])
def test_runs_are_worth_following(task: str) -> None:
    """Catches runs that leave the board, bounce, or never read what they wrote."""
    for sample, machine, query, state in samples(task):
        for _ in range(state["horizon"]):
            machine.step()
        machine = Machine(state)
        cells, states = {machine.at}, {machine.state}
        steps = query.get("steps", state["horizon"])
        assert steps <= state["horizon"], sample.data_id
        for _ in range(steps):
            machine.step()
            cells.add(machine.at)
            states.add(machine.state)
        assert len(cells) >= 3 and len(states) >= 2, sample.data_id
        assert machine.reads_own_writing or steps < 4, sample.data_id


@pytest.mark.parametrize("task", [task.slug for task in GAME.tasks])
def test_analyses_tell_the_run(task: str) -> None:
    """Catches an analysis whose cells, states or symbols differ from the interpreter's."""
    pattern = (
        r"Step \d+: in cell \((\d+), (\d+)\), state (\d+), symbol (\d+) \(.*?\)\. Rule: write (\d+)"
    )
    for sample, machine, _, _ in samples(task, count=SAMPLES // 4 + 1):
        told = re.findall(pattern, sample.analysis)
        assert told, sample.data_id
        for row, col, state, symbol, write in told:
            assert machine.at == (int(row), int(col)), sample.data_id
            assert (machine.state, machine.tape[machine.at]) == (int(state), int(symbol))
            at = machine.at
            machine.step()
            assert machine.tape[at] == int(write), sample.data_id


def test_text_has_all_rules() -> None:
    """Catches a text view whose board, head or rule table is not the state's."""
    for index in range(SAMPLES):
        sample = gameqa.sample(GAME, index=index, modality="text")
        state = json.loads(sample.state)
        rules = re.findall(
            r"state (\d+), symbol (\d+): write (\d+), move (\w+), next state (\d+)",
            sample.question,
        )
        assert [list(map(str, rule.values())) for rule in state["rules"]] == list(map(list, rules))
        lines = sample.question.splitlines()[2 : 2 + state["rows"]]
        board = [re.findall(r"\[?\d+\]?", line)[1:] for line in lines]
        assert [[int(cell.strip("[]")) for cell in row] for row in board] == state["grid"]
        head = state["head"]
        assert board[head["row"]][head["col"]].startswith("[")
        assert f"its state is {head['state']}." in sample.question


def test_shares() -> None:
    """Catches step numbers that are not uniform, and rare repeated or same-symbol writes."""
    for level in LEVELS:
        total = 5 * SAMPLES
        places: Counter[int] = Counter()
        for sample, *_ in samples("first_step_entering_state", count=total, levels=(level,)):
            values = sorted(map(int, sample.options))
            places[values.index(int(answer(sample)))] += 1
        share = total / len(values)
        assert all(abs(n - share) < 5 * share**0.5 for n in places.values()), places
        same = 0
        writes: Counter[int] = Counter()
        for sample, *_ in samples("symbol_history_at_cell", count=total, levels=(level,)):
            held, *later = [part.split()[0] for part in answer(sample).split(" -> ")]
            same += any(a == b for a, b in zip([held, *later], later, strict=False))
            writes[min(3, len(later))] += 1
        assert same >= total / 3 - 2 * total**0.5, same
        assert writes[2] + writes[3] >= total / 2 - 2 * total**0.5, writes
        returns = 0
        for _, machine, query, _ in samples(
            "head_position_after_steps", count=total, levels=(level,)
        ):
            start = machine.at
            for _ in range(query["steps"]):
                machine.step()
            returns += machine.at == start
        assert returns <= 0.25 * total + 2 * total**0.5, returns
