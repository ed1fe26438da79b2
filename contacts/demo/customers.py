"""Inhabitants and organisations; nobody real: addresses at voorbeeld.nl, mobile numbers that are not given out."""

from __future__ import annotations

from datetime import datetime

from contacts import normalize
from contacts.demo.books import Books
from contacts.demo.pattern import Chance
from contacts.demo.sheet import Row

SURNAMES = [
    "Appel",
    "Bakker",
    "Beers",
    "Beemster",
    "Bijl",
    "Blokdijk",
    "Boon",
    "Bos",
    "Botman",
    "Braas",
    "Brink",
    "Broers",
    "Bruin",
    "Buis",
    "Conijn",
    "Dekker",
    "Deken",
    "Dol",
    "Dudink",
    "Eeken",
    "Essen",
    "Feld",
    "Galjaard",
    "Glas",
    "Groen",
    "Groot",
    "Haakman",
    "Hand",
    "Hartog",
    "Hauwert",
    "Helder",
    "Hof",
    "Hoogland",
    "Huisman",
    "Jong",
    "Kaagman",
    "Karsten",
    "Kay",
    "Kenter",
    "Keizer",
    "Klaver",
    "Knol",
    "Koning",
    "Koopman",
    "Koppes",
    "Koster",
    "Kramer",
    "Kroon",
    "Kuin",
    "Kuiper",
    "Laan",
    "Laken",
    "Leeuw",
    "Ligthart",
    "Loos",
    "Mantel",
    "Meester",
    "Meijer",
    "Mol",
    "Mooij",
    "Mul",
    "Neefjes",
    "Nieuweboer",
    "Oud",
    "Pancras",
    "Pennings",
    "Peerdeman",
    "Pijper",
    "Pool",
    "Pronk",
    "Raven",
    "Reus",
    "Rood",
    "Ruiter",
    "Schaap",
    "Schilder",
    "Schipper",
    "Schouten",
    "Sijm",
    "Slagter",
    "Slot",
    "Smal",
    "Smit",
    "Snoek",
    "Spaan",
    "Spruit",
    "Stam",
    "Steltenpool",
    "Stoop",
    "Swart",
    "Tool",
    "Veer",
    "Veld",
    "Vlaar",
    "Vlam",
    "Vriend",
    "Visser",
    "Wagenaar",
    "Weel",
    "Wester",
    "Wever",
    "Winder",
    "Wit",
    "Wolf",
    "Zee",
    "Zijp",
    "Zuurbier",
    "Yilmaz",
    "Kaya",
    "Haddad",
    "Bensalem",
    "Nowak",
    "Kowalska",
    "Petrov",
    "Nguyen",
    "Santos",
    "Ali",
]
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
)
ORGANISATIONS = (
    "Bakkerij Koopman",
    "VV Spanbroek",
    "Bewoners Wijzend",
    "Stichting Dorpshuis De Weere",
    "Autobedrijf Pronk",
    "IJsclub Aartswoud",
    "Basisschool De Adelaar",
    "Basisschool De Bloeiende Kers",
    "Tandartspraktijk Heerenweide",
    "Slagerij Vlaar",
    "Hoveniersbedrijf Groot",
    "Aannemersbedrijf Knol",
    "Camping De Weide",
    "Zorgboerderij Het Keetje",
    "Zwembad De Zomerlust",
    "Sporthal De Weijver",
    "Ondernemersvereniging Opmeer",
    "Toneelvereniging Crescendo",
    "Harmonie Eendracht",
    "Woningstichting Het Woud",
    "Makelaardij Steltenpool",
    "Bouwbedrijf Sijm",
    "Café De Herberg",
    "Restaurant De Vier Gewesten",
    "Kapsalon Marlies",
    "Fietsenwinkel Botman",
    "Apotheek Opmeer",
    "Huisartsenpraktijk Koningspade",
    "Kwekerij Zuurbier",
    "Melkveehouderij Loos",
    "Loonbedrijf Wester",
    "Transportbedrijf Mantel",
    "Buurtvereniging De Gouwe",
    "Wijkraad Heerenweide",
    "Historische Kring Opmeer",
    "Kinderopvang De Molenwiek",
    "Manege Langereis",
    "Notaris Hartog",
    "Uitvaartzorg West-Friesland",
    "Regionale Omroep Noord",
    "Dagblad De Polder",
    "Evenementenbureau Kermis Noord",
)
REMARKS = (
    "Hoort slecht: spreek rustig",
    "Belt het liefst na 17.00 uur",
    "Heeft een bewindvoerder",
    "Spreekt Pools, dochter tolkt",
    "Graag alles per brief",
    "Slechtziend: stuur grote letters",
    "Rolstoel: spreekkamer beneden",
)


class Town:
    """Makes customers when they first get in touch, and finds them again when they come back."""

    def __init__(self, books: Books, chance: Chance) -> None:
        self.books = books
        self.chance = chance
        self.people: list[Row] = []
        self.organisations: list[Row] = []
        self.phone_of: dict[int, str] = {}
        self.email_of: dict[int, str] = {}
        self._households = 0

    def add(
        self,
        *,
        at: datetime,
        name: str,
        kind: str = "person",
        salutation: str = "none",
        street: str = "",
        house_number: str = "",
        postcode: str = "",
        place: str = "",
        phone: str = "",
        email: str = "",
        remark: str = "",
        verified: bool = False,
    ) -> Row:
        """A customer with the addresses that are known."""
        row = self.books.customers.add(
            kind=kind,
            salutation=salutation,
            name=name,
            street=street,
            house_number=house_number,
            postcode=postcode,
            place=place,
            remark=remark,
            created_at=at,
            search_text=normalize.plain(f"{name} {street} {house_number} {postcode} {place}"),
        )
        if phone:
            self.phone_of[row["id"]] = phone
            self._address(
                row, "phone", phone, "31" + phone.replace(" ", "")[1:], is_verified=verified, is_preferred=True
            )
        if email:
            self.email_of[row["id"]] = email
            self._address(row, "email", email, normalize.email(email), is_verified=verified, is_preferred=not phone)
        return row

    def _address(self, customer: Row, kind: str, value: str, normalized: str, **marks: bool) -> None:
        self.books.addresses.add(customer_id=customer["id"], kind=kind, value=value, normalized=normalized, **marks)

    def newcomer(self, at: datetime) -> Row:
        """An inhabitant who gets in touch for the first time."""
        chance = self.chance
        index = len(self.people)
        surname = chance.pick(SURNAMES)
        prefix = (
            chance.pick(PREFIXES)
            if surname
            in (
                "Boer",
                "Groot",
                "Wit",
                "Jong",
                "Bruin",
                "Leeuw",
                "Wolf",
                "Veer",
                "Brink",
                "Laan",
                "Zee",
                "Graaf",
                "Swart",
                "Veld",
                "Hand",
            )
            else ""
        )
        initials = chance.pick(INITIALS) + "." + (chance.pick(INITIALS) + "." if chance.hit(0.35) else "")
        if chance.hit(0.10):
            surname = f"{surname}-{chance.pick(SURNAMES)}"
        street, postcode, place, highest = chance.pick(STREETS)
        mobile = chance.hit(0.62)
        number = (
            f"06 00 {10 + index // 10000 % 90:02d} {index // 100 % 100:02d} {index % 100:02d}"
            if mobile
            else f"0226 35 {index // 100 % 100:02d} {index % 100:02d}"
        )
        local = f"{initials.lower().strip('.')}.{surname.lower().replace('-', '')}{index % 97 if index % 3 else ''}".replace(
            "..", "."
        )
        row = self.add(
            at=at,
            name=f"{initials} {prefix}{surname}",
            salutation="mrs" if chance.hit(0.53) else "mr" if chance.hit(0.96) else "none",
            street=street,
            house_number=f"{chance.number(1, highest)}{chance.pick(('', '', '', '', '', '', 'a', 'b'))}",
            postcode=postcode,
            place=place,
            phone=number if chance.hit(0.88) else "",
            email=f"{local}@voorbeeld.nl" if chance.hit(0.55) else "",
            remark=chance.pick(REMARKS) if chance.hit(0.012) else "",
            verified=chance.hit(0.4),
        )
        self.people.append(row)
        return row

    def organisation(self, at: datetime) -> Row:
        """One of the organisations of the town; made at its first contact."""
        if len(self.organisations) < len(ORGANISATIONS) and self.chance.hit(0.25):
            index = len(self.organisations)
            name = ORGANISATIONS[index]
            street, postcode, place, highest = self.chance.pick(STREETS)
            local = "".join(letter for letter in name.lower() if letter.isascii() and letter.isalnum())
            self.organisations.append(
                self.add(
                    at=at,
                    name=name,
                    kind="organisation",
                    street=street,
                    house_number=str(self.chance.number(1, highest)),
                    postcode=postcode,
                    place=place,
                    phone=f"0226 35 9{index // 10} {index % 10}0",
                    email=f"info@{local}.voorbeeld.nl",
                    verified=True,
                )
            )
        return self.chance.pick(self.organisations) if self.organisations else self.newcomer(at)

    def somebody(self, at: datetime) -> Row:
        """A newcomer, somebody who was here before (some come often), or an organisation."""
        chance = self.chance
        if chance.hit(0.045):
            return self.organisation(at)
        if not self.people or chance.hit(0.52):
            return self.newcomer(at)
        power = chance.uniform() ** 1.6
        return (
            self.people[int(power * len(self.people))]
            if chance.hit(0.3)
            else self.people[-1 - int(power * len(self.people))]
        )

    def email(self, customer: Row) -> str:
        """The customer's e-mail address; becomes known when a message comes from it."""
        known = self.email_of.get(customer["id"])
        if known is None:
            known = f"klant{customer['id']}@voorbeeld.nl"
            self.email_of[customer["id"]] = known
            self._address(customer, "email", known, known, is_verified=False, is_preferred=False)
        return known

    def phone(self, customer: Row) -> str:
        return self.phone_of.get(customer["id"], "")


def greeting(customer: Row) -> str:
    """How a letter to this customer begins: `Beste mevrouw De Wit-Schouten,`."""
    word = {"mrs": "mevrouw ", "mr": "heer "}.get(customer["salutation"])
    name = customer["name"]
    if word is None or customer["kind"] != "person":
        return f"Beste {name}," if customer["kind"] != "person" else "Beste heer of mevrouw,"
    surname = name.split(" ", 1)[-1]
    return f"Beste {word}{surname[:1].upper()}{surname[1:]},"
