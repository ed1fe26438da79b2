"""Inhabitants and organisations; nobody real: addresses at voorbeeld.nl, mobile numbers that are not given out."""

from __future__ import annotations

from datetime import datetime

from contacts import normalize
from contacts.demo.books import Books
from contacts.demo.names import INITIALS, ORGANISATIONS, PREFIXES, REMARKS, STREETS, SURNAMES
from contacts.demo.pattern import Chance
from contacts.demo.sheet import Row
from contacts.models import ContactAddress


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
            self._address(row, "phone", phone, is_verified=verified, is_preferred=True)
        if email:
            self.email_of[row["id"]] = email
            self._address(row, "email", email, is_verified=verified, is_preferred=not phone)
        return row

    def _address(self, customer: Row, kind: str, value: str, **marks: bool) -> None:
        normalized = f"31{value.replace(' ', '')[1:]}" if kind == "phone" else ContactAddress.normal_form(kind, value)
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
            self._address(customer, "email", known, is_verified=False, is_preferred=False)
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
