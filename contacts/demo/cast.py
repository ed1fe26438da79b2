"""The people of the design's screens and what they asked, as a table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One question of the current work: so many working days ago, at this time, on this channel."""

    days: int
    minutes: int
    channel: str
    topic: str
    title: str
    text: str
    customer: str
    fate: str
    owner: str = ""
    is_confidential: bool = False


# key: salutation, name, street, number, postcode, place, phone, email, remark
CAST = {
    "wit": ("mrs", "A. de Wit-Schouten", "Dorpsstraat", "41", "1716KA", "Opmeer", "0226 35 12 44", "a.dewit@voorbeeld.nl", "Hoort slecht: spreek rustig"),
    "wit2": ("mr", "P. de Wit", "Dorpsstraat", "41", "1716KA", "Opmeer", "0226 35 12 44", "", ""),
    "ootjers": ("mr", "R. Ootjers", "Klaproos", "8", "1716VS", "Opmeer", "06 20 48 71 93", "", ""),
    "koning": ("mr", "J. Koning", "Papenveer", "12", "1715NE", "Spanbroek", "06 00 45 12 80", "j.koning@voorbeeld.nl", ""),
    "beers": ("mr", "K. Beers", "Zandweg", "12", "1715AB", "Spanbroek", "06 00 31 77 02", "k.beers@voorbeeld.nl", ""),
    "smit": ("mrs", "L. Smit", "Gouwe", "31", "1716DE", "Opmeer", "0226 35 71 19", "l.smit@voorbeeld.nl", ""),
    "ruiter": ("mr", "M. Ruiter", "Bonte Mantel", "60", "1716RT", "Opmeer", "06 12 08 33 47", "", ""),
    "appelman": ("mrs", "T. Appelman", "Veldhuis", "14", "1716VH", "Opmeer", "0226 35 40 08", "t.appelman@voorbeeld.nl", ""),
    "vlaar": ("mrs", "S. Vlaar", "Heerenweide", "77", "1716MX", "Opmeer", "06 00 82 10 65", "s.vlaar@voorbeeld.nl", ""),
    "opmeerder": ("none", "@opmeerder", "", "", "", "Opmeer", "", "", ""),
    "groot": ("mr", "T. Groot", "Herenweg", "88", "1718AB", "Hoogwoud", "06 00 64 23 11", "t.groot@voorbeeld.nl", ""),
    "vriend": ("mrs", "G. Vriend-Bos", "Koningspade", "19", "1718MN", "Hoogwoud", "0226 35 88 30", "", "Belt het liefst in de ochtend"),
    "yilmaz": ("mrs", "N. Yilmaz", "Weelhof", "5", "1716NP", "Opmeer", "06 00 17 94 52", "n.yilmaz@voorbeeld.nl", ""),
    "koopman": ("none", "Bakkerij Koopman", "Breestraat", "20", "1716BC", "Opmeer", "0226 35 15 15", "info@bakkerijkoopman.voorbeeld.nl", ""),
    "spanbroek": ("none", "VV Spanbroek", "Spanbroekerweg", "180", "1715GN", "Spanbroek", "0226 35 26 26", "bestuur@vvspanbroek.voorbeeld.nl", ""),
    "wijzend": ("none", "Bewoners Wijzend", "Wijzend", "24", "1716AM", "Opmeer", "", "wijzend@voorbeeld.nl", ""),
}  # fmt: skip
ORGANISATIONS = {"koopman", "spanbroek", "wijzend"}
STORIES = (
    Story(6, 611, "email", "Boom of tak", "Boom hangt over het fietspad", "De grote wilg tegenover Zandweg 12 hangt over het fietspad. Fietsers wijken uit naar de weg. Dit is de derde keer dat ik het meld.", "beers", "new"),
    Story(5, 1172, "form", "Straatverlichting", "Lantaarnpaal knippert", "Paal 2041 aan de Gouwe knippert de hele nacht. Onze slaapkamer ligt aan de voorkant.", "smit", "open", "henk"),
    Story(4, 842, "email", "Schade door de weg", "Schade aan auto door put", "Onze bestelauto is op de Breestraat door een put gezakt. De velg en de band zijn kapot. Ik stuur drie foto's en de offerte van de garage mee.", "koopman", "new", "ria", True),
    Story(1, 602, "phone", "Kapvergunning", "Kapvergunning nodig voor berk?", "Wil een scheve berk in de achtertuin kappen. Bel na 14.00 uur.", "ruiter", "callback", "bas"),
    Story(1, 950, "social", "Ondergrondse container vol", "Vuilnisbak Lindengracht vol", "de vuilnisbak op de Lindengracht puilt uit. Wie komt hem legen? (met foto, 14 reacties)", "opmeerder", "new"),
    Story(2, 655, "email", "Zwerfafval en dumping", "Zwerfafval bij sportpark De Weijver", "Na elke wedstrijddag ligt er veel zwerfafval langs het pad naar het sportpark. Wij ruimen mee op, maar er is één bak te weinig. Kan er een bij?", "spanbroek", "open", "henk"),
    Story(2, 1261, "form", "Losse stoeptegel of gat in de weg", "Stoep verzakt voor de deur", "De stoep voor Veldhuis 14 is over twee meter verzakt. Mijn buurman met rollator kan er niet meer langs.", "appelman", "open", "noor"),
    Story(4, 560, "letter", "Parkeren", "Bezwaar tegen nieuwe parkeervakken", "Wij, vijf bewoners van de Wijzend, zijn het niet eens met de nieuwe parkeervakken. Wij vragen om een gesprek en om een tekening met onze inritten.", "wijzend", "open", "noor"),
    Story(6, 587, "email", "Speeltuin", "Verzoek speeltoestel Heerenweide", "Op de Heerenweide wonen nu veel jonge kinderen. Kan er een toestel bij voor kinderen tot vijf jaar?", "vlaar", "waiting", "henk"),
    Story(3, 1015, "email", "Milieustraat", "Milieupas geweigerd bij de stort", "Bij de milieustraat werd mijn pas geweigerd, terwijl ik dit jaar nog geen puin heb gebracht. Wat is er mis?", "groot", "open", "henk"),
    Story(1, 1190, "form", "Container niet geleegd", "Container twee keer niet geleegd", "Onze groene container is voor de tweede keer niet geleegd. De buren zijn wel geweest. Er zitten nu maden in.", "yilmaz", "open", "henk"),
    Story(9, 640, "email", "Omgevingsvergunning", "Omgevingsplan: dakkapel mogelijk?", "Wij willen een dakkapel van vier meter aan de voorkant. De buren hebben er ook een. Mag dat volgens het omgevingsplan?", "koning", "open", "bas"),
    Story(8, 700, "phone", "Hulp bij het huishouden", "Wachttijd huishoudelijke hulp", "Wacht al acht weken op hulp. Is gevallen in huis. Vraagt wanneer er iemand komt.", "vriend", "open", "lotte"),
    Story(7, 720, "email", "Schuldhulp", "Hulp bij schulden, graag vertrouwelijk", "Ik kan mijn rekeningen niet meer betalen. Ik wil niet dat anderen dit weten. Kunt u mij bellen op mijn werk?", "yilmaz", "open", "samir", True),
)  # fmt: skip
