"""Charts: the same bytes every time, colours for both themes, nothing drawn from nothing."""

import io
import os
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from PIL import Image

from gameqa.builders.pages import charts
from gameqa.errors import GameQAError

LABELS = ["sokoban", "maze <b>&", "tents"]


def each_chart():
    """One chart of each kind."""
    xs = [0, 10, 20]
    return {
        "bars": charts.bars(
            LABELS,
            [40.0, 50.0, 100.0],
            lows=[30, 40, 90],
            highs=[50, 60, 100],
            marks=[25, None, 12.5],
            unit="%",
            title="Accuracy",
        ),
        "several": charts.bars(LABELS, {"one": [1, 2, 3], "two": [3, 2, 1]}, unit=" ms"),
        "numbers": charts.histogram([1, 2, 2, 3, 3, 3], x_label="moves"),
        "counts": charts.histogram({"A": 10, "B": 12}, level=11),
        "curves": charts.curves(
            {"train": (xs, [0.2, 0.4, 0.6]), "test": (xs, [0.2, 0.3, 0.4])},
            bands={"train": ([0.1, 0.3, 0.5], [0.3, 0.5, 0.7])},
            level=0.25,
        ),
    }


def test_svg_is_the_same_on_every_run(tmp_path):
    """Catches dates, random ids and hash order; a fresh process draws the same."""
    code = (
        "from gameqa.builders.pages import charts;"
        "print(charts.svg(charts.bars(['a', 'b'], [1.5, 2], marks=[1, 2], title='t')))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout.rstrip("\n")
        for seed in "01"
    }
    here = charts.svg(charts.bars(["a", "b"], [1.5, 2], marks=[1, 2], title="t"))
    assert runs == {here.rstrip("\n")}


@pytest.mark.parametrize("name", each_chart())
def test_svg_is_whole_and_follows_the_theme(name):
    """Catches broken XML, colours that do not follow the theme, and ids that repeat on a page."""
    text = charts.svg(each_chart()[name])
    ElementTree.fromstring(text)
    assert text.startswith("<svg ")
    assert "prefers-color-scheme:dark" in text
    drawn = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    assert not re.findall(r"#[0-9a-fA-F]{6}\b", drawn)  # every colour is a variable
    assert not re.search(r'<g id="', text)
    assert "<metadata" not in text


def test_labels_are_text_and_escaped():
    """Catches letters drawn as outlines, which nobody can search, and markup let through."""
    text = charts.svg(each_chart()["bars"])
    assert "maze &lt;b&gt;&amp;" in text
    assert "40.0 %" in text
    assert "chance" in text


def test_png_is_a_card_of_its_own():
    """Catches a transparent ground, on which dark text is lost on a dark page."""
    figure = charts.bars(LABELS, [1, 2, 3])
    picture = Image.open(io.BytesIO(charts.png(figure, dpi=100)))
    assert picture.width == 840
    assert picture.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)
    assert charts.png(figure) == charts.png(figure)


def test_pyplot_and_its_state_are_left_alone(tmp_path):
    """Catches settings that stay changed for the user's own charts."""
    import matplotlib

    before = dict(matplotlib.rcParams)
    for figure in each_chart().values():
        charts.svg(figure)
    assert dict(matplotlib.rcParams) == before
    code = (
        "import sys; from gameqa.builders.pages import Page, charts;"
        "page = Page('t'); page.chart(charts.bars(['a'], [1])); page.html();"
        "print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: charts.bars([], []), "at least one bar"),
        (lambda: charts.bars(["a", "b"], [1]), "1 numbers for 2 bars"),
        (lambda: charts.bars(["a"], [1], marks=[1, 2]), "2 numbers for 1 bars"),
        (lambda: charts.histogram([]), "at least one value"),
        (lambda: charts.curves({}), "at least one curve"),
        (lambda: charts.curves({"a": ([1, 2], [1])}), "'a' has 2 abscissas, 1 ordinates"),
    ],
)
def test_nothing_is_drawn_from_nothing(draw, message):
    """Catches empty charts, and numbers that belong to no label."""
    with pytest.raises(GameQAError, match=message):
        draw()
