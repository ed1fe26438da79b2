"""The teams and employees of the demo municipality, as a table."""

from __future__ import annotations

from organisation.roles import Role

TEAMS = (
    ("servicecentrum", "Servicecentrum"),
    ("burgerzaken", "Burgerzaken"),
    ("openbare-ruimte", "Openbare Ruimte"),
    ("vergunningen", "Omgeving & Vergunningen"),
    ("sociaal-domein", "Sociaal Domein"),
    ("belastingen", "Belastingen"),
    ("communicatie", "Communicatie"),
    ("handhaving", "Handhaving"),
    ("bestuur", "Bestuur & Organisatie"),
)  # fmt: skip
F, M, L, C, D, A, H = (
    Role.FRONT_OFFICE,
    Role.TEAM_MEMBER,
    Role.TEAM_LEAD,
    Role.COORDINATOR,
    Role.DIRECTOR,
    Role.ADMINISTRATOR,
    Role.HOST,
)
SC, BZ, OR, OV, SD, BE, CO, HA, BS = (code for code, _name in TEAMS)
# sign-in name, name, job title, room, phone, memberships, presence, note, knows about
PEOPLE = (
    ("fatima", "Fatima Aydin", "Medewerker Servicecentrum", "0.02", "4102", [(F, SC)], "available", "", "Afval, paspoort en rijbewijs, verhuizen. Spreekt Turks."),
    ("sanne", "Sanne Vlam", "Coördinator Servicecentrum", "0.03", "4100", [(C, SC), (F, SC)], "available", "", "Normen, routering, afspraken met teams."),
    ("hanneke", "Hanneke Mol", "Afdelingshoofd Publiekszaken", "0.03", "4109", [(L, SC)], "available", "", "Roosters, klachten over het Servicecentrum, wissen van gegevens."),
    ("receptie", "Wilma Kok", "Gastvrouw receptie", "0.01", "4101", [(H, SC)], "available", "", "Bezoekers, spreekkamers, balies."),
    ("mees", "Mees de Graaf", "Medewerker Servicecentrum", "0.02", "4103", [(F, SC)], "in_call", "", "Belastingen, kwijtschelding, WOZ."),
    ("anouk", "Anouk Schilder", "Medewerker Servicecentrum", "0.02", "4104", [(F, SC), (M, BZ)], "wrap_up", "", "Burgerzaken, naturalisatie, huwelijk."),
    ("daan", "Daan Rood", "Medewerker Servicecentrum", "0.02", "4105", [(F, SC), (M, CO)], "break", "", "Chat, WhatsApp en sociale media."),
    ("ria", "Ria Koster", "Teamleider Openbare Ruimte", "1.10", "4200", [(L, OR)], "available", "", "Afval, wegen, groen, contracten met aannemers."),
    ("henk", "Henk Bos", "Medewerker Openbare Ruimte", "1.12", "4201", [(M, OR)], "available", "", "Grofvuil, containers, zwerfafval, speelplaatsen."),
    ("noor", "Noor Bijl", "Medewerker wegen en verkeer", "1.12", "4202", [(M, OR)], "available", "", "Stoepen, putten, parkeren, borden."),
    ("sem", "Sem Appelman", "Boombeheerder", "1.14", "4203", [(M, OR)], "meeting", "Schouw Heerenweide", "Bomen, kapvergunning, groenonderhoud."),
    ("kees", "Kees Ligthart", "Voorman buitendienst", "werf", "4204", [(M, OR)], "away", "Buiten, bel mobiel", "Gladheid, riool, straatverlichting."),
    ("greet", "Greet Vriend", "Teamleider Burgerzaken", "0.10", "4300", [(L, BZ)], "available", "", "Identiteit, verkiezingen, adresonderzoek."),
    ("mila", "Mila Stam", "Medewerker Burgerzaken", "0.11", "4301", [(M, BZ), (F, SC)], "in_call", "", "Paspoort, rijbewijs, verhuizen, uittreksels."),
    ("yusuf", "Yusuf Demir", "Medewerker Burgerzaken", "0.11", "4302", [(M, BZ)], "available", "", "Naturalisatie, geboorte, overlijden, huwelijk."),
    ("marco", "Marco Wever", "Teamleider Omgeving & Vergunningen", "1.20", "4400", [(L, OV)], "meeting", "", "Omgevingsplan, bouwplannen, handhaving bouw."),
    ("bas", "Bas Kuiper", "Vergunningverlener", "1.21", "4117", [(M, OV)], "home", "Thuis, bel 4117", "Dakkapel, aanbouw, schuur, omgevingsplan."),
    ("iris", "Iris Hof", "Vergunningverlener evenementen", "1.21", "4402", [(M, OV)], "available", "", "Evenementen, horeca, standplaatsen."),
    ("tineke", "Tineke Dol", "Teamleider Sociaal Domein", "0.04", "4500", [(L, SD)], "available", "", "Wmo, jeugd, inkomen, privacy."),
    ("lotte", "Lotte Veer", "Consulent Wmo", "0.04", "4501", [(M, SD)], "in_call", "Gesprek tot 10.45", "Huishoudelijke hulp, hulpmiddelen, vervoer."),
    ("samir", "Samir Haddad", "Consulent jeugd en inkomen", "0.05", "4502", [(M, SD)], "available", "", "Jeugdhulp, bijstand, schulden, minima."),
    ("wim", "Wim Conijn", "Teamleider Belastingen", "1.02", "4600", [(L, BE)], "available", "", "WOZ, heffingen, invordering."),
    ("ingrid", "Ingrid Pronk", "Medewerker Belastingen", "1.03", "4601", [(M, BE), (F, SC)], "available", "", "Aanslagen, kwijtschelding, betalingsregeling."),
    ("eva", "Eva Laan", "Teamleider Communicatie", "2.01", "4700", [(L, CO)], "available", "", "Pers, website, gemeentepagina, nieuwsbrief."),
    ("ruud", "Ruud Beemster", "Teamleider Handhaving", "1.30", "4800", [(L, HA)], "away", "Op straat tot 13.00", "Parkeren, honden, overlast, drank- en horecawet."),
    ("jolanda", "Jolanda Zee", "Toezichthouder", "1.30", "4801", [(M, HA)], "away", "Op straat", "Zwerfafval, foutparkeren, jeugdoverlast."),
    ("petra", "Petra Slot", "Bestuurssecretaris", "2.10", "4900", [(L, BS)], "available", "", "College, raad, klachten, inspreken."),
    ("tom", "Tom Reus", "Klachtencoördinator", "2.11", "4901", [(M, BS)], "available", "", "Klachten, Awb, Woo-verzoeken."),
    ("joost", "Joost Hendriks", "Regisseur dienstverlening", "2.12", "4910", [(D, None)], "available", "", "Programma dienstverlening."),
    ("beheer", "Bea Hooiveld", "Functioneel beheerder", "2.20", "4920", [(A, None)], "available", "", "Accounts, mailboxen, koppelingen."),
)  # fmt: skip
