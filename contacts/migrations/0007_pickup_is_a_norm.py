"""In how many seconds the phone is picked up stood twice: on the municipality, where calls took it from, and as the norm
`phone.pickup`, which has a valid-from. The norm stays; where the two differed, what calls were judged by holds from today on."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q
from django.utils import timezone

from organisation.workdays import local_day

REASON = "De seconden van de gemeente zijn nu de norm"


def carry_over(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Norm = apps.get_model("contacts", "ServiceNorm")
    town = apps.get_model("organisation", "Municipality").objects.filter(pk=1).first()
    at = timezone.now()
    today = local_day(at)
    now = (
        Norm.objects.filter(code="phone.pickup", team=None, subject=None, valid_from__lte=today)
        .filter(Q(valid_until=None) | Q(valid_until__gt=today))
        .order_by("-valid_from")
        .first()
    )
    if town is None or now is None or now.length == town.pickup_seconds:
        return
    if now.valid_from < today:
        until, now.valid_until, now.version = now.valid_until, today, now.version + 1
        _save(apps, now, at, "~")
        now.pk, now.valid_from, now.valid_until, now.version = None, today, until, 0
    now.name = now.name.replace(f"{now.length} seconden", f"{town.pickup_seconds} seconden")
    now.length, now.is_choice, now.version = town.pickup_seconds, True, now.version + 1
    _save(apps, now, at, "+" if now.pk is None else "~")


def _save(apps: Apps, norm: object, at: object, kind: str) -> None:
    """Models of migrations write no history by themselves."""
    norm.save()  # type: ignore[attr-defined]
    History = apps.get_model("contacts", "HistoricalServiceNorm")
    values = {field.attname: getattr(norm, field.attname) for field in norm._meta.concrete_fields}  # type: ignore[attr-defined]
    History.objects.create(history_date=at, history_type=kind, history_change_reason=REASON, **values)


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0006_numbers_without_rights_on_tables"),
        ("organisation", "0010_version_never_comes_back"),
    ]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
