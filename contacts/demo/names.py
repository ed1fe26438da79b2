"""Names, streets and organisations of a town that does not exist."""

SURNAMES = (
    "Appel", "Bakker", "Beers", "Beemster", "Bijl", "Blokdijk", "Boon", "Bos", "Botman", "Braas", "Brink", "Broers",
    "Bruin", "Buis", "Conijn", "Dekker", "Deken", "Dol", "Dudink", "Eeken", "Essen", "Feld", "Galjaard", "Glas",
    "Groen", "Groot", "Haakman", "Hand", "Hartog", "Hauwert", "Helder", "Hof", "Hoogland", "Huisman", "Jong",
    "Kaagman", "Karsten", "Kay", "Kenter", "Keizer", "Klaver", "Knol", "Koning", "Koopman", "Koppes", "Koster",
    "Kramer", "Kroon", "Kuin", "Kuiper", "Laan", "Laken", "Leeuw", "Ligthart", "Loos", "Mantel", "Meester", "Meijer",
    "Mol", "Mooij", "Mul", "Neefjes", "Nieuweboer", "Oud", "Pancras", "Pennings", "Peerdeman", "Pijper", "Pool",
    "Pronk", "Raven", "Reus", "Rood", "Ruiter", "Schaap", "Schilder", "Schipper", "Schouten", "Sijm", "Slagter",
    "Slot", "Smal", "Smit", "Snoek", "Spaan", "Spruit", "Stam", "Steltenpool", "Stoop", "Swart", "Tool", "Veer",
    "Veld", "Vlaar", "Vlam", "Vriend", "Visser", "Wagenaar", "Weel", "Wester", "Wever", "Winder", "Wit", "Wolf",
    "Zee", "Zijp", "Zuurbier", "Yilmaz", "Kaya", "Haddad", "Bensalem", "Nowak", "Kowalska", "Petrov", "Nguyen",
    "Santos", "Ali",
)  # fmt: skip
PREFIXES = ("", "", "", "", "", "", "de ", "de ", "van der ", "van ", "van den ")
INITIALS = "AABCCDEEFGHHIJJJKLMMMNNOPPRRSSTTVWWYZ"
# street, postcode, place, highest house number
STREETS = (
    ("Dorpsstraat", "1716KA", "Opmeer", 140),
    ("Breestraat", "1716BC", "Opmeer", 96),
    ("Klaproos", "1716VS", "Opmeer", 60),
    ("Heerenweide", "1716MX", "Opmeer", 118),
    ("Gouwe", "1716DE", "Opmeer", 84),
    ("Lindengracht", "1716LG", "Opmeer", 52),
    ("Zandweg", "1715AB", "Spanbroek", 70),
    ("Spanbroekerweg", "1715GN", "Spanbroek", 210),
    ("Wijzend", "1716AM", "Opmeer", 64),
    ("Herenweg", "1718AB", "Hoogwoud", 130),
    ("Burgemeester Hoogenboomlaan", "1718BJ", "Hoogwoud", 74),
    ("Koningspade", "1718MN", "Hoogwoud", 48),
    ("Gerard de Vriesweg", "1718TB", "Hoogwoud", 40),
    ("Oosteinderweg", "1718GH", "Hoogwoud", 36),
    ("Schoolstraat", "1719AC", "Aartswoud", 34),
    ("Zwarteweg", "1719BD", "Aartswoud", 22),
    ("Driestedenweg", "1661PC", "De Weere", 58),
    ("Kerkpad", "1715HX", "Spanbroek", 28),
    ("Bonte Mantel", "1716RT", "Opmeer", 92),
    ("Papenveer", "1715NE", "Spanbroek", 44),
    ("Weelhof", "1716NP", "Opmeer", 56),
    ("Zomerlust", "1716ZK", "Opmeer", 38),
    ("Middelweg", "1715KD", "Spanbroek", 66),
    ("Veldhuis", "1716VH", "Opmeer", 80),
    ("Langereis", "1718LA", "Hoogwoud", 26),
    ("Populierenlaan", "1716PL", "Opmeer", 72),
)  # fmt: skip
ORGANISATIONS = (
    "Bakkerij Koopman", "VV Spanbroek", "Bewoners Wijzend", "Stichting Dorpshuis De Weere", "Autobedrijf Pronk",
    "IJsclub Aartswoud", "Basisschool De Adelaar", "Basisschool De Bloeiende Kers", "Tandartspraktijk Heerenweide",
    "Slagerij Vlaar", "Hoveniersbedrijf Groot", "Aannemersbedrijf Knol", "Camping De Weide",
    "Zorgboerderij Het Keetje", "Zwembad De Zomerlust", "Sporthal De Weijver", "Ondernemersvereniging Opmeer",
    "Toneelvereniging Crescendo", "Harmonie Eendracht", "Woningstichting Het Woud", "Makelaardij Steltenpool",
    "Bouwbedrijf Sijm", "Café De Herberg", "Restaurant De Vier Gewesten", "Kapsalon Marlies", "Fietsenwinkel Botman",
    "Apotheek Opmeer", "Huisartsenpraktijk Koningspade", "Kwekerij Zuurbier", "Melkveehouderij Loos",
    "Loonbedrijf Wester", "Transportbedrijf Mantel", "Buurtvereniging De Gouwe", "Wijkraad Heerenweide",
    "Historische Kring Opmeer", "Kinderopvang De Molenwiek", "Manege Langereis", "Notaris Hartog",
    "Uitvaartzorg West-Friesland", "Regionale Omroep Noord", "Dagblad De Polder", "Evenementenbureau Kermis Noord",
)  # fmt: skip
REMARKS = (
    "Hoort slecht: spreek rustig", "Belt het liefst na 17.00 uur", "Heeft een bewindvoerder",
    "Spreekt Pools, dochter tolkt", "Graag alles per brief", "Slechtziend: stuur grote letters",
    "Rolstoel: spreekkamer beneden",
)  # fmt: skip
