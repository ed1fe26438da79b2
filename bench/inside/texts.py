"""Words of a citizen, for texts of some 330 characters."""

SENTENCES = (
    "Vorige week heb ik hierover al met een medewerker gebeld.", "Kunt u mij vertellen wanneer er iemand langskomt?",
    "De container bij ons huis is al twee weken niet geleegd.", "Wij wonen hier sinds kort en kennen de regels nog niet.",
    "Het water blijft bij elke bui op straat staan.", "Mijn buurman heeft dezelfde vraag als ik.",
    "Ik heb het formulier op de website twee keer verstuurd.", "Graag ontvang ik een bevestiging met het nummer van mijn vraag.",
    "Wij hebben foto's gemaakt en sturen die mee.", "De stoep voor de deur ligt al maanden los.",
    "Mijn moeder kan met haar rollator niet meer langs de auto's.", "Op de brief staat een bedrag dat niet klopt.",
    "Ik wil mijn paspoort verlengen voordat wij op vakantie gaan.", "Is het mogelijk om de aanslag in delen te betalen?",
    "De kinderen spelen vlak naast de drukke weg.", "Onze vereniging organiseert in het voorjaar een groot feest.",
    "Ik hoor graag welke papieren ik moet meenemen.", "Het verkeer rijdt hier veel te hard door de bocht.",
    "De boom in de tuin van de gemeente hangt over ons dak.", "Wij zoeken een plek waar mijn man overdag naartoe kan.",
    "De hulp in huis komt al drie weken niet meer.", "Kan ik hiervoor een afspraak maken op het gemeentehuis?",
    "Het bedrag is twee keer van mijn rekening afgeschreven.", "Ik ben het niet eens met de waarde van mijn woning.",
    "Wij willen een schuur bouwen achter de boerderij.", "Moet ik daar een vergunning voor aanvragen?",
    "In de speeltuin is een schommel kapot.", "Sinds de verhuizing krijg ik post van de vorige bewoner.",
    "Er ligt elke maandag veel rommel bij het sportveld.", "De laatste keer was ik heel goed geholpen.",
    "Ik wacht nu al langer dan was afgesproken.", "Kunt u de collega vragen om mij terug te bellen?",
    "Het is voor ons belangrijk dat dit snel wordt opgelost.", "Volgens de krant is de regeling veranderd.",
    "Ik begrijp de brief niet goed, kunt u hem uitleggen?", "De straat is opgebroken en wij kunnen er niet langs.",
    "Mijn rijbewijs is gestolen uit de auto.", "Voor de notaris heb ik een uittreksel nodig.",
    "Wij hebben samen met de buurt een plan gemaakt.", "De hond van de overkant blaft de hele dag.",
    "Er brandt al dagen geen licht op het fietspad.", "Ik kan de kosten op dit moment niet betalen.",
    "Mijn dochter begint na de zomer op een andere school.", "Dank u wel voor uw moeite en tot ziens.",
)  # fmt: skip
NAMES = (
    "Appel", "Bakker", "Beers", "Bijl", "Boon", "Bos", "Braas", "Bruin", "Conijn", "Dekker", "Deken", "Dudink", "Essen", "Glas",
    "Groen", "Groot", "Haakman", "Hartog", "Helder", "Huisman", "Karsten", "Keizer", "Klaver", "Knol", "Koning", "Koppes", "Koster",
    "Kramer", "Kroon", "Kuiper", "Laan", "Ligthart", "Loos", "Mantel", "Meester", "Mol", "Neefjes", "Pool", "Pronk", "Reus", "Ruiter",
    "Schaap", "Schipper", "Schouten", "Sijm", "Slot", "Smit", "Stam", "Vlaar", "Vriend", "Visser", "Wever", "Zuurbier",
)  # fmt: skip
STREETS = (
    "Dorpsstraat", "Breestraat", "Klaproos", "Heerenweide", "Gouwe", "Lindengracht", "Zandweg", "Spanbroekerweg", "Wijzend",
    "Herenweg", "Koningspade", "Oosteinderweg", "Schoolstraat", "Zwarteweg", "Kerkpad", "Papenveer", "Weelhof", "Middelweg",
)  # fmt: skip
