"""Bring the README's table of games and its picture up to date: `make readme`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from PIL import Image

import gameqa
from gameqa.registry import all_games
from gameqa.sample import Category, Domain, Level

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
OVERVIEW = ROOT / "docs" / "pictures" / "overview.png"

COLUMNS = 6
WIDTH, HEIGHT = 260, 240
GAP = 8


def games_table() -> str:
    """Return the table of games, by category, as Markdown."""
    lines = ["| game | domain | tasks |", "|---|---|---|"]
    for category in Category:
        games = [game for game in all_games() if game.category is category]
        if games:
            lines.append(f"| **{category.value}** (`{category.slug}`) | | |")
        for game in sorted(games, key=lambda game: (game.domain is Domain.OUT, game.slug)):
            tasks = ", ".join(f"`{task.slug}`" for task in game.tasks)
            lines.append(f"| `{game.slug}` {game.title} | {game.domain.value} | {tasks} |")
    tasks_in_all = sum(len(game.tasks) for game in all_games())
    return "\n".join([*lines, "", f"{len(all_games())} games, {tasks_in_all} tasks."])


def with_table(readme: str) -> str:
    """Return the README's text with the present table between its marks."""
    marks = r"(<!-- games -->\n).*?(<!-- /games -->)"
    return re.sub(marks, lambda m: f"{m[1]}{games_table()}\n{m[2]}", readme, flags=re.DOTALL)


def overview() -> Image.Image:
    """Return one sheet with a picture of every game, at Medium."""
    games = all_games()
    rows = -(-len(games) // COLUMNS)
    size = COLUMNS * (WIDTH + GAP) + GAP, rows * (HEIGHT + GAP) + GAP
    sheet = Image.new("RGB", size, (255, 255, 255))
    for place, game in enumerate(games):
        picture = gameqa.sample(game, plot_level=Level.MEDIUM, index=1).image
        assert picture is not None
        ground = picture.convert("RGB").getpixel((0, 0))
        picture = picture.convert("RGB")
        picture.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        row, column = divmod(place, COLUMNS)
        left, top = GAP + column * (WIDTH + GAP), GAP + row * (HEIGHT + GAP)
        sheet.paste(Image.new("RGB", (WIDTH, HEIGHT), ground), (left, top))
        at = left + (WIDTH - picture.width) // 2, top + (HEIGHT - picture.height) // 2
        sheet.paste(picture, at)
    return sheet


def main() -> None:
    """Write both."""
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
    OVERVIEW.parent.mkdir(exist_ok=True)
    overview().quantize(256).save(OVERVIEW, optimize=True)
    print(f"{README.name} and {OVERVIEW.relative_to(ROOT)} are up to date", file=sys.stderr)


if __name__ == "__main__":
    main()
