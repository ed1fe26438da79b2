"""Every change of a setting raises the settings' version (see `organisation.snapshot`)."""

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from organisation.models import CalendarDay, CalendarHours, Municipality, Subject, Team, WorkingCalendar
from organisation.snapshot import settings_changed


def watch(model: type[Model]) -> None:
    """From now on a saved or removed row of this model renews the settings in every process."""
    uid = f"settings-of-{model._meta.label}"
    post_save.connect(_changed, sender=model, dispatch_uid=uid)
    post_delete.connect(_changed, sender=model, dispatch_uid=uid + "-gone")


def _changed(sender: type[Model], **kwargs: object) -> None:
    settings_changed()


for _model in (CalendarDay, CalendarHours, Municipality, Subject, Team, WorkingCalendar):
    watch(_model)
