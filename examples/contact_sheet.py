"""Put pictures of games, a row a game and a column a level, onto one sheet.

python examples/contact_sheet.py --out sheet.png --style varied --width 360 sokoban star_battle
"""

from __future__ import annotations

import argparse
from pathlib import Path

from PIL import Image

import gameqa
from gameqa.registry import get_game


def contact_sheet(games: list[str], style: str, width: int, index: int) -> Image.Image:
    """Return the sheet; every picture is scaled to ``width`` pixels across."""
    rows = []
    for game in map(get_game, games):
        made = [
            gameqa.sample(game, plot_level=level, style=style, index=index).image
            for level in game.levels
        ]
        pictures = [picture.convert("RGB") for picture in made if picture is not None]
        rows.append(
            [
                p.resize((width, p.height * width // p.width), Image.Resampling.LANCZOS)
                for p in pictures
            ]
        )
    gap = 12
    heights = [max(picture.height for picture in row) for row in rows]
    columns = max(map(len, rows))
    size = columns * (width + gap) + gap, sum(heights) + gap * (len(rows) + 1)
    sheet = Image.new("RGB", size, "white")
    top = gap
    for row, height in zip(rows, heights, strict=True):
        for column, picture in enumerate(row):
            sheet.paste(picture, (gap + column * (width + gap), top))
        top += height + gap
    return sheet


def main() -> None:
    """Write a sheet from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("games", nargs="*", help="games to show (default: all)")
    parser.add_argument("--out", type=Path, default=Path("sheet.png"))
    parser.add_argument("--style", default="classic", help="classic, dark or varied")
    parser.add_argument("--width", type=int, default=360, help="pixels a picture")
    parser.add_argument("--index", type=int, default=0, help="which sample of each level")
    options = parser.parse_args()
    games = options.games or gameqa.list_games()
    contact_sheet(games, options.style, options.width, options.index).save(options.out)
    print(options.out)


if __name__ == "__main__":
    main()
