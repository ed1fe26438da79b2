"""A list of products: wrong files explain line and column, nothing is made before somebody looked, the same file twice changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knowledge.actions.forget import forget
from knowledge.actions.take_in_products import choose_products, take_in_products
from knowledge.models import Article, ArticleVersion, Product, ProductImport
from knowledge.products_csv import MOST_ROWS, read_products
from organisation.models import AuditEntry
from organisation.snapshot import organisation
from tests.cast import Cast
from tests.knowledge.scene import article, publish_next

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
UPL = "http://standaarden.overheid.nl/owms/terms/"
LIST = f"""naam;uri;omschrijving;link;doelgroep;laatst gewijzigd
Grofvuil ophalen;{UPL}afvalinzameling;Wij halen grofvuil op.;https://www.opmeer.example/grofvuil-info;inwoner;1
"Paspoort; aanvragen";{UPL}paspoort;"Een paspoort.
Twee regels.";https://www.opmeer.example/paspoort;inwoner, ondernemer;2
Standplaats;{UPL}standplaats;Voor een kraam.;;ondernemer;3
"""
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(AT, tick=False):
        yield


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(client: Client, raw: bytes | str, name: str = "producten.csv"):
    data = raw.encode() if isinstance(raw, str) else raw
    return client.post("/kennisbank/producten/", {"file": SimpleUploadedFile(name, data)})


def take(client: Client, chosen: dict[str, str]):
    row = ProductImport.objects.get(done_at__isnull=True)
    return client.post(
        f"/kennisbank/producten/{row.pk}/?blad=1", {"version": str(row.version), "act": "take_in", **chosen}
    )


def test_new_products_become_drafts_of_the_team_of_their_subject_and_known_ones_get_their_link(cast: Cast) -> None:
    known = article(cast, AT, title="Grofvuil ophalen", words=[])
    sanne = client_of(cast.sanne)
    made = send(sanne, LIST)
    page = sanne.get(made["Location"]).content.decode()
    assert "Niet gebruikt: laatst gewijzigd" in page
    assert "krijgt een volgende versie" in page
    assert "wordt een concept" in page
    assert f'<option value="{cast.paspoort.pk}" selected>' in page  # proposed by its name
    assert Article.objects.count() == 1
    take(sanne, {"take-0": "on", "take-1": "on", "subject-1": str(cast.paspoort.pk)})
    new = Article.objects.get(title="Paspoort; aanvragen")
    assert (new.team, new.is_published, list(new.subjects.all())) == (cast.burgerzaken, False, [cast.paspoort])
    version = new.versions.get()
    assert (version.state, version.is_public, version.short_answer) == ("draft", False, "Een paspoort. Twee regels.")
    assert version.links == ["Paspoort; aanvragen | https://www.opmeer.example/paspoort"]
    past = new.history.get()
    assert (past.history_user, [one.subject for one in past.subjects.all()]) == (cast.sanne, [cast.paspoort])
    assert version.history.get().short_answer == version.short_answer
    changed = known.versions.get(state="draft")
    assert changed.links[-1] == "Grofvuil ophalen | https://www.opmeer.example/grofvuil-info"
    assert changed.links[:-1] == known.versions.get(state="published").links
    assert changed.short_answer == known.versions.get(state="published").short_answer
    assert not Article.objects.filter(title="Standplaats").exists()
    assert ProductImport.objects.get().result == {"added": 1, "changed": 1}
    assert ProductImport.objects.get().rows == []


def test_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    known = article(cast, AT, title="Grofvuil ophalen", words=[])
    sanne = client_of(cast.sanne)
    chosen = {f"take-{place}": "on" for place in range(3)} | {
        f"subject-{place}": str(cast.paspoort.pk) for place in range(3)
    }
    send(sanne, LIST)
    take(sanne, chosen)
    publish_next(known, cast, AT)
    before = list(ArticleVersion.objects.order_by("pk").values_list("pk", "version", "links", "words"))
    made = send(sanne, LIST)
    page = sanne.get(made["Location"]).content.decode()
    assert page.count("blijft zoals het is") == 3
    assert "take-" not in page
    take(sanne, chosen)
    assert list(ArticleVersion.objects.order_by("pk").values_list("pk", "version", "links", "words")) == before
    assert (Article.objects.count(), Product.objects.count()) == (3, 3)
    Article.objects.filter(title="Standplaats").update(title="Kraam op de markt")
    send(sanne, LIST)
    take(sanne, chosen)
    assert Article.objects.count() == 3  # found again by its uniform address


def test_what_a_colleague_is_writing_and_what_is_of_another_team_is_left_alone(cast: Cast) -> None:
    from tests.knowledge.scene import next_version

    busy = article(cast, AT, title="Grofvuil ophalen")
    next_version(busy, cast.henk, AT)
    other = article(cast, AT, title="Standplaats")
    Article.objects.filter(pk=other.pk).update(team=cast.burgerzaken)
    ria = client_of(cast.ria)
    made = send(ria, LIST.replace("Voor een kraam.;;", "Voor een kraam.;https://www.opmeer.example/kraam;"))
    page = ria.get(made["Location"]).content.decode()
    assert "Henk is erin aan het schrijven" in page
    assert "van een ander team" in page
    assert f'value="{cast.paspoort.pk}"' not in page  # a subject of a team that is not hers
    take(ria, {"take-0": "on", "take-1": "on", "take-2": "on", "subject-1": str(cast.paspoort.pk)})
    assert Article.objects.count() == 2
    assert ArticleVersion.objects.filter(state="draft").count() == 1


def test_two_products_of_one_answer_change_it_once(cast: Cast) -> None:
    known = article(cast, AT, title="Grofvuil ophalen", words=[])
    Product.objects.create(key=f"{UPL}afvalinzameling", article=known, taken_in_at=AT)
    sanne = client_of(cast.sanne)
    again = "Grofvuil ophalen;;Ook aan de weg.;https://www.opmeer.example/aan-de-weg;inwoner;4\n"
    send(sanne, LIST.replace("Grofvuil ophalen;", "Afval laten halen;") + again)
    assert take(sanne, {"take-0": "on", "take-3": "on"}).status_code == 302
    assert known.versions.get(state="draft").words == ["Afval laten halen"]
    assert ProductImport.objects.get().result == {"changed": 1, "same": 1}


def test_all_of_it_or_nothing(cast: Cast) -> None:
    sanne = client_of(cast.sanne)
    send(sanne, LIST)
    refused = take(sanne, {"take-0": "on", "subject-0": str(cast.grofvuil.pk), "take-1": "on"})
    assert refused.status_code == 422
    assert "Kies een onderwerp voor" in refused.content.decode()
    assert not Article.objects.exists()
    assert take(sanne, {}).status_code == 422
    row = ProductImport.objects.get()
    late = sanne.post(f"/kennisbank/producten/{row.pk}/", {"version": "1", "act": "take_in", "take-0": "on"})
    assert late.status_code == 422
    assert "ander venster" in late.content.decode()
    sanne.post(f"/kennisbank/producten/{row.pk}/weg/")
    assert not ProductImport.objects.exists()
    assert sanne.get(f"/kennisbank/producten/{row.pk}/").status_code == 404


def test_only_leads_and_the_coordinator_and_only_their_own_list(cast: Cast) -> None:
    made = send(client_of(cast.sanne), LIST)
    assert client_of(cast.ria).get(made["Location"]).status_code == 404
    assert client_of(cast.ria).post(made["Location"] + "weg/").status_code == 404
    for person in (cast.henk, cast.fatima, cast.joost, cast.beheer, cast.receptie):
        assert send(client_of(person), LIST).status_code == 403


WRONG = [
    ("", "geen producten"),
    ("naam\n", "geen producten"),
    (b"\x00\x01\x02", "geen CSV-bestand"),
    ("titeltje;uri\nx;y\n", "kolom met de namen"),
    ("naam;uri\n;http://standaarden.overheid.nl/x\n", "Regel 2, kolom naam: De naam ontbreekt."),
    ("naam;uri\nA;geen-uri\n", "Regel 2, kolom uri"),
    ("naam;link\nA;javascript:alert(1)\n", "Regel 2, kolom link"),
    ("naam;link\nA;http://x.nl\n", "Regel 2, kolom link"),
    ("naam;doelgroep\nA;dieren\n", "Regel 2, kolom doelgroep: “dieren”"),
    ("naam\nPaspoort\n\nPÁSPOORT\n", "Regel 4, kolom naam: Dit product staat ook in regel 2."),
    (f"naam;uri\nA;{UPL}x\nB;{UPL}x\n", "Regel 3, kolom uri"),
    ("naam\n" + "x" * 121 + "\n", "hoogstens 120"),
    ("naam;omschrijving\nA;" + "x" * 5001 + "\n", "hoogstens 5000"),
    ("naam;omschrijving\nA;" + "x" * 20_000 + "\n", "Regel 2"),
    ("naam\nA\x07\n", "tekens"),
    ("naam\n" + "\n".join(f"P{n}" for n in range(MOST_ROWS + 1)), "meer dan 1000"),
    ("naam\n" + "x" * 2_000_001, "groter dan 2 MB"),
]


def test_a_wrong_file_says_line_and_column_and_nothing_is_kept(cast: Cast) -> None:
    sanne = client_of(cast.sanne)
    for raw, said in WRONG:
        answer = send(sanne, raw)
        assert answer.status_code == 422, said
        assert said in answer.content.decode().replace("&#x27;", "'")
        assert not ProductImport.objects.exists(), said


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        (LIST.encode("utf-8-sig"), 3), (LIST.encode("utf-16"), 3), ("naam\ncafé\n".encode("cp1252"), 1), (b"Title,URL\nA,\n", 1),
        (b"naam\tlink\nA\thttps://x.nl\n", 1), (b"naam;link\nA\nB;\n", 2), (b"naam\n'=1+1\n", 1),
        (b"Uniforme Productnaam;UPL_URI;Doelgroep\nA;;Ondernemer/Bedrijf\n", 1), (("naam\r\nA\r\n" * 1).encode(), 1),
    ],
)  # fmt: skip
def test_lists_as_they_come_are_read(raw: bytes, count: int) -> None:
    found = read_products(raw)
    assert (len(found.rows), found.wrong) == (count, [])


def test_a_long_list_is_looked_at_page_by_page_for_the_same_number_of_statements(cast: Cast) -> None:
    sanne = client_of(cast.sanne)
    counts = []
    for many in (30, 400):
        made = send(sanne, "naam\n" + "\n".join(f"Product {many} {number}" for number in range(many)))
        sanne.get(made["Location"])
        with CaptureQueriesContext(connection) as asked:
            assert sanne.get(made["Location"] + "?blad=2").status_code == 200
        counts.append(len(asked))
        assert sanne.get(made["Location"] + "?blad=9999999999999999999").status_code == 200
        kept = sanne.post(
            made["Location"], {"version": "1", "act": "keep", "take-0": "on", "subject-0": str(cast.paspoort.pk)}
        )
        assert kept["Location"].endswith("?blad=2")
        row = ProductImport.objects.get(pk=int(made["Location"].split("/")[3]))
        assert (row.rows[0]["take"], row.rows[1]["take"], row.rows[25]["take"]) == (True, False, None)
        row.delete()
    assert counts[0] == counts[1]


def test_many_products_are_taken_in_with_some_statements_and_a_line_in_the_log_for_each(cast: Cast) -> None:
    sanne = client_of(cast.sanne)
    send(sanne, "naam\n" + "\n".join(f"Product {number}" for number in range(200)))
    row = ProductImport.objects.get()
    choices = {place: (True, cast.paspoort.pk) for place in range(200)}
    choose_products(given=row, seen_version=1, choices=choices, by=cast.sanne)
    with CaptureQueriesContext(connection) as asked:
        done = take_in_products(given=row, seen_version=2, house=organisation(), by=cast.sanne, at=AT)
    assert done == {"added": 200}
    assert len(asked) < 250
    assert AuditEntry.objects.filter(action="article.added").count() == Article.objects.count() == 200


def test_lists_are_forgotten_after_three_months(cast: Cast) -> None:
    send(client_of(cast.sanne), LIST)
    forget(at=AT + timedelta(days=89))
    assert ProductImport.objects.exists()
    forget(at=AT + timedelta(days=91))
    assert not ProductImport.objects.exists()


def test_a_draft_without_a_short_answer_is_not_handed_in(cast: Cast) -> None:
    sanne = client_of(cast.sanne)
    send(sanne, "naam\nPaspoort voor een kind\n")
    take(sanne, {"take-0": "on", "subject-0": str(cast.paspoort.pk)})
    row = Article.objects.get()
    said = sanne.post(f"/kennisbank/{row.pk}/concept/besluit/", {"act": "hand_in", "version": "1.1"})
    assert said.status_code == 422
    assert "Schrijf eerst het korte antwoord." in said.content.decode()
