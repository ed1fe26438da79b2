"""An attachment: whoever may see its question may take it; it is never shown inside our own pages (quality rule 32)."""

from __future__ import annotations

import re

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from channels_app.files import open_file
from contacts.access import get_file
from contacts.models import Contact
from organisation.audit import record_view
from organisation.roles import Right, needs

SAFE_TYPE = re.compile(r"^(image/(png|jpeg|gif|webp|heic|bmp|tiff)|application/pdf|text/plain|video/mp4|audio/mpeg)$")


@require_safe
@needs(Right.QUESTIONS_READ)
def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """As a download, with a name that is only a name, a type that runs nothing, and a sandbox in case."""
    stored = get_file(request.user, pk)
    try:
        file = open_file(stored)
    except FileNotFoundError:
        raise Http404 from None
    holders = (
        Contact.objects.filter(inbound_id=stored.inbound_id)
        if stored.inbound_id
        else Contact.objects.filter(outbound_id=stored.outbound_id)
    )
    question = holders.values_list("question_contacts__question_id", "customer_id").first()
    record_view(
        request,
        page="attachment",
        question_id=question[0] if question else None,
        customer_id=question[1] if question else None,
    )
    kind = stored.content_type if SAFE_TYPE.match(stored.content_type) else "application/octet-stream"
    response = FileResponse(file, as_attachment=True, filename=_plain_name(stored.name), content_type=kind)
    response["Content-Length"] = str(stored.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store, private"
    return response


def _plain_name(name: str) -> str:
    """Without path, control characters or marks that turn the direction of writing."""
    plain = re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069/\\\"]", "_", name).strip(" .")
    return plain[:150] or "bijlage"
