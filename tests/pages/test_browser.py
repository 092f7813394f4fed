"""A page in a real browser: what only a browser can tell. Skipped where there is no Chromium."""

import html
import json
import re
import shutil
import subprocess

import pytest

from gameqa.builders.pages import Cell, Page, charts

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs Chromium")

# Runs in the page and leaves what it found in the title.
PROBE = """<script>
const table = document.querySelector("table"), buttons = table.querySelectorAll("th button");
const column = i => [...table.tBodies[0].rows].map(row => row.cells[i].textContent);
const found = {};
buttons[1].click(); found.descending = column(1);
buttons[1].click(); found.ascending = column(1);
buttons[0].click(); found.names = column(0);
found.sorted = buttons[0].parentElement.ariaSort;
const root = document.documentElement;
found.overflow = root.scrollWidth - root.clientWidth;
const wide = document.querySelectorAll(".table .wide")[1];
found.scrolls = wide.scrollWidth > wide.clientWidth;
found.chart = document.querySelector("svg").getBoundingClientRect().width;
document.title = JSON.stringify(found);
</script></body>"""


@pytest.mark.parametrize("width", [500, 1280])
def test_tables_sort_and_nothing_overflows(width, tmp_path):
    """Catches a script that fails, numbers sorted as text, and a page wider than its window."""
    page = Page("Title", lead="lead")
    shares = [0.5, 0.125, None, 0.0925]
    names = ["b", "a10", "a9", "c"]
    page.table(
        ["name", "share"],
        [
            [name, None if share is None else Cell(share, f"{100 * share:.1f} %")]
            for name, share in zip(names, shares, strict=True)
        ],
    )
    page.table([f"a long name of column {i}" for i in range(20)], [[10**9 + i for i in range(20)]])
    page.chart(charts.bars(["a rather long label of a bar"] * 3, [1, 2, 3], title="Chart"))
    page.card("x" * 300, {"Response": "y" * 3_000})
    path = tmp_path / "page.html"
    path.write_text(page.html().replace("</body>", PROBE), encoding="utf-8")
    assert BROWSER is not None
    done = subprocess.run(
        [
            BROWSER,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            f"--user-data-dir={tmp_path / 'profile'}",
            f"--window-size={width},900",
            "--dump-dom",
            path.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    title = re.search(r"<title>(.*?)</title>", done.stdout, re.DOTALL)
    assert title is not None
    found = json.loads(html.unescape(title[1]))
    assert found["descending"] == ["50.0 %", "12.5 %", "9.2 %", ""]
    assert found["ascending"] == ["9.2 %", "12.5 %", "50.0 %", ""]
    assert found["names"] == ["a9", "a10", "b", "c"]
    assert found["sorted"] == "ascending"
    assert found["overflow"] == 0
    assert found["scrolls"]
    assert found["chart"] > 400
