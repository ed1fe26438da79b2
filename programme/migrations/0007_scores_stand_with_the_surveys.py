"""Scores of others stand in one place, with the surveys: what a goal had of its own moves there, with its history and where it began."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.utils.text import slugify

OF_THE_PLAN = {
    "Waardering digitaal": ("digitaal", "rating.digital", None),
    "Waardering algemeen": ("algemeen", "rating.general", None),
    "Heldere taal": ("heldere-taal", "rating.clear_language", 2),
}
UNITS = {"mark": "mark", "percent": "percent", "seconds": "number", "count": "number"}
HISTORY = ("history_date", "history_change_reason", "history_type", "history_user_id")


def move(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model
    goals, scores, histories = (
        model("programme", "Goal"),
        model("programme", "OutsideScore"),
        model("programme", "HistoricalOutsideScore"),
    )
    indicators, results = model("surveys", "OutsideIndicator"), model("surveys", "OutsideResult")
    for goal in goals.objects.filter(kpi_code="").order_by("pk"):
        every = list(scores.objects.filter(goal=goal).order_by("pk"))
        past = list(histories.objects.filter(goal_id=goal.pk).order_by("history_date", "history_id"))
        if not every and not past and goal.baseline is None:
            continue
        code, norm, years = OF_THE_PLAN.get(goal.name, ("", "", None))
        name = goal.name
        if indicators.objects.filter(models.Q(name=name) | models.Q(code=code)).exists():
            code, norm, years, name = "", "", None, f"{goal.name} ({goal.pk})"
        indicator = indicators.objects.create(
            code=code or f"{slugify(goal.name)[:40] or 'doel'}-{goal.pk}",
            name=name,
            question="",
            unit=UNITS[goal.unit],
            is_lower_better=goal.direction == "down",
            norm_code=norm,
            every_years=years,
        )
        _keep(apps, model("surveys", "HistoricalOutsideIndicator"), indicator, goal)
        taken: set[tuple[str, int, int]] = set()
        if goal.baseline is not None:
            taken.add((goal.baseline_source, goal.baseline_year, 0))
            began = results.objects.create(
                indicator=indicator, year=goal.baseline_year, month=0, value=goal.baseline, source=goal.baseline_source
            )
            _keep(apps, model("surveys", "HistoricalOutsideResult"), began, goal)
        gone = {one.id: one for one in past if one.id not in {row.pk for row in every}}
        for score in [*every, *gone.values()]:
            is_removed = score not in every
            if goal.baseline is not None and score.on.year == goal.baseline_year:
                is_removed = True  # it counted for nothing: the goal began that year
            source = score.source
            if (source, score.on.year, score.on.month) in taken:
                source = f"{source[:180]} ({score.on.isoformat()})"
            if (source, score.on.year, score.on.month) in taken:
                continue
            taken.add((source, score.on.year, score.on.month))
            kept = results.objects.create(
                indicator=indicator,
                year=score.on.year,
                month=score.on.month,
                value=score.value,
                source=source,
                sample_size=score.sample_size,
                is_example=score.is_example,
                is_removed=is_removed,
                version=score.version,
            )
            pk = getattr(score, "history_id", None) and score.id or score.pk
            model("surveys", "HistoricalOutsideResult").objects.bulk_create(
                _past(model("surveys", "HistoricalOutsideResult"), one, kept, source) for one in past if one.id == pk
            )
        goals.objects.filter(pk=goal.pk).update(
            indicator=indicator, baseline=None, baseline_year=None, baseline_source=""
        )


def _past(history: Any, one: Any, kept: Any, source: str) -> Any:
    """A removal is a line that says so: nothing is deleted any more."""
    gone = one.history_type == "-"
    values = {name: getattr(one, name) for name in HISTORY}
    values["history_type"] = "~" if gone else one.history_type
    return history(
        id=kept.pk,
        indicator_id=kept.indicator_id,
        year=one.on.year,
        month=one.on.month,
        value=one.value,
        source=source,
        sample_size=one.sample_size,
        is_example=one.is_example,
        is_removed=gone,
        version=one.version,
        **values,
    )


def _keep(apps: Any, history: Any, row: Any, goal: Any) -> None:
    """The first line of the history of what is made here."""
    first = apps.get_model("programme", "HistoricalGoal").objects.filter(id=goal.pk).order_by("history_date").first()
    if first is None:
        return
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    history.objects.create(
        **values, history_date=first.history_date, history_type="+", history_user_id=first.history_user_id
    )


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0014_privacy_officer_by_two"),
        ("programme", "0006_withdrawn_projects_and_goals"),
        ("surveys", "0006_what_others_measured"),
    ]

    operations = [
        migrations.AddField(
            model_name="goal",
            name="indicator",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="surveys.outsideindicator",
                verbose_name="score from outside",
            ),
        ),
        migrations.AddField(
            model_name="historicalgoal",
            name="indicator",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="surveys.outsideindicator",
                verbose_name="score from outside",
            ),
        ),
        migrations.RunPython(move, elidable=True),
    ]
