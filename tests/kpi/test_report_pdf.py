"""The floor under every PDF: tagged, in a language, with a title, from our own files only."""

import io
import subprocess

import pytest
from django.template import engines
from django.utils import translation
from pypdf import PdfReader

from organisation import pdf
from organisation import pdf_child as child
from organisation.pdf import NoPdf, pdf_of
from tests.lent_press import by_itself

PAGE = """{% extends "reports/base_pdf.html" %}{% block title %}Rapport <5>{% endblock %}{% block kind %}Cijfers{% endblock %}
{% block content %}<h1>Rapport</h1><img alt="Een staaf" src="{{ picture }}"><table><thead><tr><th scope="col">Team</th><th scope="col">
Aantal</th></tr></thead><tbody><tr><th scope="row">{{ team }}</th><td>12</td></tr></tbody></table>
<img src="http://127.0.0.1:9/x.png" alt="weg"><img src="file:///etc/hostname" alt="weg"><img src="static:../settings.py" alt="weg">{% endblock %}"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="5" height="5"/></svg>'


@pytest.fixture(autouse=True)
def _a_child_of_its_own(monkeypatch):
    monkeypatch.setattr(pdf, "_child", by_itself)


def html(team: str = "Burgerzaken") -> str:
    with translation.override("nl"):
        return (
            engines["django"]
            .from_string(PAGE)
            .render({"municipality": "Gemeente Opmeer", "team": team, "picture": pdf.picture(SVG)})
        )


def test_a_page_becomes_a_tagged_document_with_language_title_and_embedded_letters_and_names_are_no_markup():
    reader = PdfReader(io.BytesIO(pdf_of(html("Burgerzaken <script>x</script> & =1+1"))))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "nl"
    assert reader.metadata.title == "Rapport <5>"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    text = reader.pages[0].extract_text()
    assert "Burgerzaken <script>x</script> & =1+1" in text and "1 / 1" in text and "Gemeente Opmeer" in text
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert fonts and all("Public-Sans" in font["/BaseFont"] for font in fonts)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/x.css",
        "file:///etc/passwd",
        "static:../settings.py",
        "static:/../../README.md",
        "static:css",
        "ftp://x",
    ],
)
def test_what_is_not_ours_is_not_read(url):
    with pytest.raises(child.Refused):
        child.allowed_path(url)


def test_our_own_stylesheet_is_read():
    assert child.allowed_path("static:css/report-pdf.css").is_file()


@pytest.mark.parametrize(
    ("code", "is_final", "words"), [(child.MISSING_LIBRARY, True, "Pango"), (-9, False, r"(?i)pdf")]
)
def test_a_child_that_fails_is_told_in_a_sentence(monkeypatch, code, is_final, words):
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, code, b"", b""))
    with pytest.raises(NoPdf, match=words) as caught:
        pdf_of("<p>x")
    assert caught.value.is_final is is_final


def test_a_document_beyond_all_measure_is_refused_before_a_child_starts():
    with pytest.raises(NoPdf):
        pdf_of("x" * (pdf.MOST_HTML + 1))


def test_a_child_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(pdf, "WALL_SECONDS", 0.05)
    with pytest.raises(NoPdf, match=r"too long|te lang"):
        pdf_of(html())
