"""`/kanalen/drukte/`: begin and end “Simuleer drukte”; there is no such page outside the demo."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.forms import IntegerField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from contacts.actions.simulate import FASTEST, KINDS, LONGEST, MOST, simulation, start_simulation, stop_simulation
from organisation import wording
from organisation.clock import now
from organisation.errors import Refused
from organisation.forms.base import HouseForm
from organisation.roles import Right, needs


class SimulationForm(HouseForm):
    """How much a minute, and how long."""

    calls = IntegerField(label=lazy("Calls a minute"), min_value=0, max_value=FASTEST, initial=4)
    mails = IntegerField(label=lazy("E-mails a minute"), min_value=0, max_value=FASTEST, initial=3)
    forms = IntegerField(label=lazy("Forms a minute"), min_value=0, max_value=FASTEST, initial=2)
    chats = IntegerField(label=lazy("Chats a minute"), min_value=0, max_value=FASTEST, initial=1)
    posts = IntegerField(label=lazy("Posts on social media a minute"), min_value=0, max_value=FASTEST, initial=1)
    whatsapp = IntegerField(label=lazy("WhatsApp messages a minute"), min_value=0, max_value=FASTEST, initial=1)
    minutes = IntegerField(label=lazy("For how many minutes"), min_value=1, max_value=LONGEST, initial=10)


@require_http_methods(["GET", "POST"])
@needs(Right.PARKED_RETRY)
def simulation_page(request: HttpRequest) -> HttpResponse:
    """`doe`: beginnen or stoppen."""
    if not settings.DEMO_MODE:
        raise Http404
    at = now()
    if request.POST.get("doe") == "stoppen":
        stop_simulation(by=request.user, at=at)
        messages.success(request, _("The simulation has stopped."))
        return redirect("contacts:simulation")
    busy = simulation(at)
    form = SimulationForm(request.POST or None, initial=busy.pace if busy.is_on else None)
    if request.method == "POST" and form.is_valid():
        try:
            pace = {kind: form.cleaned_data[kind] for kind in KINDS}
            start_simulation(by=request.user, at=at, pace=pace, minutes=form.cleaned_data["minutes"])
        except Refused as refusal:
            refusal.tell(form)
        else:
            messages.success(request, _("The simulation has begun. The first ones come within some seconds."))
            return redirect("contacts:simulation")
    context = {
        "nav": "channels",
        "form": form,
        "busy": busy,
        "until": wording.clock(busy.until) if busy.until else "",
        "total": sum(busy.made.values()),
        "most": MOST,
    }
    return render(request, "contacts/simulation.html", context, status=422 if form.errors else 200)
