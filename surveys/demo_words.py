"""What customers of the demo write: made up, in plain Dutch, without a name or number."""

GOOD = (
    "Snel en vriendelijk geholpen, dank u wel.",
    "Fijn gesprek. Ik wist meteen waar ik aan toe was.",
    "Het antwoord kwam sneller dan ik dacht.",
    "Ga zo door!",
    "De medewerker dacht goed met mij mee.",
    "Duidelijke uitleg, ook voor mijn moeder.",
    "Ik werd netjes teruggebeld. Dat had ik niet verwacht.",
    "Goed geholpen aan de balie, geen wachtrij.",
    "Alles in één keer geregeld.",
)
SO_SO = (
    "Het duurde even voor ik iemand aan de lijn had.",
    "Op de website kon ik het niet vinden.",
    "Het formulier vroeg dingen die u al weet.",
    "Ik moest mijn verhaal twee keer vertellen.",
    "Graag ook in de avond bereikbaar.",
    "De brief was lang. Korter mag ook.",
    "Een bericht tussendoor had geholpen.",
    "Het keuzemenu is te lang.",
    "Ik wist niet welke papieren ik mee moest nemen.",
)
BAD = (
    "Ik wacht al drie weken en hoor niets.",
    "Ik werd doorverbonden en daarna viel de lijn weg.",
    "De brief stond vol moeilijke woorden.",
    "Niemand wist hoe het zat met mijn vraag.",
    "Mijn klacht is afgedaan met een standaard antwoord.",
    "Twee keer gebeld, twee keer een ander antwoord.",
    "De container is nog steeds niet geleegd.",
)
