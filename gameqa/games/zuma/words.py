"""The track as text, and how marbles are told."""

from __future__ import annotations

from gameqa.games.zuma.rules import RADIUS, SECTORS, State, normal

FRAME = (
    "Angles are degrees counterclockwise from the direction to the right (right 0, up 90, left "
    "180, down -90), seen from the frog's centre."
)
BOUNDS = "; ".join(
    f"{name} from {normal(45 * i - 22.5):g} to {normal(45 * i + 22.5):g}"
    for i, name in enumerate(SECTORS)
)


def describe(state: State) -> str:
    """Tell the frog, the hole and the chain as seen from the frog."""
    hole = [a - b for a, b in zip(state.hole, state.frog, strict=True)]
    reach = (hole[0] ** 2 + hole[1] ** 2) ** 0.5
    marbles = [
        f"{colour} {bearing:.1f} {distance:.2f}"
        for colour, bearing, distance in zip(
            state.colours, state.view.bearings, state.view.distances, strict=True
        )
    ]
    return "\n".join(
        [
            f"A frog inside a spiral track with a chain of marbles. {FRAME} x points to the "
            "right, y up.",
            f"Marble radius: {RADIUS}. The frog's loaded marble is {state.loaded}; it aims at "
            f"{state.aim} degrees.",
            f"The hole, at the track's inner end, is at distance {reach:.2f} from the frog.",
            f"Directions: {BOUNDS} degrees (the first bound belongs to the direction).",
            "The chain from the outer end to the hole, one marble a line: colour, bearing, "
            "distance.",
            *marbles,
        ]
    )


def marble(state: State, index: int) -> str:
    """Tell a marble by colour and place, e.g. ``red marble (bearing 35.2, distance 2.61)``."""
    place = f"bearing {state.view.bearings[index]:.1f}, distance {state.view.distances[index]:.2f}"
    return f"{state.colours[index]} marble ({place})"
