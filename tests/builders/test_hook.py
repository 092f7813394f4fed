"""`import gameqa` teaches `datasets` one name, in every situation, and disturbs nothing else."""

import sys

import pytest

from gameqa import _datasets_hook

LOAD = """
rows = datasets.load_dataset("gameqa", "sokoban", split="test", streaming=True, modality="text")
print(next(iter(rows))["data_id"])
"""
FIRST = "sokoban-v"


@pytest.mark.parametrize("imports", ["import gameqa, datasets", "import datasets, gameqa"])
def test_either_may_be_imported_first(imports, python):
    """Catches a hook that only works in one order; the folder is empty."""
    assert python(f"{imports}\n{LOAD}").stdout.startswith(FIRST)


def test_a_function_taken_from_datasets_before_knows_the_name():
    """Catches a hook that patches `load_dataset` itself, which people import by name."""
    from datasets import load_dataset

    _datasets_hook.install()
    assert next(iter(load_dataset("gameqa", "sokoban", split="test", streaming=True)))["data_id"]


def test_a_folder_gameqa_in_the_way_does_not_matter(python, tmp_path):
    """Catches `datasets` taking ./gameqa, of files or with a script, for the dataset."""
    folder = tmp_path / "work" / "gameqa"
    folder.mkdir(parents=True)
    (folder / "gameqa.py").write_text("raise SystemExit('the script was run')")
    (folder / "train.csv").write_text("a,b\n1,2\n")
    done = python(f"import gameqa, datasets\n{LOAD}", cwd=tmp_path / "work")
    assert done.stdout.startswith(FIRST)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_worker_processes_know_the_name(method, python, tmp_path):
    """Catches a registration that lives in one process only."""
    if method == "fork" and sys.platform == "win32":
        pytest.skip("no fork here")
    (tmp_path / "task.py").write_text(
        "import gameqa\ndef work(split):\n import datasets\n"
        ' rows = datasets.load_dataset("gameqa", "sokoban", split=split, streaming=True)\n'
        ' return next(iter(rows))["data_id"]\n'
        "if __name__ == '__main__':\n import multiprocessing\n"
        f" with multiprocessing.get_context({method!r}).Pool(1) as pool:\n"
        "  print(pool.map(work, ['test'])[0])\n"
    )
    assert python("", tmp_path / "task.py").stdout.startswith(FIRST)


def test_importing_gameqa_does_not_import_datasets(python):
    """Catches the second that datasets takes, and every other library of the builders."""
    code = "import sys, gameqa; print(set(sys.modules) & {'datasets', 'pyarrow', 'pandas'})"
    assert python(code).stdout.strip() == "set()"


def test_the_finder_leaves_once_it_is_done_and_is_installed_once(python):
    """Catches a finder that stays in everybody's imports, or comes twice."""
    code = """
import sys, gameqa
from gameqa import _datasets_hook as hook
def waiting(): return sum(isinstance(finder, hook._Waiter) for finder in sys.meta_path)
hook.install(); print(waiting())
import datasets, inspect
hook.install(); print(waiting())
factory = datasets.load.dataset_module_factory
print(factory is datasets.inspect.dataset_module_factory)
print(hasattr(factory._gameqa_original, "_gameqa_original"))
print(list(inspect.signature(factory).parameters)[0])
print(type(datasets.load.__loader__).__name__, "exec_module" in vars(datasets.load.__loader__))
"""
    assert python(code).stdout == "1\n0\nTrue\nFalse\npath\nSourceFileLoader False\n"


def test_other_finders_still_see_the_import(python):
    """Catches a hook that hides modules from other import hooks, or breaks on theirs."""
    code = """
import importlib.util, sys, gameqa
class Other:
    busy = False
    def find_spec(self, name, path=None, target=None):
        if name != "datasets.load" or self.busy: return None
        self.busy = True
        try: spec = importlib.util.find_spec(name)
        finally: self.busy = False
        class Loader:
            def __init__(self, loader): self.loader = loader
            def create_module(self, spec): return self.loader.create_module(spec)
            def exec_module(self, module): print("seen"); self.loader.exec_module(module)
        spec.loader = Loader(spec.loader)
        return spec
POSITION
import datasets
print(datasets.load.dataset_module_factory("gameqa").module_path)
"""
    for position in ("sys.meta_path.insert(0, Other())", "sys.meta_path.insert(1, Other())"):
        out = python(code.replace("POSITION", position)).stdout.split()
        assert out == ["seen", "gameqa.builders.dataset_builder"]


def test_a_datasets_of_another_make_still_imports(python, tmp_path):
    """Catches an error of the hook in `import datasets`: a module of that name of one's own."""
    fake = tmp_path / "other" / "datasets"
    fake.mkdir(parents=True)
    (fake / "__init__.py").write_text("from datasets.load import load_dataset")
    (fake / "load.py").write_text("load_dataset = 'mine'")
    code = "import gameqa, datasets; print(datasets.load_dataset)"
    assert python(code, PYTHONPATH=str(tmp_path / "other")).stdout == "mine\n"


def test_an_import_that_fails_may_be_tried_again(python, tmp_path):
    """Catches a hook that is spent, or in the way, after a failed import."""
    fake = tmp_path / "other" / "datasets"
    fake.mkdir(parents=True)
    (fake / "__init__.py").write_text("")
    (fake / "load.py").write_text("import missing_module")
    code = f"""
import sys, gameqa
sys.path.insert(0, {str(fake.parent)!r})
try: import datasets.load
except ImportError as error: print(error.name)
sys.path.pop(0); sys.path_importer_cache.clear()
for name in [name for name in sys.modules if name.startswith("datasets")]: del sys.modules[name]
import datasets
{LOAD}
"""
    out = python(code).stdout.split()
    assert out[0] == "missing_module"
    assert out[1].startswith(FIRST)


def test_other_datasets_load_as_before(tmp_path):
    """Catches a hook that changes what other paths give."""
    from datasets import load_dataset

    (tmp_path / "rows.csv").write_text("a,b\n1,2\n")
    rows = load_dataset("csv", data_files=str(tmp_path / "rows.csv"), split="train")
    assert rows[0] == {"a": 1, "b": 2}
    with pytest.raises(FileNotFoundError):
        load_dataset(str(tmp_path / "gameqa"))
