"""Questions on the phone count for the Servicecentrum, whoever holds them since (docs/kpis.md): every finished day is counted again."""

from django.db import migrations

EVERY_DAY = """INSERT INTO kpi_changedday ("on") SELECT DISTINCT "on" FROM kpi_dailyfigure
    WHERE grain = 'total' AND measure IN ('phone.direct', 'phone.repeat')"""


class Migration(migrations.Migration):
    dependencies = [("kpi", "0019_changes_are_told_apart_as_sets")]
    operations = [migrations.RunSQL(EVERY_DAY, EVERY_DAY)]
