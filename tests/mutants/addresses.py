"""Each check of a right on a view, taken away one at a time: the row of its address in the access matrix must say something else."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.access_judging import cells, clients, quiet, words
from tests.access_matrix import MATRIX
from tests.access_scene import Scene, scene
from tests.mutants import checks
from tests.mutants.plugin import OUT, write
from tests.test_views_name_rights import WITHOUT, without_right

__all__ = ["clients", "quiet", "scene"]


def _views(patterns: list[URLPattern | URLResolver], space: str = "") -> dict[tuple[str, str], list[str]]:
    """Module and name of a view → its addresses."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{one.namespace}:" if one.namespace else space
            for key, names in _views(one.url_patterns, inner).items():
                found.setdefault(key, []).extend(names)
        elif one.name:
            view: Any = one.callback
            found.setdefault((view.__module__, view.__qualname__), []).append(space + one.name)
    return found


def test_each_right_of_a_view(scene: Scene, clients: dict[str, Client], quiet: None) -> None:
    views, survived = _views(get_resolver().url_patterns), []
    with (OUT / "verdicts.jsonl").open("a") as verdicts:
        for check in checks.CHECKS.values():
            names = views.get((check.module, check.where), []) if check.kind == "needs" else []
            if not names:
                continue
            checks.away = check.code
            noticed = "" if not _is_unnamed_without(check.code) else "tests/test_views_name_rights.py"
            noticed = noticed or next(
                (f"access matrix, {name}" for name in names if _differs(name, scene, clients)), ""
            )
            checks.away = 0
            write(verdicts, check, f"noticed: {noticed}" if noticed else "survived its address")
            survived += [] if noticed else [f"{check.module}.{check.where}"]
    assert survived == []


def _is_unnamed_without(code: int) -> bool:
    """Whether the table of views without a right sees that this one has none any more."""
    checks.unnamed = code
    found = without_right()
    checks.unnamed = 0
    return found != set(" ".join(WITHOUT.values()).split())


def _differs(name: str, scene: Scene, clients: dict[str, Client]) -> bool:
    found = cells(name, scene, clients, [], [])
    return any(MATRIX.get(key, {}).get(how) != words(row) for key, rows in found.items() for how, row in rows.items())
