"""The product's own code as syntax trees, for tests about its shape."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("campus", "meters", "points")


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file of the product: `name` is dotted, `parts` are its words."""

    name: str
    tree: ast.Module

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.name.split("."))

    def has_role(self, *roles: str) -> bool:
        """Whether the file or a folder around it bears one of these names."""
        return not set(roles).isdisjoint(self.parts[1:])


def module(name: str, source: str) -> Module:
    """A module from text, as a planted example."""
    return Module(name=name, tree=ast.parse(source))


@cache
def product() -> tuple[Module, ...]:
    """Every module of the three apps."""
    files = (file for app in APPS for file in sorted((ROOT / app).rglob("*.py")))
    return tuple(_read(file) for file in files)


def _read(file: Path) -> Module:
    parts = file.relative_to(ROOT).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return module(name, file.read_text())


def imports(source: Module) -> Iterator[tuple[str, int]]:
    """
    Every imported name with its line: `from a.b import c` gives `a.b.c`.

    What only a type checker reads does not count.
    """
    for node in _outside_type_checking(source.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def _outside_type_checking(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and dotted(node.test).endswith("TYPE_CHECKING"):
            continue
        yield node
        yield from _outside_type_checking(node)


def calls(source: Module) -> Iterator[tuple[str, int]]:
    """Every call with its line, as a dotted name: `Txn.objects.filter().update`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node.lineno


def dotted(node: ast.expr) -> str:
    """`a.b(c).d` as "a.b().d"; what has no name is empty."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    return ""


def place(source: Module, line: int, what: str) -> str:
    """A finding as a reader wants to see it."""
    return f"{source.name}, line {line}: {what}"
