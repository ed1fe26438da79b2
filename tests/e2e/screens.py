"""The screens that the accessibility test opens: name, address, and who of the cast may see it.

Add a line for every new screen. `address` is a text, or a function of the cast that makes rows and gives the address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from contacts.models import ReplyTemplate, RoutingRule, ServiceNorm
from organisation.models import WorkingCalendar
from programme.views.kinds import KINDS
from tests.cast import Cast
from tests.e2e import scene, talk_scene
from tests.knowledge.scene import article_address, news_address, outside_address, products_address
from tests.programme.scene import standing_programme
from tests.surveys.scene import (
    outside_page,
    research_page,
    round_page_of,
    survey_draft,
    survey_link,
    survey_place,
    survey_results,
)


@dataclass(frozen=True)
class Screen:
    """A screen that somebody may open with GET."""

    name: str
    address: str | Callable[[Cast], str]
    people: tuple[str, ...]
    """Members of the cast; empty for a page without signing in."""
    status: int = 200

    def address_for(self, cast: Cast) -> str:
        return self.address(cast) if callable(self.address) else self.address


def of(url_name: str, *arguments: object) -> str:
    return reverse(url_name, args=arguments)


SCREENS: list[Screen] = [
    Screen("login", "/inloggen/", ()),
    Screen("missing page for a stranger", "/bestaat-niet/", (), 404),
    Screen("missing page", "/bestaat-niet/", ("fatima",), 404),
    Screen("no access", "/beheer/mensen/", ("henk",), 403),
    Screen("second factor", "/inloggen/instellen/", ("fatima",)),
    Screen("password", "/wachtwoord/", ("fatima",)),
    Screen("people at the phone, no calls", "/cijfers/telefoon/bezetting/", ("joost",)),
    Screen("people at the phone", scene.many_calls, ("sanne",)),
    Screen("a busy day", "/kanalen/drukte/", ("sanne",)),
    Screen("columns of a file of calls", scene.calls_file, ("sanne",)),
    Screen("who wrote this", scene.unknown_writer, ("fatima",)),
    Screen("post, nothing scanned", "/post/", ("sanne",)),
    Screen("pages of a file", scene.scanned_pages, ("fatima",)),
    Screen("post", scene.scanned_letters, ("fatima",)),
    Screen("letters that go out, none", "/post/uit/", ("henk",)),
    Screen("letters that go out", scene.letters_of_ours, ("fatima",)),
    Screen("a letter that waits", scene.waiting_letter, ("henk",)),
    Screen("a question with a letter that waits", scene.question_with_letter, ("henk",)),
    Screen("public form, choosing", "/formulier/?q=grofvuil", ()),
    Screen("public form", "/formulier/grofvuil/", ()),
    Screen("public form, no such subject", "/formulier/bestaat-niet/", (), 404),
    Screen("a question as its customer sees it", scene.follow_link, ()),
    Screen("a question to follow, wrong link", "/volg/OPM-2026-000001/aaaaaaaaaaaaaaaaaaaaaa/", (), 404),
    Screen("an address of citizens that broke off", "/volg/OPM-2026-000001/", (), 404),
    Screen("survey", survey_link, ()),
    Screen("survey, after sending", "/mening/bedankt/", ()),
    Screen("survey, no more of them", lambda cast: survey_link(cast) + "niet-meer/", ()),
    Screen("survey, a wrong link", "/mening/bestaat-niet/", (), 404),
    Screen("results of surveys, none yet", "/enquetes/", ("joost",)),
    Screen("results of surveys", survey_results, ("sanne", "joost")),
    Screen("own words of customers", "/enquetes/woorden/", ("sanne", "ria")),
    Screen("who is asked", "/enquetes/vragen/", ("sanne",)),
    Screen("questionnaires", "/enquetes/vragenlijsten/", ("sanne",)),
    Screen("questionnaire, being written", survey_draft, ("sanne",)),
    Screen("questionnaire, as on a phone", "/enquetes/vragenlijsten/gesprek/voorbeeld/", ("sanne",)),
    Screen("codes and screens", "/enquetes/codes/", ("sanne",)),
    Screen("code to print", lambda cast: of("surveys:place", survey_place().code), ("sanne",)),
    Screen("survey at a place", lambda cast: of("surveys:here", survey_place().code), ()),
    Screen("survey on a screen", lambda cast: of("surveys:here", survey_place().code) + "?scherm=1", ()),
    Screen("requests about persons, none", "/beheer/verzoeken/", ("ria",)),
    Screen("requests about persons", scene.person_requests, ("sanne",)),
    Screen("a request to erase, counted", scene.person_request, ("sanne", "ria")),
    Screen("noting what a person asks", scene.note_right_of, ("sanne",)),
    Screen("what a person asked", scene.right_to_answer, ("sanne",)),
    Screen("erase or restrict", scene.person_to_erase, ("sanne",)),
    Screen("how long we keep what", "/beheer/bewaartermijnen/", ("beheer", "sanne")),
    Screen("destruction lists, none", "/beheer/vernietiging/", ("beheer",)),
    Screen("a destruction list", scene.destruction_list, ("sanne", "beheer")),
    Screen("who looked, by week", "/beheer/inzage/week/", ("sanne",)),
    Screen("register of processing", "/beheer/verwerkingen/", ("beheer",)),
    Screen("legal holds", "/beheer/bewaarplicht/", ("sanne",)),
    Screen("scores from outside", "/enquetes/buiten/", ("sanne", "joost", "henk")),
    Screen("scores from outside, new measurement", "/enquetes/buiten/nieuw/", ("sanne",)),
    Screen("scores from outside, one", lambda cast: outside_page("outside_indicator"), ("joost", "henk")),
    Screen("scores from outside, changing one", lambda cast: outside_page("outside_change"), ("joost",)),
    Screen("scores from outside, correcting", lambda cast: outside_page("outside_result"), ("sanne",)),
    Screen("scores from outside, a file", "/enquetes/buiten/inlezen/", ("joost",)),
    Screen("scores from outside, looking at a file", lambda cast: outside_page("outside_import"), ("sanne",)),
    Screen("research", "/enquetes/onderzoek/", ("sanne", "joost")),
    Screen("research, preparing one", "/enquetes/onderzoek/nieuw/", ("sanne",)),
    Screen("research, one being prepared", lambda cast: round_page_of("round"), ("sanne",)),
    Screen("research, being written", lambda cast: research_page(cast), ("sanne",)),
    Screen("research, as on a phone", lambda cast: research_page(cast, "voorbeeld/"), ("sanne",)),
    Screen("research, results", lambda cast: round_page_of("round_results"), ("joost", "henk")),
    Screen("results of one code", lambda cast: round_page_of("place_results"), ("joost",)),
    Screen("themes of words", "/enquetes/woorden/themas/", ("sanne",)),
    Screen("themes of words, one", lambda cast: round_page_of("word_group"), ("sanne",)),
    Screen("who is asked, one channel", "/enquetes/vragen/phone/", ("sanne",)),
    Screen("knowledge base", "/kennisbank/", ("fatima", "ria")),
    Screen(
        "knowledge base, searched",
        lambda cast: article_address(cast)[:12] + "?q=grofvuil",
        ("fatima",),
    ),
    Screen("knowledge base, one answer", article_address, ("ria", "receptie")),
    Screen("knowledge base, versions", lambda cast: article_address(cast, "versies/"), ("henk",)),
    Screen("knowledge base, to be looked at", lambda cast: article_address(cast, "concept/"), ("ria",)),
    Screen("knowledge base, another language", lambda cast: article_address(cast, "vertaling/en/"), ("henk",)),
    Screen("knowledge base, writing", lambda cast: article_address(cast, "wijzigen/"), ("henk",)),
    Screen("knowledge base, new answer", "/kennisbank/nieuw/", ("henk",)),
    Screen("knowledge base, work", "/kennisbank/werk/", ("henk", "fatima")),
    Screen("knowledge base, list of products", "/kennisbank/producten/", ("sanne",)),
    Screen("knowledge base, looking at a list of products", products_address, ("sanne",)),
    Screen("knowledge base, use", "/kennisbank/gebruik/", ("ria", "joost")),
    Screen("news, none", "/kennisbank/nieuws/", ("fatima", "ria")),
    Screen("news, one message", news_address, ("fatima", "ria")),
    Screen("news, writing", "/kennisbank/nieuws/nieuw/", ("ria",)),
    Screen("news, changing", lambda cast: news_address(cast, "wijzigen/"), ("sanne",)),
    Screen("news, waiting on the desk", lambda cast: news_address(cast)[:0] + "/werkplek/?nieuw=1", ("fatima",)),
    Screen("answers for citizens, shown or not", "/kennisbank/website/", ("sanne",)),
    Screen("answers for citizens, not shown", "/antwoorden/", ()),
    Screen("answers for citizens", lambda cast: outside_address(cast, "?"), ()),
    Screen("answers for citizens, searched", lambda cast: outside_address(cast, "?q=grofvuil"), ()),
    Screen("answers for citizens, nothing found", lambda cast: outside_address(cast, "?q=zzzzqqq"), ()),
    Screen("answers for citizens, a theme", lambda cast: outside_address(cast, "thema/afval/"), ()),
    Screen("answers for citizens, one answer", outside_address, ()),
    Screen("answers for citizens, thanks", lambda cast: outside_address(cast) + "bedankt/", ()),
    Screen("answers for citizens, gone", lambda cast: outside_address(cast, "bestaat-niet/"), (), 404),
    Screen("profile", "/mijn/", ("fatima", "beheer")),
    Screen("own figures", "/mijn/cijfers/", ("fatima", "ria")),
    Screen("directory", "/medewerkers/", ("fatima", "receptie")),
    Screen("directory, nobody found", "/medewerkers/?q=zzzz", ("fatima",)),
    Screen("manage", "/beheer/", ("sanne", "beheer", "receptie")),
    Screen("people", "/beheer/mensen/", ("beheer", "ria")),
    Screen("roles to check", "/beheer/mensen/rollen/", ("beheer",)),
    Screen("new person", "/beheer/mensen/nieuw/", ("beheer",)),
    Screen("person", lambda cast: of("organisation:person", cast.henk.pk), ("beheer", "sanne")),
    Screen("teams", "/beheer/teams/", ("beheer",)),
    Screen("team", lambda cast: of("organisation:team", cast.burgerzaken.pk), ("beheer", "sanne")),
    Screen("new team", "/beheer/teams/nieuw/", ("beheer",)),
    Screen("calendars", "/beheer/kalenders/", ("sanne",)),
    Screen("calendar", lambda cast: of("organisation:calendar", WorkingCalendar.objects.get().pk), ("sanne", "fatima")),
    Screen("new calendar", "/beheer/kalenders/nieuw/", ("sanne",)),
    Screen("subjects", "/beheer/onderwerpen/", ("sanne", "fatima")),
    Screen("subject", lambda cast: of("organisation:subject", cast.grofvuil.pk), ("sanne", "fatima")),
    Screen("new subject", "/beheer/onderwerpen/nieuw/", ("sanne",)),
    Screen("municipality", "/beheer/gemeente/", ("sanne", "beheer")),
    Screen("health", "/beheer/gezondheid/", ("beheer",)),
    Screen("log", "/beheer/logboek/", ("beheer",)),
    Screen("who looked", "/beheer/inzage/", ("sanne",)),
    Screen("registering", "/werkplek/", ("fatima", "henk")),
    Screen("chat, switched off", "/chat/", ()),
    Screen("chat of a visitor", scene.chat_page, ()),
    Screen("chats", "/chats/", ("henk",)),
    Screen("chats, one talk", scene.chat_talk, ("fatima",)),
    Screen("quick report on a phone", "/snel/", ("henk",)),
    Screen("quick report without a connection", "/snel/zonder-verbinding/", ()),
    Screen("reception", "/receptie/", ("receptie",)),
    Screen("customer", lambda cast: of("contacts:customer", scene.customer(cast).pk), ("fatima",)),
    Screen("customer, changing", lambda cast: of("contacts:customer_edit", scene.customer(cast).pk), ("fatima",)),
    Screen(
        "customer, everything about", lambda cast: of("contacts:customer_export", scene.customer(cast).pk), ("sanne",)
    ),
    Screen("customer, merging", lambda cast: of("contacts:customer_merge", scene.customer(cast).pk), ("sanne",)),
    Screen("nothing proposed to merge", "/klanten/samenvoegen/", ("sanne",)),
    Screen("proposed to merge", scene.merge_proposal, ("sanne",)),
    Screen("search, empty", "/zoeken/", ("fatima",)),
    Screen("search", "/zoeken/?q=wit", ("fatima", "henk")),
    Screen("search, nothing found", "/zoeken/?q=qqqqqq", ("fatima",)),
    Screen("queue", "/werkvoorraad/", ("fatima", "henk", "ria")),
    Screen("queue of everybody", "/werkvoorraad/?lijst=all", ("sanne",)),
    Screen(
        "question", lambda cast: of("contacts:question", scene.question("Grofvuil niet opgehaald")), ("henk", "sanne")
    ),
    Screen("question, late", lambda cast: of("contacts:question", scene.question("Brief over bomen")), ("ria",)),
    Screen("question, answered", lambda cast: of("contacts:question", scene.question("Oude bank")), ("fatima",)),
    Screen("question, waiting", lambda cast: of("contacts:question", scene.question("Container kapot")), ("henk",)),
    Screen(
        "question, confidential",
        lambda cast: of("contacts:question", scene.question("Vertrouwelijk verhaal")),
        ("sanne",),
        403,
    ),
    Screen(
        "history of a question", lambda cast: of("contacts:question_history", scene.question("Oude bank")), ("fatima",)
    ),
    *[
        Screen(
            f"question, {act}",
            lambda cast, act=act: of("contacts:question_act", scene.question("Grofvuil niet opgehaald"), act),
            ("sanne",),
        )
        for act in (
            "toewijzen",
            "doorzetten",
            "wachten",
            "sluiten",
            "annuleren",
            "koppelen",
            "vertrouwelijk",
            "terugbellen",
            "wijzigen",
        )
    ],
    Screen("call back", "/terugbellen/", ("fatima",)),
    Screen("webcare, nothing", "/webcare/", ("fatima",)),
    Screen("webcare", talk_scene.webcare, ("fatima",)),
    Screen("question by WhatsApp, too late", talk_scene.too_late, ("fatima",)),
    Screen("notices", "/meldingen/", ("henk", "ria")),
    Screen("norms", "/beheer/normen/", ("sanne", "fatima")),
    Screen("norm", lambda cast: of("contacts:norm", ServiceNorm.objects.get(code="email.answer").pk), ("sanne",)),
    Screen("routing", "/beheer/routering/", ("sanne", "fatima")),
    Screen("new rule", "/beheer/routering/nieuw/", ("sanne",)),
    Screen("rule", lambda cast: of("contacts:rule", RoutingRule.objects.get().pk), ("sanne",)),
    Screen("templates", "/beheer/sjablonen/", ("ria",)),
    Screen("new template", "/beheer/sjablonen/nieuw/", ("ria",)),
    Screen("template", lambda cast: of("contacts:template", ReplyTemplate.objects.get().pk), ("sanne",)),
    Screen("check a text", "/teksten/", ("ria", "joost")),
    Screen("connections", "/beheer/koppelingen/", ("beheer",)),
    Screen("new connection", "/beheer/koppelingen/nieuw/", ("beheer",)),
    Screen("channels", "/kanalen/", ("sanne", "beheer")),
    Screen("parked", "/kanalen/geparkeerd/", ("sanne",)),
    Screen("outgoing", "/kanalen/uitgaand/", ("sanne",)),
    Screen("proof mail", "/kanalen/proef/", ("sanne",)),
    Screen("mailboxes", "/beheer/mailboxen/", ("beheer",)),
    Screen("new mailbox", "/beheer/mailboxen/nieuw/", ("beheer",)),
    Screen("message accounts", "/kanalen/bronnen/", ("beheer",)),
    Screen("message account", talk_scene.account, ("beheer",)),
    Screen("new message account", "/kanalen/bronnen/nieuw/whatsapp/", ("beheer",)),
    Screen("dashboard", "/cijfers/", ("sanne", "ria", "joost")),
    Screen("own view of the figures", "/cijfers/indeling/", ("sanne", "joost")),
    Screen("signals", "/cijfers/signalen/", ("sanne", "joost")),
    Screen("agreements, none", "/cijfers/afspraken/", ("sanne", "ria")),
    Screen("agreement, new", "/cijfers/afspraken/nieuw/burgerzaken/", ("sanne",)),
    Screen("agreement", scene.agreement, ("sanne", "ria", "joost")),
    Screen("agreement, changing", lambda cast: f"{scene.agreement(cast)}wijzig/", ("sanne",)),
    Screen("agreement, talk", lambda cast: f"{scene.agreement(cast)}gesprek/", ("sanne",)),
    Screen("agreements", lambda cast: scene.agreement(cast).rsplit("/", 2)[0] + "/", ("sanne", "joost")),
    Screen("reports", "/cijfers/rapporten/", ("sanne", "joost")),
    Screen("reports, one issued", scene.issued_report_list, ("sanne",)),
    Screen("report, issued", scene.issued_report, ("sanne", "joost")),
    Screen("report, with figures", scene.report_to_read, ("sanne",)),
    Screen("own view of the figures, kept", scene.kept_view, ("sanne",)),
    Screen("report to read", "/cijfers/rapporten/lezen/", ("sanne", "joost", "ria")),
    Screen("wallboard", "/wandscherm/", ("fatima", "joost")),
    Screen("wallboard by its link", scene.wall_by_link, ()),
    Screen("big screen", scene.wall_link, ("beheer",)),
    Screen("big screens", "/beheer/wandschermen/", ("beheer",)),
    Screen("new big screen", "/beheer/wandschermen/nieuw/", ("sanne",)),
    Screen("figure", "/cijfers/email.answer/", ("sanne", "joost")),
    Screen("progress, no programme yet", "/voortgang/", ("joost", "henk")),
    Screen("programme timeline, empty", "/voortgang/tijdlijn/", ("joost", "henk")),
    Screen("programme rounds, empty", "/voortgang/rondes/", ("joost", "henk")),
    Screen("programme money", "/voortgang/geld/", ("joost",)),
    Screen("programme risks", "/voortgang/risicos/", ("joost",)),
    Screen("programme decisions", "/voortgang/besluiten/", ("joost",)),
    Screen("programme goals, empty", "/voortgang/doelen/", ("joost",)),
    *[
        Screen(f"programme, {page}", lambda cast, page=page: standing_programme(cast, page), people)
        for people, pages in {
            ("joost", "henk"): ("front", "project", "goal", "round", "update", "timeline"),
            ("joost",): ("goal live", "goals", "money", "risks", "decisions", "rounds", "report", "report_compare"),
        }.items()
        for page in pages
    ],
    *[
        Screen(
            f"programme, {page} {kind}",
            lambda cast, act=page, kind=kind: standing_programme(cast, f"{act} {kind}"),
            ("joost",),
        )
        for kind, what in KINDS.items()
        for page in (("add", "edit") if what.new else ("edit",))
    ],
    Screen("calls", "/cijfers/telefoon/gesprekken/", ("sanne",)),
    Screen("import of calls", "/cijfers/telefoon/gesprekken/inlezen/", ("sanne",)),
    Screen("a call that rings", scene.ringing, ("fatima",)),  # the last: from then on it rings on every page of hers
]
