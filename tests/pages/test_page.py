"""Pages: one file, everything escaped, nothing fetched, nothing half-written."""

import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

import gameqa
from gameqa.builders.pages import Cell, Page, charts
from gameqa.errors import GameQAError

HOSTILE = "<script>alert(1)</script> & \"quotes\" 'too'"


class Reader(HTMLParser):
    """Collects tags and text, and whether every tag is closed."""

    EMPTY = {"meta", "img", "path", "use", "rect"}

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.attributes, self.text = [], [], [], []
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        if tag not in self.EMPTY:
            assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture
def page():
    """A page with everything that a page can have, hostile where it can be."""
    made = Page(HOSTILE, lead=HOSTILE)
    png = gameqa.sample("sokoban").png
    for number in range(3):
        made.heading(f"{HOSTILE} {number}")
    made.heading("part", level=3)
    made.paragraph(f"{HOSTILE} `{HOSTILE}`\n\nsecond `odd")
    made.items([HOSTILE, "b"])
    made.code(HOSTILE)
    made.figures({HOSTILE: HOSTILE, "n": 12345})
    made.table(
        ["name", HOSTILE, "share"],
        [[HOSTILE, 1234, Cell(0.5, "50 %", "good")], ["b", None, Cell(0.25, "25 %")]],
        caption=HOSTILE,
    )
    made.chart(charts.bars([HOSTILE], [1]), caption=HOSTILE)
    made.picture(png, caption=HOSTILE, width=200)
    made.card(HOSTILE, {HOSTILE: HOSTILE, "b": "line\nline"}, png)
    made.card("without picture", {"a": "b"})
    return made


def test_everything_is_escaped_and_well_formed(page):
    """Catches markup of questions and responses that becomes part of the page."""
    text = page.html()
    assert "<script>alert" not in text
    reader = Reader(text)
    assert reader.tags.count("script") == 1
    assert "".join(reader.text).count("<script>alert(1)</script>") >= 14
    assert [tag for tag in reader.tags if tag == "h2"] == ["h2"] * 3
    assert reader.tags.count("h3") == 3


def test_nothing_is_fetched(page):
    """Catches a page that is not whole without a network."""
    reader = Reader(page.html())
    sources = [value for name, value in reader.attributes if name in ("src", "href", "xlink:href")]
    assert sources
    assert all(source.startswith(("data:image/png;base64,", "#")) for source in sources)
    assert "url(http" not in page.html()
    assert "@import" not in page.html()


def test_the_same_calls_make_the_same_bytes(page):
    """Catches dates and addresses of objects in a page."""
    assert page.html() == page.html()
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b|0x[0-9a-f]{6,}", page.html())


def test_tables_align_and_sort():
    """Catches numbers at the left, sorting by what is shown, and rows that lack cells."""
    page = Page("t")
    page.table(["a", "b", "c"], [["x", 1234567, Cell(0.5, "50 %", "bad")], ["y", 2, None]])
    text = page.html()
    assert '<td class="right short">1,234,567</td>' not in text  # sorts by the number
    assert 'data-value="1234567">1,234,567</td>' in text
    assert '<td class="right bad short" data-value="0.5">50 %</td>' in text
    assert text.count('<th scope="col" class="right">') == 2
    page.table(["a", "b"], [["x", 1]], align=["right", "left"])
    assert page.html().count('<th scope="col" class="right">') == 3
    with pytest.raises(GameQAError, match="A row of 1 cells in a table of 2"):
        page.table(["a", "b"], [["x"]])


def test_a_page_is_written_whole_or_not_at_all(page, tmp_path):
    """Catches folders that are missing, drafts that stay, and tracebacks."""
    path = page.write(tmp_path / "deep" / "page.html")
    assert path.read_text(encoding="utf-8") == page.html()
    assert [p.name for p in path.parent.iterdir()] == ["page.html"]
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(GameQAError, match=r"Cannot write .*below: Not a directory"):
        page.write(tmp_path / "file" / "below")
    odd = Page("half of a pair: \ud800")
    assert "half of a pair: ?" in odd.write(tmp_path / "odd.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("package", "what"), [("jinja2", "HTML pages"), ("matplotlib", "Charts")])
def test_a_missing_package_is_one_line_that_names_the_extra(package, what, tmp_path):
    """Catches a traceback where the extra is not installed."""
    code = f"""
import sys
sys.modules[{package!r}] = None
from gameqa.builders.pages import Page, charts
try:
    page = Page("t")
    if {package!r} == "matplotlib":
        charts.bars(["a"], [1])
    page.html()
except ValueError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    (line,) = done.stdout.splitlines()
    assert line.startswith(f"{what} need the package {package}")
    assert 'pip install "gameqa[report]"' in line
