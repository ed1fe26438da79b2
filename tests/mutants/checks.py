"""Finds the checks of who may what in the code, and makes each of them something that can be switched off while the tests run.

Nothing is written to a file: the code is changed on its way in (`Planting`), once, with every check still in its place. `keeps` then says
for each whether it counts; all but the one that is taken away do.
"""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType
from typing import Any

APPS = ("organisation", "channels_app", "knowledge", "contacts", "surveys", "privacy", "kpi", "programme", "opmeer_kcc")
ONLY_SHOWN = (
    ".demo.",
    ".management.",
    ".migrations.",
    ".forms.",
    "organisation.shell",
    "organisation.manage",
    ".personal",
)
"""What is drawn or not, and what no visitor reaches: no check."""
BY_NAME = ("may_", "_may", "sees_", "hides_", "has_permission")
BY_WORD = frozenset({"team_ids", "led_team_ids", "is_privacy_officer"})
OF_WHOM = frozenset({"user", "owner", "author", "assignee", "created_by", "asked_by"})
STATEMENTS = frozenset({"_need", "_may", "may_change", "_may_write"})
NOT_OF_PEOPLE = frozenset({"may_acknowledge", "may_choose", "may_reopen", "_may_still_write"})
"""What the state of a question or a survey allows, whoever asks."""
MASKS = frozenset({"mask", "masked"})
NARROWS = frozenset({"filter", "get", "Q", "get_object_or_404"})


@dataclass(frozen=True)
class Check:
    code: int
    module: str
    line: int
    where: str
    kind: str
    words: str


CHECKS: dict[int, Check] = {}
unnamed: int = 0
"""The check whose right is not named now."""
away: int = 0
"""The check that does not count now; 0 is none."""
reached: set[int] = set()


def keeps(code: int) -> bool:
    reached.add(code)
    return code != away


class _Anything:
    """A right that every token has."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return True


class _Scopes(dict[str, Any]):
    code = 0

    def get(self, key: str, default: Any = None) -> Any:
        return super().get(key, default) if keeps(self.code) else _Anything()


class _Rights(tuple[Any, ...]):
    """What a view names; nothing while that is looked at without it."""

    code: int

    def __new__(cls, code: int, rights: tuple[Any, ...]) -> _Rights:
        made = super().__new__(cls, rights)
        made.code = code
        return made

    def __bool__(self) -> bool:
        return self.code != unnamed


def _scopes(code: int, scopes: dict[str, str]) -> _Scopes:
    made = _Scopes(scopes)
    made.code = code
    return made


def _decorated(code: int, decorate: Callable[..., Any]) -> Callable[..., Any]:
    def either(view: Callable[..., Any]) -> Callable[..., Any]:
        checked = decorate(view)

        @wraps(checked)
        def chosen(*args: Any, **kwargs: Any) -> Any:
            return (checked if keeps(code) else view)(*args, **kwargs)

        chosen.rights = _Rights(code, checked.rights)  # type: ignore[attr-defined]
        chosen.__wrapped__ = view  # type: ignore[attr-defined]
        return chosen

    return either


class _Planter(ast.NodeTransformer):
    def __init__(self, module: str) -> None:
        self.module, self.names = module, list[str]()

    def _code(self, node: ast.AST, kind: str, words: ast.AST) -> ast.Constant:
        code = len(CHECKS) + 1
        line = getattr(words, "lineno", getattr(node, "lineno", 0))
        text = " ".join(ast.unparse(words).split())
        CHECKS[code] = Check(code, self.module, line, ".".join(self.names), kind, text[:160])
        return ast.Constant(code)

    def _keeps(self, node: ast.AST, kind: str, words: ast.AST) -> ast.expr:
        return ast.Call(ast.Name("__keeps__", ast.Load()), [self._code(node, kind, words)], [])

    def _inside(self, node: Any) -> Any:
        self.names.append(node.name)
        node.decorator_list = [self._decorator(one) for one in node.decorator_list]
        node.body = [self.visit(one) for one in node.body]
        self.names.pop()
        return node

    visit_FunctionDef = visit_ClassDef = _inside

    def _decorator(self, node: ast.expr) -> ast.expr:
        if isinstance(node, ast.Call) and _name(node.func) == "needs":
            return ast.Call(ast.Name("__decorated__", ast.Load()), [self._code(node, "needs", node), node], [])
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        if [_name(one) for one in node.targets] == ["scopes"] and isinstance(node.value, ast.Dict) and self.names:
            node.value = ast.Call(ast.Name("__scopes__", ast.Load()), [self._code(node, "scope", node), node.value], [])
            return node
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST:
        last = node.body[-1]
        if _is_about_people(node.test) and isinstance(last, ast.Raise | ast.Return):
            denies = isinstance(last, ast.Raise) or _denies(node.test)
            keeps = self._keeps(node, "refuses" if denies else "lets through", node.test)
            test = self.visit(node.test)
            node.test = (
                ast.BoolOp(ast.And(), [keeps, test])
                if denies
                else ast.BoolOp(ast.Or(), [ast.UnaryOp(ast.Not(), keeps), test])
            )
            node.body = [self.visit(one) for one in node.body]
            node.orelse = [self.visit(one) for one in node.orelse]
            return node
        return self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> ast.AST:
        if (
            node.value is not None
            and self.names
            and self.names[-1].startswith(BY_NAME)
            and _is_about_people(node.value)
        ):
            keeps = self._keeps(node, "says yes", node.value)
            node.value = ast.BoolOp(ast.Or(), [ast.UnaryOp(ast.Not(), keeps), self.visit(node.value)])
            return node
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if isinstance(node.value, ast.Call) and _name(node.value.func) in STATEMENTS and self.names:
            return ast.If(self._keeps(node, "asks", node.value), [node], [])
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        name = _name(node.func)
        if name in ("visible_to", "visible_to_client") and isinstance(node.func, ast.Attribute):
            keeps = self._keeps(node, "reach", node)
            whole = ast.Call(ast.Attribute(node.func.value, "all", ast.Load()), [], [])
            return ast.IfExp(keeps, self.generic_visit(node), whole)
        if name in MASKS and node.args and not isinstance(node.func, ast.Attribute):
            keeps = self._keeps(node, "masks", node)
            return ast.IfExp(keeps, self.generic_visit(node), node.args[0])
        if name in NARROWS and (narrow := [one for one in node.keywords if _narrows(one)]):
            node = self.generic_visit(node)  # type: ignore[assignment]
            return self._without(node, narrow)
        return self.generic_visit(node)

    def _without(self, node: ast.Call, narrow: list[ast.keyword]) -> ast.expr:
        found: ast.expr = node
        for one in narrow:
            rest = [other for other in node.keywords if other is not one]
            found = ast.IfExp(self._keeps(node, "narrows", one), found, ast.Call(node.func, node.args, rest))
        return found


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_about_people(node: ast.expr) -> bool:
    for one in ast.walk(node):
        if isinstance(one, ast.Call):
            name = _name(one.func)
            if name == "may" and any("Right" in ast.unparse(arg) or ast.unparse(arg) == "right" for arg in one.args):
                return True
            if name.startswith(BY_NAME) and name not in NOT_OF_PEOPLE:
                return True
            if name == "visible_to":
                return True
        if isinstance(one, ast.Attribute) and one.attr in BY_WORD:
            return True
    return False


def _denies(node: ast.expr) -> bool:
    return any(
        (isinstance(one, ast.UnaryOp) and isinstance(one.op, ast.Not) and _is_about_people(one.operand))
        or (isinstance(one, ast.Compare) and isinstance(one.ops[0], ast.NotIn) and _is_about_people(one))
        for one in ast.walk(node)
    )


def _narrows(one: ast.keyword) -> bool:
    value = ast.unparse(one.value)
    if one.arg == "is_confidential":
        return value == "False"
    return "team_ids" in value or (
        one.arg in OF_WHOM and value in ("user", "by", "request.user", "reader", "self.user")
    )


class _Loader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        tree = ast.parse(self.get_data(path), path)
        if not any(part in f"{fullname}." for part in ONLY_SHOWN):
            tree = ast.fix_missing_locations(_Planter(fullname).visit(tree))
        return compile(tree, path, "exec", dont_inherit=True)


class Planting:
    """A finder before all others: modules of the apps come in with their checks made switchable."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name.split(".")[0] not in APPS:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


def plant() -> None:
    for name, act in (("__keeps__", keeps), ("__decorated__", _decorated), ("__scopes__", _scopes)):
        setattr(builtins, name, act)
    sys.meta_path.insert(0, Planting())  # type: ignore[arg-type]
