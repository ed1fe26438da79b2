"""The investment agenda as tables: budget, committed, spent and left, per part of the house and per year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from organisation import wording
from organisation.models import User
from organisation.prepared import marked_user, rows_prepared, user_shape, user_values
from programme.models import BudgetLine, Condition, MoneyEntry, Pillar

ZERO = Decimal(0)


@dataclass(frozen=True)
class MoneyRow:
    """One row in euros; the bar is 200 wide."""

    name: str
    budget: Decimal
    spent: Decimal
    committed: Decimal
    is_example: bool = False
    pk: int = 0

    @property
    def left(self) -> Decimal:
        return self.budget - self.spent - self.committed

    @property
    def is_over(self) -> bool:
        return self.left < 0

    @property
    def spent_width(self) -> str:
        return f"{self._share(self.spent):.1f}"

    @property
    def committed_width(self) -> str:
        return f"{min(self._share(self.committed), 200 - self._share(self.spent)):.1f}"

    def _share(self, amount: Decimal) -> float:
        if self.budget <= 0:
            return 200.0 if amount > 0 else 0.0
        return max(0.0, min(200.0, float(amount / self.budget) * 200))

    def in_euros(self) -> tuple[str, str, str, str]:
        """Budget, spent, committed, left."""
        return euros(self.budget), euros(self.spent), euros(self.committed), euros(self.left)

    def in_thousands(self) -> tuple[str, str, str, str]:
        """The same in thousands of euros."""
        return (
            thousands(self.budget),
            thousands(self.spent),
            thousands(self.committed),
            thousands(self.left),
        )


def euros(amount: Decimal) -> str:
    """`€ 12.750`, cents only when there are any."""
    whole = amount == amount.to_integral_value()
    sign = "−" if amount < 0 else ""
    return f"{sign}€\u00a0{wording.number(abs(amount), 0 if whole else 2)}"


def thousands(amount: Decimal) -> str:
    """`12,8`: one decimal, so that small lines do not vanish."""
    value = (amount / 1000).quantize(Decimal("0.1"))
    sign = "−" if value < 0 else ""
    return f"{sign}{wording.number(abs(value), 1)}"


def lines(user: User) -> list[Any]:
    """Budget lines with `spent` and `committed`; one query."""
    return rows_prepared(
        ("budget lines", user_shape(user)),
        lambda marks: (
            BudgetLine.objects.visible_to(marked_user(user, marks))
            .select_related("pillar", "condition")
            .annotate(spent=_sum("spent"), committed=_sum("committed"))
            .order_by("year", "pillar__order", "condition__order")
        ),
        user_values(user),
    )


def _sum(kind: str) -> Coalesce:
    return Coalesce(Sum("entries__amount", filter=Q(entries__kind=kind)), Value(ZERO), output_field=DecimalField())


def add_up(name: str, some: Iterable[Any], pk: int = 0) -> MoneyRow:
    """Several lines as one row."""
    held = list(some)
    return MoneyRow(
        name,
        sum((line.amount for line in held), ZERO),
        sum((line.spent for line in held), ZERO),
        sum((line.committed for line in held), ZERO),
        any(line.is_example for line in held),
        pk,
    )


def per_part(held: Sequence[Any], pillars: Sequence[Pillar], conditions: Sequence[Condition]) -> list[MoneyRow]:
    """A row per pillar, the conditions together, and the total; nothing without a budget."""
    if not held:
        return []
    rows = [
        add_up(pillar.short_name, [line for line in held if line.pillar_id == pillar.pk])
        for pillar in pillars
        if any(line.pillar_id == pillar.pk for line in held)
    ]
    below = [line for line in held if line.condition_id]
    if below:
        rows.append(add_up(_("Conditions"), below))
    return [*rows, add_up(_("Total"), held)]


@dataclass(frozen=True)
class MoneyYear:
    """One year of the agenda."""

    year: int
    rows: tuple[MoneyRow, ...]
    total: MoneyRow


@dataclass(frozen=True)
class MoneyPage:
    """Everything about money."""

    title: str
    total: MoneyRow | None
    years: tuple[MoneyYear, ...]
    entries: tuple[MoneyEntry, ...]
    is_cut: bool
    """There are more amounts than the newest `MOST_ENTRIES`."""
    may_write: bool


MOST_ENTRIES = 200


def money_page(user: User, *, may_write: bool) -> MoneyPage:
    held = lines(user)
    years = []
    for year in sorted({line.year for line in held}):
        of_year = [line for line in held if line.year == year]
        rows = tuple(add_up((line.pillar or line.condition).short_name, [line], line.pk) for line in of_year)
        years.append(MoneyYear(year, rows, add_up(_("Total"), of_year)))
    total = add_up(_("Total"), held) if held else None
    entries = tuple(
        MoneyEntry.objects.visible_to(user)
        .select_related("line__pillar", "line__condition", "project")
        .order_by("-on", "-pk")[: MOST_ENTRIES + 1]
    )
    is_cut = len(entries) > MOST_ENTRIES
    return MoneyPage(_title(total), total, tuple(years), entries[:MOST_ENTRIES], is_cut, may_write)


def _title(total: MoneyRow | None) -> str:
    if total is None:
        return _("There is no budget yet")
    if total.is_over:
        return _("%(amount)s more is spent or committed than there is") % {"amount": euros(-total.left)}
    return _("%(left)s of %(budget)s is left") % {"left": euros(total.left), "budget": euros(total.budget)}
