"""The plan that a municipality begins with says what the plan says: every theme, every number, every date."""

from __future__ import annotations

from datetime import date

from programme.plan import example, house, projects

THEMES = {
    "Digitaal": ["Website", "Social media en webcare", "Apps", "Chat en WhatsApp"],
    "Persoonlijk": [
        "Receptie",
        "Telefoon",
        "Afspraken en balie",
        "Huisbezoeken",
        "Participatie",
        "Handhaving en op straat",
    ],
    "Schriftelijk": ["Brieven", "E-mails", "Nieuwsbrieven", "Gemeentepagina", "Teksten op de website en elders"],
}
"""Plan 6.1, 6.2 and 6.3, in its order."""
NUMBERS = {
    "Waardering digitaal": "6.8",
    "Social media: reactie in 1 werkdag": "95",
    "Telefoon: opgenomen in 30 seconden": "90",
    "Telefoon: direct beantwoord": "60",
    "Waardering telefoon": "7",
    "Waardering afspraken": "7",
    "E-mail: antwoord in 3 werkdagen": "95",
    "Brief: reactie in 5 werkdagen": "95",
    "Heldere taal": "69",
    "Teksten op taalniveau B1": "80",
    "Waardering brieven": "7",
    "Waardering e-mails": "7",
    "Waardering nieuwsbrieven": "7",
    "Klantvriendelijkheid": "8",
    "Waardering algemeen": "6.8",
}
CHOICES = {"6.8", "69", "80", "90", "95"}
"""What the plan does not say itself."""


def test_every_theme_of_a_pillar_is_a_project_in_the_order_of_the_plan() -> None:
    for place, names in THEMES.items():
        assert [one.name for one in projects.PROJECTS if one.place == place] == names
    places = {short for _name, short, *_rest in (*house.PILLARS, *house.CONDITIONS)}
    assert {one.place for one in projects.PROJECTS} == places
    assert {goal.place for goal in house.GOALS} <= places
    assert len({one.code for one in projects.PROJECTS}) == len(projects.PROJECTS)


def test_the_demo_tells_how_each_project_goes() -> None:
    assert example.COURSES.keys() == {one.code for one in projects.PROJECTS}


def test_every_goal_has_the_number_of_the_plan_or_says_that_it_is_a_choice() -> None:
    assert {goal.name: goal.target for goal in house.GOALS} == NUMBERS
    for goal in house.GOALS:
        assert goal.source.startswith("plan 6.")
        assert ("keuze" in goal.source) == (goal.target in CHOICES), goal.name
        assert bool(goal.kpi_code) != bool(goal.indicator), "measured in one way"


def test_the_years_and_the_decisions_are_those_of_the_plan() -> None:
    assert [date(2018, 9, 1), date(2021, 12, 31)] == [house.STARTS_ON, house.ENDS_ON]
    assert [(on, body) for on, body, _text in house.DECISIONS] == [
        (date(2017, 9, 21), "raad"),
        (date(2018, 4, 9), "mt"),
        (date(2018, 7, 11), "raad"),
    ]
