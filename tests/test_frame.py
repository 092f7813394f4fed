"""The frame of the project: what the wheel holds, what it asks for, and who imports whom."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

import gameqa
import gameqa.builders
import gameqa.dataset_card

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = {
    ROOT / "gameqa": "gameqa",
    ROOT / "builders": "gameqa/builders",
    ROOT / "dataset_card": "gameqa/dataset_card",
}
TESTS_THE_WHEEL = os.environ.get("GAMEQA_TEST_WHEEL") == "1"

wheel_only = pytest.mark.skipif(
    not TESTS_THE_WHEEL, reason="only `make test` installs the wheel (GAMEQA_TEST_WHEEL=1)"
)


def files_of_checkout() -> Iterator[tuple[str, Path]]:
    """Every file of the packages, as (its place in the wheel, its place in the checkout)."""
    for folder, place in FOLDERS.items():
        for path in folder.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts and path.name != ".DS_Store":
                yield f"{place}/{path.relative_to(folder).as_posix()}", path


def files_of_wheel() -> set[str]:
    """Every file that the installed distribution says it has put under site-packages."""
    names = (file.as_posix() for file in metadata.files("gameqa") or ())
    return {
        name
        for name in names
        if not name.startswith("..") and ".dist-info/" not in name and "__pycache__" not in name
    }


@wheel_only
@pytest.mark.parametrize("module", [gameqa, gameqa.builders, gameqa.dataset_card])
def test_what_is_tested_is_the_installed_wheel(module):
    path = Path(module.__file__).resolve()
    assert "site-packages" in path.parts
    assert path.is_relative_to(Path(sys.prefix).resolve())


@wheel_only
def test_a_subprocess_imports_the_installed_wheel_too():
    code = "import gameqa.builders; print(gameqa.__file__); print(gameqa.builders.__file__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == [gameqa.__file__, gameqa.builders.__file__]


@wheel_only
def test_the_wheel_holds_every_file_of_the_packages():
    missing = {name for name, _ in files_of_checkout()} - files_of_wheel()
    assert not missing, "a folder without __init__.py, or a suffix not in setup.cfg's package_data?"


@wheel_only
def test_the_wheel_holds_nothing_else():
    assert not files_of_wheel() - {name for name, _ in files_of_checkout()}


@wheel_only
def test_the_wheel_is_typed_and_holds_every_game():
    package = Path(gameqa.__file__).parent
    assert (package / "py.typed").is_file()
    games = {path.parent.name for path in (ROOT / "gameqa" / "games").glob("*/__init__.py")}
    assert games == {path.parent.name for path in (package / "games").glob("*/__init__.py")}
    assert games


def test_the_metadata_names_the_command_and_the_licence():
    distribution = metadata.distribution("gameqa")
    commands = {
        point.name: point.value
        for point in distribution.entry_points
        if point.group == "console_scripts"
    }
    assert commands == {"gameqa": "gameqa.builders.command_line:main"}
    about = distribution.metadata
    assert about["License-Expression"] == "Apache-2.0"
    assert about["Requires-Python"] == ">=3.10"
    assert f"version: {distribution.version}\n" in (ROOT / "CITATION.cff").read_text("utf-8")


def nodes_that_run(node: ast.AST) -> Iterator[ast.AST]:
    """Every node of a syntax tree but what stands under "if TYPE_CHECKING"."""
    yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield from nodes_that_run(child)


def imports_of(path: Path, package: str) -> Iterator[str]:
    """The absolute name of every module that a file imports, relative imports resolved."""
    for node in nodes_that_run(ast.parse(path.read_text("utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parent = package.split(".")[: len(package.split(".")) - node.level + 1]
            prefix = ".".join(parent) + "." if node.level else ""
            if node.module:
                yield prefix + node.module
            else:
                yield from (prefix + alias.name for alias in node.names)


def modules_of_checkout() -> Iterator[tuple[str, set[str]]]:
    """Every Python file of the packages, with what it imports."""
    for name, path in files_of_checkout():
        if name.endswith(".py"):
            package = name.rpartition("/")[0].replace("/", ".")
            yield name, set(imports_of(path, package))


def test_every_imported_distribution_is_a_declared_requirement():
    for_developers = re.compile(r"""extra == ['"](test|lint|dev|servers)['"]""")
    declared = {
        normalized(re.match(r"[\w.-]+", requirement)[0])
        for requirement in metadata.requires("gameqa") or ()
        if not for_developers.search(requirement)
    } | {"gameqa"}
    providers = {**PROVIDERS, **metadata.packages_distributions()}
    for name, imports in modules_of_checkout():
        for module in {module.partition(".")[0] for module in imports} - sys.stdlib_module_names:
            if name.startswith(HOSTS.get(module, "-")):
                continue
            known = {normalized(provider) for provider in providers.get(module, [module])}
            assert known & declared, f"{name} imports {module}, which setup.cfg does not require"


# Where packages that are large, and so not installed here, come from.
PROVIDERS = {"inspect_ai": ["inspect-ai"], "sklearn": ["scikit-learn"], "vlmeval": ["ms-vlmeval"]}
# Whoever loads the file has the package: a trainer its own, a harness pandas.
HOSTS = {
    "swift": "gameqa/builders/rewards/swift/",
    "torch": "gameqa/builders/rewards/openrlhf",
    "pandas": "gameqa/builders/harnesses/",
}


def normalized(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_engines_import_no_builder_and_no_hugging_face_library():
    heavy = {"datasets", "huggingface_hub", "pyarrow", "fsspec", "click", "tqdm", "yaml"}
    for name, imports in modules_of_checkout():
        if name.startswith(("gameqa/builders/", "gameqa/dataset_card/")):
            continue
        assert not {module.partition(".")[0] for module in imports} & heavy, name
        assert not any(module.startswith("gameqa.builders") for module in imports), name


def test_a_game_imports_no_other_game():
    for name, imports in modules_of_checkout():
        if place := re.match(r"gameqa/games/(\w+)/", name):
            others = {
                module
                for module in imports
                if module.startswith("gameqa.games.") and module.split(".")[2] != place[1]
            }
            assert not others, f"{name} imports {others}"


def test_importing_gameqa_imports_no_hugging_face_library():
    code = (
        "import sys, gameqa; gameqa.list_games();"
        "print({'datasets', 'huggingface_hub', 'pyarrow', 'pandas'} & set(sys.modules) or 'none')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "none"
