"""`visible_to` is the only way to rows that not everybody may see (quality.md §5 rule 24): what is read without it is named here, with the reason.

Where a check is taken away by `script/mutants`, the module reads one more thing without it, and this test says so.
"""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
APPS = ("organisation", "channels_app", "knowledge", "contacts", "surveys", "privacy", "kpi", "programme", "opmeer_kcc")
WAYS = frozenset(
    {"visible_to", "visible_to_client", "addressed_to", "kept_by", "unread_by", "published", "public", "create"}
)
"""The first ask who looks; what is published or public is for everybody who may read at all, `create` reads nothing."""
ROOMS = ("pages", "views", "api")
"""Where people and other systems are answered. Of the other modules only those that ask `visible_to` somewhere."""

WITHOUT = {
    "what `visible_to` is called on in the next line": {
        "contacts/access.py": 1,
        "contacts/finding/customers.py": 5,
        "contacts/finding/questions.py": 1,
        "contacts/queue_filters.py": 1,
    },
    "the row was fetched with it just before, and is read anew": {
        "contacts/finding/customers.py": 2,
        "contacts/person/file.py": 2,
        "contacts/views/question_acts.py": 1,
        "contacts/pages/candidates.py": 1,
        "contacts/pages/customer_page_rows.py": 1,
        "knowledge/pages/article.py": 1,
        "kpi/views/agreements.py": 1,
        "programme/pages/project.py": 1,
        "programme/pages/rounds.py": 5,
        "programme/views/rounds.py": 3,
    },
    "the customer's own link, or another system that reads its own": {
        "contacts/pages/follow.py": 1,
        "contacts/pages/open311.py": 1,
        "contacts/views/open311.py": 1,
        "contacts/api/reach.py": 1,
        "contacts/api/views.py": 1,
        "surveys/pages/person_file.py": 1,
    },
    "counts of the whole house, and whether there is anything": {
        "contacts/news.py": 1,
        "contacts/pages/registration_answer.py": 1,
        "kpi/measures/backlog.py": 1,
        "kpi/pages/wall.py": 1,
        "knowledge/views/edit.py": 1,
        "surveys/pages/collected.py": 2,
        "surveys/pages/results.py": 2,
        "surveys/pages/rounds.py": 1,
        "programme/access.py": 2,
        "programme/pages/rounds.py": 1,
    },
    "an act that locks the row and asks after it, and what jobs read": {
        "contacts/actions/customers.py": 1,
        "contacts/actions/merge.py": 2,
        "contacts/actions/notify.py": 1,
        "kpi/actions/agree.py": 1,
        "kpi/actions/handle_signals.py": 1,
        "kpi/actions/schedule_reports.py": 2,
    },
    "the moment alone, where the next page begins": {
        "contacts/pages/webcare.py": 1,
    },
    "the number alone, for who reads the log of who looked": {
        "contacts/news.py": 1,
    },
    "that it exists is told to who works for every team, and who opens it by breaking the glass": {
        "contacts/views/question_hidden.py": 2,
    },
}


def guarded() -> frozenset[str]:
    """Models with rows that not everybody sees."""
    return frozenset(one.__name__ for one in apps.get_models() if hasattr(one._default_manager, "visible_to"))


def read_without(tree: ast.AST, models: frozenset[str]) -> list[int]:
    """The lines where rows of such a model are reached by none of the ways."""
    above = {below: one for one in ast.walk(tree) for below in ast.iter_child_nodes(one)}
    found = []
    for one in above:
        if not (isinstance(one, ast.Attribute) and one.attr == "objects" and ast.unparse(one.value) in models):
            continue
        names, upon = set(), above.get(one)
        while isinstance(upon, ast.Attribute | ast.Call):
            names |= {upon.attr} if isinstance(upon, ast.Attribute) else set()
            upon = above.get(upon)
        if not names & WAYS:
            found.append(one.lineno)
    return found


def allowed(path: str) -> int:
    return sum(rows.get(path, 0) for rows in WITHOUT.values())


def looked_at(path: str, text: str) -> bool:
    parts = path.split("/")
    return parts[1] in ROOMS or (
        "visible_to(" in text and parts[1] not in ("management", "models", "querysets.py", "migrations")
    )


def test_rows_that_not_everybody_sees_are_reached_by_visible_to() -> None:
    models, wrong = guarded(), {}
    for app in APPS:
        for file in sorted((ROOT / app).rglob("*.py")):
            path, text = str(file.relative_to(ROOT)), file.read_text()
            if not looked_at(path, text):
                continue
            lines = read_without(ast.parse(text), models) if ".objects" in text else []
            if len(lines) != allowed(path):
                wrong[path] = lines
    assert wrong == {}
    paths = Counter(path for rows in WITHOUT.values() for path in rows)
    assert [path for path in paths if not (ROOT / path).exists()] == []
