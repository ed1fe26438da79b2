"""Addresses of organisation."""

from django.urls import path

from organisation.views import (
    calendars,
    directory,
    health,
    logs,
    manage,
    municipality,
    people,
    profile,
    subjects,
    teams,
    work_account,
)

app_name = "organisation"
urlpatterns = [
    path("beheer/", manage.manage, name="manage"),
    path("beheer/mensen/", people.people, name="people"),
    path("beheer/mensen/nieuw/", people.new_person, name="new_person"),
    path("beheer/mensen/gevraagd/<int:pk>/", people.role_request, name="role_request"),
    path("beheer/mensen/<int:pk>/", people.person, name="person"),
    path("beheer/mensen/<int:pk>/rollen/", people.add_role, name="add_role"),
    path("beheer/mensen/<int:pk>/rollen/<int:role_pk>/weg/", people.remove_role, name="remove_role"),
    path("beheer/mensen/<int:pk>/toegang/", people.access, name="access"),
    path("beheer/mensen/<int:pk>/wachtwoord/", people.one_time_password, name="one_time_password"),
    path("beheer/mensen/<int:pk>/app/", people.reset_second_factor, name="reset_second_factor"),
    path("beheer/mensen/<int:pk>/werkaccount/", work_account.link, name="work_account_link"),
    path("beheer/teams/", teams.teams, name="teams"),
    path("beheer/teams/nieuw/", teams.new_team, name="new_team"),
    path("beheer/teams/<int:pk>/", teams.team, name="team"),
    path("beheer/kalenders/", calendars.calendars, name="calendars"),
    path("beheer/kalenders/nieuw/", calendars.new_calendar, name="new_calendar"),
    path("beheer/kalenders/<int:pk>/", calendars.calendar, name="calendar"),
    path("beheer/kalenders/<int:pk>/dag/", calendars.add_day, name="add_day"),
    path("beheer/kalenders/<int:pk>/dagen/", calendars.days, name="days"),
    path("beheer/kalenders/<int:pk>/feestdagen/", calendars.propose, name="propose_holidays"),
    path("beheer/onderwerpen/", subjects.subjects, name="subjects"),
    path("beheer/onderwerpen/nieuw/", subjects.new_subject, name="new_subject"),
    path("beheer/onderwerpen/<int:pk>/", subjects.subject, name="subject"),
    path("beheer/gemeente/", municipality.municipality, name="municipality"),
    path("beheer/logboek/", logs.audit, name="audit"),
    path("beheer/gezondheid/", health.health, name="health"),
    path("beheer/inzage/", logs.read_log, name="read_log"),
    path("medewerkers/", directory.directory, name="directory"),
    path("aanwezig/", profile.presence, name="presence"),
    path("mijn/", profile.profile, name="profile"),
    path("mijn/voorkeur/", profile.preference, name="preference"),
    path("mijn/sessie/", profile.session, name="session"),
]
