"""Which of seven listed moves is valid, and which is valid and effective."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gameqa.answers import Phrase
from gameqa.cards import COLOURS, RANKS, Card
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.klondike import generation
from gameqa.games.klondike.generation import Knobs
from gameqa.games.klondike.rules import (
    MOVES,
    WASTE,
    Effect,
    Move,
    State,
    read_move,
)
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType

_TABLEAU, _WASTE_TAB, _WASTE_HOME, _TAB_HOME = range(4)
"""Kinds of listed moves."""

TABLE_TOLD = (
    "This is a Klondike table with the piles Tab1 to Tab7. The top card of a pile is its last "
    "one, the only one fully visible."
)
MOVES_TOLD = (
    "A move from Tab i to Tab j takes the top card of Tab i or any longer run of face-up cards "
    "that ends with it, whichever fits: the first card taken must be one rank lower than the top "
    "card of Tab j and of the other colour, or a King if Tab j is empty. The visible card of the "
    "waste goes to a pile by the same rule. To a foundation goes a single card, the top card of a "
    "pile or the visible card of the waste: an Ace if the foundation is empty, otherwise the next "
    f"higher card of the foundation's suit. {COLOURS}"
)
_PATTERN = r"Move from (Tab[1-7]|Waste Pile) to (Tab[1-7]|Foundation [1-4])"
_EXAMPLE = "Answer with one move, written like Move from Tab3 to Tab5 or Move from Waste Pile to "


def _wordings(none: str) -> dict[str, str]:
    """Return other ways to write the answers, ``none`` among them."""
    pile = r"(?:the )?(?:tab|tableau)(?: pile)? ?([1-7])"
    waste = r"(?:the )?waste(?: pile)?"
    home = r"(?:the )?foundation(?: pile)? ?([1-4])"
    start = r"(?:move )?(?:(?:a|the) (?:top )?cards? )?(?:from )?"
    to = r"(?: to | onto | ?-> ?)"
    return {
        start + pile + to + pile: r"Move from Tab\1 to Tab\2",
        start + pile + to + home: r"Move from Tab\1 to Foundation \2",
        start + waste + to + pile: r"Move from Waste Pile to Tab\1",
        start + waste + to + home: r"Move from Waste Pile to Foundation \1",
        r"none(?: of (?:them|these|these moves|the moves))?": none,
    }


class _Listed(Task[State, Knobs]):
    """Which of seven listed moves, or none of them, is what is asked for."""

    none: str
    """The option that none is right."""

    def is_right(self, effect: Effect | None) -> bool:
        """Whether a move of that effect is what is asked for."""
        raise NotImplementedError

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        # Few played tables suit a plan, and they take longest: not one in every draw.
        if plan["played"] and rng.chance(0.4):
            state = generation.play(plan.knobs, rng)
            if state is not None:
                yield state
        state = generation.build(plan.knobs, plan["wish"], rng)
        if state is not None:
            yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        slots = plan["slots"]
        if bool(state.waste) != plan["wish"].waste:
            return None
        effects = state.effects()
        right = None
        if plan["right"] is not None:
            fit = [
                move
                for move in _movable(state, slots[plan["right"]])
                if move in effects and self.is_wanted(move, effects[move], plan)
            ]
            if not fit:
                return None
            right = rng.choice(fit)
        if not plan.is_choice:
            return {}
        listed = [right] if right else []
        wrong = [kind for i, kind in enumerate(slots) if i != plan["right"]]
        if not self.add_wrong(state, effects, wrong, listed, rng):
            return None
        return {"listed": [str(move) for move in sorted(listed)]}

    def is_wanted(self, move: Move, effect: Effect, plan: Plan[Knobs]) -> bool:
        """Whether a valid move is the right one that the plan wants."""
        raise NotImplementedError

    def is_tempting(self, effects: Mapping[Move, Effect], move: Move) -> bool:
        """Whether a wrong move is to be listed before all others."""
        return False

    def add_wrong(
        self,
        state: State,
        effects: Mapping[Move, Effect],
        kinds: Sequence[int],
        listed: list[Move],
        rng: Rng,
    ) -> bool:
        """Add a wrong move of each kind to the list; False where one cannot be had."""
        for number, kind in enumerate(kinds):
            back = [
                Move(m.target, home, m.source)
                for m in listed
                if not m.home
                for home in (False, True)
            ]
            taken = {*listed, *back}
            fit = [
                move
                for move in _movable(state, kind)
                if move not in taken and not self.is_right(effects.get(move))
            ]
            if kind == _TABLEAU:
                # A pile named again and again would say something.
                others_ = [other for other in listed if other.in_tableau]
                sources, targets = {m.source for m in others_}, {m.target for m in others_}
                apart = [m for m in fit if m.source not in sources and m.target not in targets]
                fit = apart or fit
            if not fit:
                return False
            best = [move for move in fit if self.is_tempting(effects, move)]
            if not best and (number < 2 or rng.chance(0.5)):
                best = [move for move in fit if _is_near_miss(state, move)]
            listed.append(rng.choice(best or fit))
        return True

    def solve(self, state: State, query: Query) -> Solution:
        moves = list(map(_read, query["listed"])) if "listed" in query else MOVES
        right = next((move for move in moves if self.is_right(state.effect(move))), None)
        return Solution(self.none if right is None else str(right))

    def accepts(self, state: State, query: Query, value: Any) -> bool:
        listed = query.get("listed")
        if value == self.none:
            return listed is not None and self.solve(state, query).value == value
        move = read_move(str(value))
        if move is None or (listed is not None and value not in listed):
            return False
        return self.is_right(state.effect(move))

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others([*query["listed"], self.none], solution.value)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = [*told_tops(state), *told_needed(state)]
        if not options:
            return "\n".join([*lines, self.verdict(state, _read(solution.value))])
        for option in options:
            if option.value != self.none:
                verdict = self.verdict(state, _read(option.value))
                lines.append(f"{option.letter} ({_short(option.value)}): {verdict}")
        if solution.value == self.none:
            lines.append("No listed move is right.")
        return "\n".join(lines)

    def verdict(self, state: State, move: Move) -> str:
        """Say whether a move is right, and why."""
        return _validity(state, move)


class ValidMove(_Listed):
    """Which listed move is valid."""

    slug = "valid_move"
    question_id = 1
    description = "Which of the listed moves is valid"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    none = "None of these moves is valid"
    kind = Phrase(rf"{none}|{_PATTERN}", f"{_EXAMPLE}Foundation 1.", _wordings(none))

    def is_right(self, effect: Effect | None) -> bool:
        return effect is not None

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        wish = generation.some_wish(knobs, rng)
        if wish.waste:
            slots = [_TABLEAU] * 4 + [_WASTE_TAB, _WASTE_HOME, _TAB_HOME]
        else:
            slots = [_TABLEAU] * 5 + [_TAB_HOME] * 2
        right = _place(form, rng)
        kind = None if right is None else slots[right]
        long_, planted = rng.chance(0.5), rng.chance(0.5)
        if kind == _TABLEAU and (long_ or planted):
            wish = replace(wish, plant="long" if long_ else "part", bare=rng.chance(0.2))
        elif kind in _PLANTS:
            wish = replace(wish, plant=_PLANTS[kind])
        return {
            "wish": wish,
            "slots": slots,
            "right": right,
            "long": long_,
            "played": rng.chance(knobs.played),
        }

    def is_wanted(self, move: Move, effect: Effect, plan: Plan[Knobs]) -> bool:
        return not move.in_tableau or bool((effect.size > 1) == plan["long"])

    def ask(self, state: State, query: Query) -> str:
        asked = (
            "Which of these moves is valid?"
            if "listed" in query
            else ("Give a valid move (drawing from the stock does not count).")
        )
        return f"{TABLE_TOLD} {MOVES_TOLD}\n{asked}"


class EffectiveMove(_Listed):
    """Which listed move is valid and effective."""

    slug = "effective_move"
    question_id = 3
    description = "Which of the listed moves is valid and effective"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.HARD
    none = "None of these moves is both valid and effective"
    kind = Phrase(rf"{none}|{_PATTERN}", f"{_EXAMPLE}Foundation 1.", _wordings(none))

    def is_right(self, effect: Effect | None) -> bool:
        return effect is not None and effect.effective

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        wish = generation.some_wish(knobs, rng)
        right = _place(form, rng)
        slots = [_TABLEAU] * 5
        slots += [_WASTE_HOME if wish.waste and rng.chance(0.25) else _TAB_HOME for _ in range(2)]
        long_, bare, planted = rng.chance(0.5), rng.chance(0.3), rng.chance(0.5)
        if right is None:
            wish = replace(wish, plant="part")
        elif slots[right] != _TABLEAU:
            wish = replace(wish, plant=_PLANTS[slots[right]])
        elif long_ or bare or planted:
            wish = replace(wish, plant="long" if long_ else "whole", bare=bare)
        return {
            "wish": wish,
            "slots": slots,
            "right": right,
            "long": long_,
            "bare": bare,
            "played": rng.chance(knobs.played),
        }

    def is_wanted(self, move: Move, effect: Effect, plan: Plan[Knobs]) -> bool:
        if move.home or not effect.effective:
            return move.home
        is_bare = effect.beneath == "nothing"
        return bool((effect.size > 1, is_bare) == (plan["long"], plan["bare"]))

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        query = super().draw(state, plan, rng)
        if query and plan["right"] is None:
            moves = map(_read, query["listed"])
            if not any(state.effect(move) for move in moves):
                return None
        return query

    def is_tempting(self, effects: Mapping[Move, Effect], move: Move) -> bool:
        # Valid, but not effective.
        return move.in_tableau and move in effects

    def ask(self, state: State, query: Query) -> str:
        asked = (
            "Which of these moves is both valid and effective?"
            if "listed" in query
            else ("Give a move that is valid and effective.")
        )
        return (
            f"{TABLE_TOLD} {MOVES_TOLD}\n"
            "A valid move is effective if it puts a card on a foundation, or "
            "leaves a face-down card at the end of its pile (it is then turned up), or empties its "
            "pile by moving all of it onto a pile that is not empty. Any other move in the "
            f"tableau is not effective.\n{asked}"
        )

    def verdict(self, state: State, move: Move) -> str:
        text = _validity(state, move)
        effect = state.effect(move)
        if effect is None:
            return text
        if move.home:
            return f"{text} It puts a card on a foundation, so it is effective."
        if effect.beneath == "face-down":
            return f"{text} A face-down card lies beneath and is turned up, so it is effective."
        if effect.beneath == "face-up":
            return f"{text} A face-up card lies beneath, so it is not effective."
        if effect.effective:
            return f"{text} It empties Tab{move.source}, so it is effective."
        return f"{text} It only shifts a pile to an empty place, so it is not effective."


_PLANTS = {_WASTE_TAB: "waste tab", _WASTE_HOME: "waste home", _TAB_HOME: "home"}

_KIND_OF: dict[int, Callable[[Move], bool]] = {
    _TABLEAU: lambda move: move.in_tableau,
    _WASTE_TAB: lambda move: move.source == WASTE and not move.home,
    _WASTE_HOME: lambda move: move.source == WASTE and move.home,
    _TAB_HOME: lambda move: move.source != WASTE and move.home,
}
_OF_KIND = {kind: [m for m in MOVES if test(m)] for kind, test in _KIND_OF.items()}


def _place(form: Form, rng: Rng) -> int | None:
    """Draw which of seven listed moves is right; None is none of them."""
    right = rng.below(8 if form is Form.CHOICE else 7)
    return None if right == 7 else right


def _movable(state: State, kind: int) -> list[Move]:
    """Return the moves of a kind from places that have a card to move."""
    filled = [False] + [bool(state.top(source)) for source in range(1, WASTE + 1)]
    return [move for move in _OF_KIND[kind] if filled[move.source]]


def _read(text: str) -> Move:
    move = read_move(text)
    if move is None:
        raise ValueError(f"{text!r} is not a move")
    return move


def _part(state: State, source: int) -> tuple[Card, ...]:
    """Return the cards from which a move to a pile can start."""
    return state.waste[-1:] if source == WASTE else state.tableau[source - 1].face_up


def _is_near_miss(state: State, move: Move) -> bool:
    """Whether a move that is not valid breaks just one rule."""
    card = state.top(move.source)
    if card is None:
        return False
    if move.home:
        there = state.foundations[move.target - 1]
        if there is None:
            return card.rank == 2
        return (card.suit == there[0]) != (card.rank == there[1] + 1)
    onto = state.top(move.target)
    if onto is None:
        return True
    return any(
        (first.is_red == onto.is_red) == (first.rank == onto.rank - 1)
        and abs(onto.rank - 1 - first.rank) <= 2
        for first in _part(state, move.source)
    )


def _short(text: str) -> str:
    return text.removeprefix("Move from ")


def told_source(move: Move) -> str:
    """Name where a move starts."""
    return "the waste" if move.source == WASTE else f"Tab{move.source}"


def told_tops(state: State) -> list[str]:
    """Say what is face up."""
    parts = [
        f"Tab{number} {' '.join(card.code for card in pile.face_up) or 'empty'}"
        for number, pile in enumerate(state.tableau, 1)
    ]
    waste = state.waste[-1].code if state.waste else "empty"
    return [f"Face-up cards, the top card last: {'; '.join(parts)}; waste {waste}."]


def told_needed(state: State) -> list[str]:
    """Say which cards the foundations take next."""
    told = []
    for number, foundation in enumerate(state.foundations, 1):
        if foundation is None:
            needed = "an Ace"
        elif foundation[1] == 13:
            needed = "nothing"
        else:
            needed = Card(foundation[1] + 1, foundation[0]).code
        told.append(f"{number} {needed}")
    return [f"The foundations take next: {', '.join(told)}."]


def _validity(state: State, move: Move) -> str:
    """Say whether a move is valid and why."""
    effect = state.effect(move)
    card = state.top(move.source)
    if card is None:
        return f"{told_source(move)} is empty. Not valid."
    verdict = "Valid." if effect else "Not valid."
    if move.home:
        there = state.foundations[move.target - 1]
        shown = f"ends with {Card(there[1], there[0]).code}" if there else "is empty"
        return f"Foundation {move.target} {shown}, the card is {card.code}. {verdict}"
    onto = state.top(move.target)
    if onto is None:
        wanted = "a King"
        there_is = f"Tab{move.target} is empty and takes {wanted}"
    else:
        there_is = f"Tab{move.target} ends in {onto.code} and takes {_taken(onto)}"
    part = _part(state, move.source)
    if effect is None:
        return f"{there_is}; {told_source(move)} has {' '.join(c.code for c in part)}. Not valid."
    moving = " ".join(c.code for c in part[-effect.size :])
    return f"{there_is}; from {told_source(move)} {moving} can go there. Valid."


def _taken(onto: Card) -> str:
    """Say which cards may lie on a card."""
    if onto.rank == 1:
        return "nothing"
    colour = "black" if onto.is_red else "red"
    return f"a {colour} {RANKS[onto.rank - 2]}"
