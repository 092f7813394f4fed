"""No loop goes through a set of words: its order differs from process to process."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import gameqa

PACKAGE = Path(gameqa.__file__).parent
CHECKOUT = Path(__file__).parents[2]
_SETS = ("set", "frozenset", "AbstractSet", "Set")
# Python's hashes of numbers, and of tuples of numbers, are the same in every process.
_NUMBERS = ("int", "bool", "float", "Cell", "Position", "Square", "tuple[int", "tuple[Cell")
_ANY_ORDER = {"sorted", "sum", "any", "all", "len", "set", "frozenset", "min", "max", "Counter"}
_KEEPS_ORDER = {"list", "tuple", "iter", "enumerate", "zip", "map", "filter", "reversed", "next"}
_METHODS_KEEP = {"choice", "sample", "shuffled", "join", "fromkeys"}
_METHODS_OF_SETS = {"union", "intersection", "difference", "symmetric_difference", "copy"}


class _Finder(ast.NodeVisitor):
    """Finds expressions that are sets, not known to be of numbers, in places where order counts."""

    def __init__(self, returning: set[str]) -> None:
        self.returning = returning
        self.names: list[set[str]] = [set()]
        self.found: list[tuple[int, str]] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        self.names.append({a.arg for a in arguments if _is_unordered(a.annotation)})
        for part in ast.walk(node):
            if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
                if _is_unordered(part.annotation):
                    self.names[-1].add(part.target.id)
            elif isinstance(part, ast.Assign) and self.is_set(part.value):
                self.names[-1] |= {t.id for t in part.targets if isinstance(t, ast.Name)}
        self.generic_visit(node)
        self.names.pop()

    def visit_For(self, node: ast.For) -> None:
        self.check(node.iter)
        self.generic_visit(node)

    def visit_Starred(self, node: ast.Starred) -> None:
        self.check(node.value)
        self.generic_visit(node)

    def visit_Set(self, node: ast.Set) -> None:
        for part in node.elts:  # {*one, *another} has no order to lose
            self.visit(part.value if isinstance(part, ast.Starred) else part)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        self.check(node.iter)
        self.generic_visit(node)

    def visit_SetComp(self, node: ast.SetComp) -> None:
        self.visit_in_any_order(node)

    def visit_in_any_order(self, node: ast.SetComp | ast.GeneratorExp) -> None:
        self.visit(node.elt)
        for generator in node.generators:
            for part in ast.iter_child_nodes(generator):
                self.visit(part)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        has_key = any(keyword.arg == "key" for keyword in node.keywords)
        if name in _KEEPS_ORDER or method in _METHODS_KEEP or (name in ("min", "max") and has_key):
            for argument in node.args:
                self.check(argument)
        if isinstance(node.func, ast.Attribute) and method == "pop" and not node.args:
            self.check(node.func.value)
        for part in ast.iter_child_nodes(node):
            if name in _ANY_ORDER and not has_key and isinstance(part, ast.GeneratorExp):
                self.visit_in_any_order(part)
            else:
                self.visit(part)

    def check(self, node: ast.expr) -> None:
        if self.is_set(node):
            self.found.append((node.lineno, ast.unparse(node)))

    def is_set(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Set):
            return not all(_is_number(part) for part in node.elts)
        if isinstance(node, ast.SetComp):
            return True
        if isinstance(node, ast.Name):
            return any(node.id in names for names in self.names)
        if isinstance(node, ast.Attribute):
            return node.attr in self.returning
        if isinstance(node, ast.BinOp):
            is_operator = isinstance(node.op, ast.Sub | ast.BitAnd | ast.BitOr | ast.BitXor)
            return is_operator and (self.is_side(node.left) or self.is_side(node.right))
        if isinstance(node, ast.IfExp):
            return self.is_set(node.body) or self.is_set(node.orelse)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return node.func.id in ("set", "frozenset") or node.func.id in self.returning
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_method = node.func.attr in _METHODS_OF_SETS and self.is_set(node.func.value)
            return is_method or node.func.attr in self.returning
        return False

    def is_side(self, node: ast.expr) -> bool:
        is_view = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        return self.is_set(node) or (is_view and node.func.attr in ("keys", "items"))


def _is_unordered(annotation: ast.expr | None) -> bool:
    """Whether an annotation names a set of something else than numbers."""
    text = "" if annotation is None else ast.unparse(annotation)
    kind, _, element = text.partition("[")
    return kind in _SETS and not element.startswith(_NUMBERS)


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def loops(sources: dict[str, str]) -> list[tuple[str, int, str]]:
    """Return file, line and expression of what goes through a set of words."""
    trees = {name: ast.parse(source) for name, source in sources.items()}
    returning = set()
    for tree in trees.values():
        returning |= {f.name for f in _functions(tree) if _is_unordered(f.returns)}
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                returning |= {
                    part.target.id
                    for part in node.body
                    if isinstance(part, ast.AnnAssign)
                    and isinstance(part.target, ast.Name)
                    and _is_unordered(part.annotation)
                }
    found = []
    for name, tree in trees.items():
        finder = _Finder(returning)
        finder.visit(tree)
        found += [(name, line, text) for line, text in sorted(set(finder.found))]
    return found


def test_no_loop_goes_through_a_set_of_words() -> None:
    """Catches samples that depend on the process's hash seed, also where one in a thousand does."""
    folders = (PACKAGE, CHECKOUT / "builders", CHECKOUT / "dataset_card")
    sources = {str(p): p.read_text("utf-8") for folder in folders for p in folder.rglob("*.py")}
    assert len(sources) > 200
    found = loops(sources)
    assert not found, "sort them, or annotate the set where it holds numbers: " + "; ".join(
        f"{name}:{line} {text}" for name, line, text in found
    )


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ("for word in {'a', word}: pass", True),
        ("for word in sorted({'a', word}): pass", False),
        ("words = set(text)\n return [word for word in words]", True),
        ("words: set[int] = set(text)\n return [word for word in words]", False),
        ("words = {w for w in text}\n return {word for word in words}", False),
        ("words = {w for w in text}\n return sum(len(word) for word in words)", False),
        ("return rng.choice([*names()])", True),
        ("return rng.choice(sorted(names()))", False),
        ("return ', '.join(set(text) - {'a'})", True),
        ("return max(set(text), key=len)", True),
        ("return max(set(text))", False),
        ("return list(one.keys() & two)", True),
        ("return list(one.keys())", False),
        ("return set(text).pop()", True),
        ("return {*names(), 'a'}", False),
    ],
)
def test_the_search_finds_what_it_is_for(code: str, is_found: bool) -> None:
    """Catches a search that overlooks the common ways to go through a set."""
    source = f"def names() -> set[str]: ...\ndef work(text, rng, one, two):\n {code}\n"
    assert bool(loops({"work.py": source})) is is_found
