"""What is typed in the forms of the knowledge base, and what is done with a draft."""

from __future__ import annotations

from django.test import Client

from knowledge.models import Article, ArticleVersion
from tests.cast import Cast


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def form(cast: Cast, **changes: str) -> dict[str, str]:
    typed = {
        "title": "Grofvuil laten ophalen",
        "subject": str(cast.grofvuil.pk),
        "team": str(cast.openbare_ruimte.pk),
        "short_answer": "Ophalen kan op **woensdag**.",
        "answer": "# Zo werkt het\n- U plant een dag.",
        "ask": "Wat is het?\nHoeveel?",
        "links": "Plannen | https://www.opmeer.example/grofvuil",
        "words": "sofa weg",
        "version": "",
    }
    return typed | changes


def act(client: Client, row: Article, name: str, **extra: str):
    version = ArticleVersion.objects.filter(article=row, state__in=["draft", "review"]).first()
    data = {"act": name, "version": f"{version.number}.{version.version}" if version else "", **extra}
    return client.post(f"/kennisbank/{row.pk}/concept/besluit/", data)
