"""The loading script gameqa.py, on versions of `datasets` that run scripts."""

import shutil
from pathlib import Path

import datasets
import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(
    int(datasets.__version__.split(".")[0]) >= 4, reason="datasets 4 and newer run no scripts"
)

CODE = """
IMPORTS
import datasets, hashlib
datasets.disable_progress_bars()
rows = datasets.load_dataset("gameqa", "sokoban", split="train", trust_remote_code=True,
                             train_size=20, validation_size=0, test_size=0, STREAM)
rows = rows.cast_column("image", datasets.Image(decode=False))
print(hashlib.blake2b(repr([sorted(row.items()) for row in rows]).encode()).hexdigest())
print(type(rows).__name__, datasets.builder.__name__, sys.modules["gameqa"].__file__)
"""


@pytest.fixture
def above(tmp_path):
    """A folder above a checkout named gameqa."""
    checkout = tmp_path / "above" / "gameqa"
    ignored = shutil.ignore_patterns("__pycache__", ".*", "build", "dist", "tests")
    shutil.copytree(ROOT, checkout, ignore=ignored)
    return checkout.parent


def test_the_script_gives_the_rows_of_the_hook(above, python):
    """Catches a script that does not run, or whose builder is another one."""

    def run(imports, stream):
        code = CODE.replace("IMPORTS", imports).replace("STREAM", stream)
        return python(code, cwd=above).stdout.split()[0]

    by_hook = run("import sys, gameqa", "num_proc=1")
    assert run("import sys", "num_proc=1") == by_hook
    assert run("import sys", "num_proc=2") == by_hook
    assert run("import sys", "streaming=True") == by_hook


def test_the_script_runs_from_a_checkout_that_is_not_installed(above, python):
    """Catches a script that needs an installed gameqa: here the installed one cannot be found."""
    hide = """
import sys, importlib.machinery
find = importlib.machinery.PathFinder.find_spec
class Hide:
    def find_spec(self, name, path=None, target=None):
        if name == "gameqa":
            return find(name, [""])
sys.meta_path.insert(0, Hide())
"""
    code = CODE.replace("IMPORTS", hide).replace("STREAM", "num_proc=1")
    out = python(code, cwd=above).stdout.split()
    assert Path(out[-1]).is_relative_to(above)
    shown = CODE.replace("IMPORTS", "import sys").replace("STREAM", "num_proc=1")
    assert python(shown, cwd=above).stdout.split()[0] == out[0]
