"""Placing balls: its outcome, how many turns it takes, the best place; and counting balls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Integer, Word
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.pyramid_chess import generation
from gameqa.games.pyramid_chess.generation import Knobs
from gameqa.games.pyramid_chess.rules import (
    COLOURS,
    EMPTY,
    PLAYERS,
    Cells,
    Shape,
    Slot,
    State,
    completed,
    completing_slots,
    is_free,
    is_open,
    missing,
    open_slots,
    shape_of,
)
from gameqa.games.pyramid_chess.tasks_slots import SlotCapability, SlotStatus, supports_text
from gameqa.games.pyramid_chess.words import (
    BOARD,
    PLACING,
    SlotKind,
    content_text,
    places,
)
from gameqa.grids import bits
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural

_BLOCKS = (
    "When a placed ball completes a 2 x 2 block of four neighbouring slots on one level that all "
    "hold balls of its own colour, its player may take balls of the block back."
)


class PlacementOutcome(Task[State, Knobs]):
    """Whether a ball can be placed in a slot, and whether it lets balls be taken back."""

    slug = "placement_outcome"
    question_id = 1
    description = "Outcome of placing a ball of a colour in a slot"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    plain, taking = "possible without take-back", "possible with take-back"
    occupied, unsupported = "impossible because occupied", "impossible because not supported"
    kind = Word((plain, taking, occupied, unsupported))
    patience = 200

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        n = knobs.sizes[0]
        wanted = rng.choice(self.kind.vocabulary)
        # The same levels for all classes, but for Level 0, where support is never missing.
        level = 2 if n > 4 and rng.chance(0.35) else 1
        if wanted != self.unsupported and rng.chance(0.12):
            level = 0
        return {
            "class": wanted,
            "slot": generation.draw_slot(shape_of(n), level, rng),
            "player": rng.below(2),
            # What makes a wrong answer tempting: a full block of several colours, or a slot of
            # which only one or two supports are missing.
            "tempting": rng.chance(0.7),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        knobs, slot, wanted = plan.knobs, plan["slot"], plan["class"]
        n, player = knobs.sizes[0], plan["player"]
        shape = shape_of(n)
        i = shape.number[slot]
        state: State | None
        if wanted == self.taking or (wanted == self.plain and plan["tempting"]):
            block = rng.choice(shape.blocks_of[i])
            aim = {j for other in block for j in bits(shape.below[other])} - {i}
            state = generation.board(knobs, n, rng, aim, [i])
            if state is not None and wanted == self.taking and not self._suits(state, i, plan):
                state = generation.plant_block(state, i, player, rng)
        else:
            wish = {self.occupied: "filled", self.unsupported: "closed"}.get(wanted, "open")
            state = generation.board_around(knobs, n, slot, wish, rng)
        if state is not None:
            yield from generation.images(state, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        i = state.shape.number[plan["slot"]]
        if not state.reserve[plan["player"]] or not self._suits(state, i, plan):
            return None
        return {"slot": list(plan["slot"]), "player": plan["player"]}

    def _suits(self, state: State, i: int, plan: Plan[Knobs]) -> bool:
        """Whether a placement has the wanted outcome, and tempts to another answer if planned."""
        shape, cells, wanted = state.shape, state.cells, plan["class"]
        if self._outcome(shape, cells, i, plan["player"]) != wanted:
            return False
        if plan["tempting"] and wanted == self.plain:
            blocks = shape.blocks_of[i]
            return any(all(cells[j] != EMPTY for j in b if j != i) for b in blocks)
        if plan["tempting"] and wanted == self.unsupported:
            return sum(cells[j] == EMPTY for j in shape.supports[i]) <= 2
        return True

    def _outcome(self, shape: Shape, cells: Cells, i: int, player: int) -> str:
        if cells[i] != EMPTY:
            return self.occupied
        if not is_open(shape, cells, i):
            return self.unsupported
        return self.taking if completed(shape, cells, i, player) else self.plain

    def ask(self, state: State, query: Query) -> str:
        player = query["player"]
        return (
            f"{BOARD} {PLACING} {_BLOCKS}\n"
            f"A {COLOURS[player]} ball of {PLAYERS[player]} is to be placed in slot "
            f"{Slot(*query['slot'])} of the board shown, whoever's turn it is. Is that possible, "
            "and might balls be taken back then, or is it impossible because the slot is occupied "
            "or because it is not fully supported?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        i = state.shape.number[Slot(*query["slot"])]
        return Solution(self._outcome(state.shape, state.cells, i, query["player"]), i)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        shape, cells, i = state.shape, state.cells, solution.facts
        slot, player = shape.slots[i], query["player"]
        if cells[i] != EMPTY:
            return f"{slot} already holds a {COLOURS[cells[i]]} ball."
        lines = [f"{slot} is empty.", supports_text(state, i)]
        if solution.value == self.unsupported:
            return "\n".join(lines)
        lines.append("So a ball can be placed. The 2 x 2 blocks that it would be part of:")
        for block in shape.blocks_of[i]:
            told = ", ".join(
                f"[{shape.slots[j].x}, {shape.slots[j].y}] {content_text(cells[j])}"
                for j in block
                if j != i
            )
            full = all(cells[j] == player for j in block if j != i)
            verdict = f"with a {COLOURS[player]} ball " + ("complete" if full else "not complete")
            lines.append(f"- the others are {told}: {verdict}.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(self.kind.vocabulary, solution.value)


class StepsToPlace(Task[State, Knobs]):
    """The least number of turns until a ball lies in a slot."""

    slug = "steps_to_place"
    question_id = 2
    description = "Least number of turns until a ball can lie in a slot"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD
    kind = Integer()
    forms = (Form.OPEN,)
    patience = 200
    one = 0.06

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        steps = 1 if rng.chance(self.one) else rng.integers(2, knobs.most_steps + 1)
        return {"steps": steps}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        state = generation.board(plan.knobs, plan.knobs.sizes[0], rng)
        if state is not None:
            state = generation.varied(plan.knobs, state, rng)
            if self._fitting(state, plan["steps"]):
                yield from generation.images(state, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        fitting = self._fitting(state, plan["steps"])
        return {"slot": list(state.shape.slots[rng.choice(fitting)])} if fitting else None

    @staticmethod
    def _fitting(state: State, steps: int) -> list[int]:
        """Return the slots that take so many turns, if both players have balls enough for them."""
        reserve = state.reserve[state.to_move], state.reserve[1 - state.to_move]
        if reserve[0] < (steps + 1) // 2 or reserve[1] < steps // 2:
            return []
        shape, cells = state.shape, state.cells
        filled = sum(1 << i for i, ball in enumerate(cells) if ball != EMPTY)
        return [
            i
            for i, mask in enumerate(shape.below)
            if cells[i] == EMPTY and (mask & ~filled).bit_count() == steps
        ]

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{BOARD} {PLACING}\n"
            "The players take turns from the board shown on, each turn places one ball, and "
            "nobody takes balls back. If both do their best to help, how many turns does it take "
            f"at least until a ball lies in slot {Slot(*query['slot'])}? The turn that places "
            "this ball counts as well."
        )

    def solve(self, state: State, query: Query) -> Solution:
        i = state.shape.number[Slot(*query["slot"])]
        needed = missing(state.shape, state.cells, i)
        return Solution(1 + len(needed), needed)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        slot, shape = Slot(*query["slot"]), state.shape
        lines = [f"Below {slot} all these slots have to be filled:"]
        counts = []
        for k in range(slot.k - 1, -1, -1):
            reach = slot.k - k
            empty = [shape.slots[j] for j in solution.facts if shape.slots[j].k == k]
            counts.append(str(len(empty)))
            lines.append(
                f"- Level {k}, x from {slot.x} to {slot.x + reach} and y from {slot.y} to "
                f"{slot.y + reach}: "
                + (f"empty: {places(empty)} ({len(empty)})." if empty else "none empty.")
            )
        if not counts:
            return f"{slot} is empty and needs no support, so one turn is enough."
        total = " + ".join(counts)
        return "\n".join(
            [*lines, f"One turn for each, the lowest first, and one more: {total} + 1."]
        )


class BestPlacement(Task[State, Knobs]):
    """The placement that a stated priority asks for, with more than one slot open.

    Easy has few such boards: in 10,000 samples most have come before.
    """

    slug = "best_placement"
    question_id = 3
    description = "Placement that completes an own block, or else stops the opponent's"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.HARD
    kind = SlotKind()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"attack": rng.chance(0.5)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        knobs = plan.knobs
        n, counts = knobs.sizes[0], knobs.balls(knobs.sizes[0])
        # Of boards with few balls there are few, and each would come often.
        wanted = max(rng.choice(counts), rng.choice(counts))
        for state in generation.play(n, knobs.take, rng):
            balls = len(state.cells) - state.cells.count(EMPTY)
            if balls == wanted:
                board = generation.varied(knobs, state, rng)
                if self._suits(board, plan["attack"]):
                    yield from generation.images(board, rng)

    @staticmethod
    def _suits(state: State, attack: bool) -> bool:
        """Whether the position has just one right answer of that sort."""
        shape, cells, mover = state.shape, state.cells, state.to_move
        if not min(state.reserve) or is_open(shape, cells, shape.top):
            return False
        if len(open_slots(shape, cells)) == 1:
            return False  # nothing to choose
        own = completing_slots(shape, cells, mover)
        if attack:
            return len(own) == 1
        threats = completing_slots(shape, cells, 1 - mover)
        return not own and len(threats) == 1 and bool(safe_slots(state))

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        kind = "attack" if plan["attack"] else "defence"
        return {"kind": kind, "open_slots": len(open_slots(state.shape, state.cells))}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{BOARD} {PLACING} {_BLOCKS}\n"
            "The player to move places one ball by this priority. (a) If a slot lets the player "
            "complete a 2 x 2 block of the own colour, that slot is taken. (b) Otherwise the ball "
            "goes where the opponent, in the turn after it, has no slot that completes a block of "
            "the opponent's colour. Just one slot fits. Which one?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        own = completing_slots(state.shape, state.cells, state.to_move)
        found = own or safe_slots(state)
        return Solution(state.shape.slots[found[0]], bool(own))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        shape, cells, mover = state.shape, state.cells, state.to_move
        lines = [f"{PLAYERS[mover]} ({COLOURS[mover]}) is to move. {self._threes(state, mover)}"]
        slot = solution.value
        i = shape.number[slot]
        if solution.facts:
            blocks = completed(shape, cells, i, mover)
            # Once it lies there, the new ball is free, and so is any other without a ball on it.
            balls = sorted({j for b in blocks for j in b if j == i or is_free(shape, cells, j)})
            back = listing(shape.slots[j] for j in balls)
            lines.append(
                f"By (a) the ball goes to {slot}. It completes a block; balls that could then be "
                f"taken back: {back}."
            )
            return "\n".join(lines)
        lines += [
            "So (a) does not apply.",
            f"{self._threes(state, 1 - mover)}",
            f"By (b) {slot} has to be filled now; any other placement leaves it open.",
        ]
        after = list(cells)
        after[i] = mover
        opened = [shape.slots[j] for j in shape.above[i] if is_open(shape, after, j)]
        if opened:
            lines.append(
                f"That opens {listing(opened)}, where a {COLOURS[1 - mover]} ball completes no "
                "block either."
            )
        else:
            lines.append("That opens no slot above it.")
        return "\n".join(lines)

    @staticmethod
    def _threes(state: State, player: int) -> str:
        """List a player's blocks of three balls with an empty fourth slot."""
        shape, cells = state.shape, state.cells
        told = []
        for i in range(len(cells)):
            if cells[i] != EMPTY:
                continue
            for block in completed(shape, cells, i, player):
                three = places(shape.slots[j] for j in block if j != i)
                slot = shape.slots[i]
                can = "open" if is_open(shape, cells, i) else "not open, its support is incomplete"
                told.append(
                    f"\n- Level {slot.k}: {three}; the fourth slot [{slot.x}, {slot.y}] is {can}"
                )
        head = f"Blocks of {COLOURS[player]} with three balls and an empty fourth slot:"
        return head + (";".join(told) if told else " none") + "."


def safe_slots(state: State) -> list[int]:
    """Return the open slots after which the opponent can complete no block in the next turn."""
    shape, mover = state.shape, state.to_move
    found = []
    for i in open_slots(shape, state.cells):
        cells = list(state.cells)
        cells[i] = mover
        if not completing_slots(shape, cells, 1 - mover):
            found.append(i)
    return found


class BallCount(Task[State, Knobs]):
    """How many balls lie on the board."""

    slug = "ball_count"
    question_id = 4
    description = "Number of balls on the board"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"balls": rng.choice(knobs.balls(knobs.sizes[0]))}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for state in generation.play(plan.knobs.sizes[0], plan.knobs.take, rng):
            if len(state.cells) - state.cells.count(EMPTY) == plan["balls"]:
                yield from generation.images(generation.varied(plan.knobs, state, rng), rng)
                return

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        # Reserves would tell how many balls lie on the board.
        return {"reserves": False}

    def ask(self, state: State, query: Query) -> str:
        return f"{BOARD}\nHow many balls, of both colours together, lie on the board shown?"

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(len(state.cells) - state.cells.count(EMPTY))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines, counts = [], []
        for k in range(state.n):
            rows = []
            side = state.n - k
            total = 0
            for y in range(side):
                balls = [(x, state.at(Slot(k, x, y))) for x in range(side)]
                told = [f"x={x} {COLOURS[ball]}" for x, ball in balls if ball in (0, 1)]
                total += len(told)
                rows.append(f"y={y}: {', '.join(told) or 'empty'}")
            if total:
                lines.append(f"- Level {k}: {'; '.join(rows)}. {plural(total, 'ball')}.")
                counts.append(str(total))
        rest = "The other levels are empty."
        if len(counts) > 1:
            rest += f" Sum: {' + '.join(counts)} = {solution.value}."
        lines.append(rest)
        return "\n".join(lines)


TASKS: tuple[Task[State, Knobs], ...] = (
    SlotStatus(),
    PlacementOutcome(),
    StepsToPlace(),
    BestPlacement(),
    BallCount(),
    SlotCapability(),
)
