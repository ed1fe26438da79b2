"""The screens of terms, lists and the register: proposed by the administrator, decided by the coordinator, printed as proof."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from contacts.actions.api_clients import SCOPES
from contacts.models import ApiClient, Notice, Question
from organisation.clock import now
from privacy.actions.destruction import make_list
from privacy.models import DestructionList
from privacy.tasks import erase
from tests.cast import Cast
from tests.privacy.scene import left_everywhere
from tests.privacy.test_requests_screen import of


@pytest.fixture
def made(cast: Cast, settings: Any, tmp_path: Any) -> DestructionList:
    settings.FILES_DIR = tmp_path
    left_everywhere(cast, files=tmp_path)
    Question.objects.update(closed_at=now() - timedelta(days=400))
    made = make_list(at=now())
    assert made is not None
    return made


def test_a_term_is_proposed_by_one_and_agreed_by_another(cast: Cast) -> None:
    beheer, sanne = of(cast.beheer), of(cast.sanne)
    address = "/beheer/bewaartermijnen/"
    assert "keuze" in beheer.get(address).content.decode()
    for wrong in (
        {"code": "raw", "channel": "email", "days": "30"},
        {"code": "raw", "days": "1"},
        {"code": "x", "days": "30"},
        {},
    ):
        assert beheer.post(address, wrong).status_code == 422
    assert beheer.post(address, {"code": "question.complaint", "channel": "letter", "days": "3650"}).status_code == 302
    page = sanne.get(address).content.decode()
    assert "Klacht · Brief" in page and "Beheer stelt 10 jaar voor" in page and "Akkoord" in page
    assert "Akkoord" not in beheer.get(address).content.decode()
    assert "1 wacht op u" in sanne.get("/beheer/").content.decode()
    assert beheer.post(address, {"code": "question.complaint", "channel": "letter", "days": "30"}).status_code == 302
    sanne.post(address + "besluit/", {"yes": "question.complaint.letter", "days": "3650"})  # as the page stood before
    page = sanne.get(address).content.decode()
    assert "Beheer stelt 30 dagen voor" in page and "ondertussen iets anders voorgesteld" in page
    assert beheer.post(address, {"code": "question.complaint", "channel": "letter", "days": "3650"}).status_code == 302
    sanne.post(address + "besluit/", {"yes": "question.complaint.letter", "days": "3650"})
    assert "10 jaar" in beheer.get(address).content.decode()


def test_a_list_goes_from_job_to_declaration(cast: Cast, made: DestructionList) -> None:
    beheer, sanne = of(cast.beheer), of(cast.sanne)
    address = f"/beheer/vernietiging/{made.pk}/"
    number = made.entries.first().question.number  # type: ignore[union-attr]
    page = beheer.get(address).content.decode()
    assert "Stel voor aan de coördinator" in page and number not in page and "e-mail 3, telefoon 1" in page
    page = sanne.get(address).content.decode()
    assert "Goedkeuren" not in page and "Deze lijst wacht op de beheerder" in page
    assert made.number in beheer.get("/meldingen/").content.decode()
    assert made.number not in sanne.get("/meldingen/").content.decode()
    assert made.number in beheer.get("/beheer/").content.decode()
    beheer.post(address, {"propose": "1"})
    page = sanne.get(address).content.decode()
    assert "Goedkeuren: vernietigen" in page and number in page
    assert "wacht op de coördinator" in beheer.get(address).content.decode()
    assert made.number in sanne.get("/meldingen/").content.decode()
    assert not Notice.objects.filter(user=cast.beheer, read_at__isnull=True).exists()
    assert sanne.post(address, {"refuse": "1", "remark": "nee"}).status_code == 422
    beheer.post(address, {"approve": "1"})
    made.refresh_from_db()
    assert made.state == "proposed"
    sanne.post(address, {"approve": "1"})
    assert not Notice.objects.filter(user=cast.sanne, read_at__isnull=True).exists()
    erase()
    page = beheer.get(address).content.decode()
    assert "Verklaring van vernietiging" in page and "teksten van vragen" in page and "Sanne" in page
    assert "Kanariestra" not in page and beheer.get("/beheer/vernietiging/").status_code == 200


def test_the_register_tells_the_terms_and_receivers_of_now(cast: Cast) -> None:
    ApiClient.objects.create(
        name="Zaaksysteem",
        token_hash="x",
        token_hint="x",
        created_at=now(),
        expires_at=now(),
        scopes=[next(iter(SCOPES))],
    )
    for user, status in ((cast.beheer, 200), (cast.sanne, 200), (cast.ria, 403), (cast.joost, 403)):
        assert of(user).get("/beheer/verwerkingen/").status_code == status
    cast.henk.is_privacy_officer = True
    cast.henk.save()
    page = of(cast.henk).get("/beheer/verwerkingen/").content.decode()
    assert "koppeling: Zaaksysteem" in page and "Klacht: 5 jaar na het sluiten van de vraag" in page and "Henk" in page


def test_nobody_else_comes_near(cast: Cast, made: DestructionList) -> None:
    client = Client()
    for user in (cast.fatima, cast.henk, cast.ria, cast.joost, cast.receptie):
        client.force_login(user)
        for address in ("/beheer/bewaartermijnen/", "/beheer/vernietiging/", f"/beheer/vernietiging/{made.pk}/"):
            assert client.get(address).status_code == 403
