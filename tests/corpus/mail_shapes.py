"""Class 1: every way in which mail programs put plain words into a message (30)."""

from __future__ import annotations

import base64
import quopri

from tests.channels_app.corpus import PNG, mail
from tests.corpus.case import LETTERS, Mail

PLAIN = "Wanneer wordt mijn container geleegd?"
HTML = "text/html; charset=utf-8"
FLOWED = "text/plain; charset=utf-8; format=flowed"


def encoded(body: str, way: str, kind: str = "text/plain; charset=utf-8") -> bytes:
    """A message of one part in this transfer encoding."""
    data = body.encode()
    if way.lower() == "base64":
        data = base64.encodebytes(data)
    elif way.lower() == "quoted-printable":
        data = quopri.encodestring(data)
    return mail(data, "MIME-Version: 1.0", f"Content-Type: {kind}", f"Content-Transfer-Encoding: {way}")


def several(kind: str, *children: str, more: str = "", ending: str = "--b--\n") -> bytes:
    """A message of several parts, written by hand: each child is its headers, an empty line and its content."""
    body = "".join(f"--b\n{child}\n" for child in children) + ending
    return mail(body, "MIME-Version: 1.0", f'Content-Type: multipart/{kind}; boundary="b"{more}')


def text(words: str, kind: str = "plain", more: str = "") -> str:
    return f"Content-Type: text/{kind}; charset=utf-8{more}\nContent-Transfer-Encoding: 8bit\n\n{words}"


def picture(name: str = "foto.png", how: str = "inline") -> str:
    data = base64.encodebytes(PNG).decode()
    return f'Content-Type: image/png; name="{name}"\nContent-Disposition: {how}; filename="{name}"\nContent-ID: <p@x>\nContent-Transfer-Encoding: base64\n\n{data}'


CASES = [
    Mail("plain", "A", mail(f"{PLAIN}\n\nGroet"), exact=f"{PLAIN}\n\nGroet"),
    Mail("plain-bare-newlines", "A", mail(PLAIN + "\n\nGroet").replace(b"\r\n", b"\n"), exact=PLAIN + "\n\nGroet"),
    Mail("plain-bare-returns", "A", mail(PLAIN + "\n\nGroet").replace(b"\r\n", b"\r"), exact=PLAIN + "\n\nGroet"),
    Mail("plain-mixed-newlines", "A", mail("Een\n\nTwee").replace(b"Een\r\n", b"Een\n"), exact="Een\n\nTwee"),
    Mail("no-mime-headers", "A", b"From: anna@burger.example\r\nSubject: Vraag\r\nMessage-ID: <a@b>\r\n\r\nHallo daar\r\n", exact="Hallo daar"),
    Mail("html-only", "A", mail("<p>Mijn <b>container</b></p><p>is vol</p>", kind=HTML), exact="Mijn container\n\nis vol"),
    Mail("html-list", "A", mail("<ul><li>een<li>twee</ul>", kind=HTML), exact="- een\n- twee"),
    Mail("html-table", "A", mail("<table><tr><td>Naam</td><td>Anna</td></tr><tr><td>Plaats</td><td>Opmeer</td></tr></table>", kind=HTML), exact="Naam Anna\nPlaats Opmeer"),
    Mail("html-entities", "A", mail("<p>Caf&eacute; &amp; &euro; 12&nbsp;ge&#239;nd</p>", kind=HTML), exact="Café & € 12 geïnd"),
    Mail("html-outlook", "A", mail("<html><head><style>p.MsoNormal{margin:0}</style></head><body><!--[if mso]><p>Weg</p><![endif]--><p class=MsoNormal>Goedemiddag,<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Mijn vraag.</p></body></html>", kind=HTML), text="Mijn vraag.", absent=("Weg", "margin")),
    Mail("html-without-closing", "A", mail("<div>Een<div>Twee<p>Drie", kind=HTML), exact="Een\nTwee\n\nDrie"),
    Mail("xhtml", "A", mail('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Hallo<br/>daar</p></body></html>', kind="application/xhtml+xml; charset=utf-8"), text="Hallo\ndaar"),
    Mail("alternative", "A", several("alternative", text("Als tekst"), text("<p>Als <i>pagina</i></p>", "html")), exact="Als tekst"),
    Mail("alternative-empty-plain", "A", several("alternative", text(""), text("<p>Alleen als pagina</p>", "html")), exact="Alleen als pagina"),
    Mail("alternative-plain-says-no-html", "A", several("alternative", text("Dit bericht is in HTML. Gebruik een ander programma."), text("<p>" + "De hele vraag staat hier. " * 30 + "</p>", "html")), text="De hele vraag staat hier."),
    Mail("alternative-with-related", "A", several("alternative", text("Als tekst"), "Content-Type: multipart/related; boundary=c\n\n--c\n" + text('<p>Als pagina <img src="cid:p@x"></p>', "html") + "\n--c\n" + picture() + "\n--c--"), exact="Als tekst", files=("foto.png",)),
    Mail("related", "A", several("related", text('<p>Kijk: <img src="cid:p@x"></p>', "html"), picture()), exact="Kijk:", files=("foto.png",)),
    Mail("mixed-with-alternative", "A", several("mixed", "Content-Type: multipart/alternative; boundary=c\n\n--c\n" + text("Als tekst") + "\n--c\n" + text("<p>Als pagina</p>", "html") + "\n--c--", picture(how="attachment")), exact="Als tekst", files=("foto.png",)),
    Mail("flowed", "A", mail("Deze regel gaat \ndoor en \neindigt hier.\nNieuwe regel.", kind=FLOWED), exact="Deze regel gaat door en eindigt hier.\nNieuwe regel."),
    Mail("flowed-delsp", "A", mail("Deze re \ngel gaat door.", kind=FLOWED + "; delsp=yes"), exact="Deze regel gaat door."),
    Mail("flowed-stuffed", "A", mail(" >geen citaat\n From daar", kind=FLOWED), text=">geen citaat\nFrom daar"),
    Mail("quoted-printable", "A", encoded(LETTERS, "quoted-printable"), exact=LETTERS),
    Mail("quoted-printable-broken", "A", mail("Een =zz half =C3=A9 en =", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable"), text="half é en"),
    Mail("base64", "A", encoded(LETTERS, "base64"), exact=LETTERS),
    Mail("base64-cut-off", "A", mail(base64.b64encode(("Het begin is te lezen. " * 4).encode())[:-3], "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64"), text="Het begin is te lezen."),
    Mail("called-base64-but-plain", "A", encoded(LETTERS, "base64").replace(base64.encodebytes(LETTERS.encode()).strip().replace(b"\n", b"\r\n"), b"Hallo\r\ndit is gewone tekst."), exact="Hallo\ndit is gewone tekst."),
    Mail("base64-with-footer", "A", mail(base64.encodebytes(("De vraag van Anna. " * 9).encode()) + b"_____________\nEen lijst: https://lijst.example/\n", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64"), text="De vraag van Anna."),
    Mail("8-bit", "A", encoded(LETTERS, "8bit"), exact=LETTERS),
    Mail("transfer-encoding-unknown", "A", encoded(LETTERS, "x-gewoon"), exact=LETTERS),
    Mail("only-part-is-named-text", "A", mail(PLAIN, 'Content-Type: text/plain; charset=utf-8; name="bericht.txt"', "Content-Disposition: inline"), exact=PLAIN),
]  # fmt: skip
