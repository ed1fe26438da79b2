"""Addresses of the programme."""

from django.urls import path

from programme.views import edit, front, lists, projects, reports, rounds, timeline, withdraw

app_name = "programme"
urlpatterns = [
    path("voortgang/", front.front, name="front"),
    path("voortgang/projecten/<int:pk>/", projects.project, name="project"),
    path("voortgang/projecten/<int:pk>/stand/", projects.state, name="project_state"),
    path("voortgang/projecten/<int:pk>/wacht-op/", projects.wait_for, name="wait_for"),
    path("voortgang/wacht-op/<int:pk>/weg/", projects.wait_no_more, name="wait_no_more"),
    path("voortgang/wacht-op/<int:history_id>/terug/", projects.wait_again, name="wait_again"),
    path("voortgang/doelen/", lists.goals, name="goals"),
    path("voortgang/doelen/<int:pk>/", lists.goal, name="goal"),
    path("voortgang/geld/", lists.money, name="money"),
    path("voortgang/risicos/", lists.risks, name="risks"),
    path("voortgang/besluiten/", lists.decisions, name="decisions"),
    path("voortgang/nieuw/<slug:kind>/", edit.add, name="add"),
    path("voortgang/wijzigen/<slug:kind>/<int:pk>/", edit.edit, name="edit"),
    path("voortgang/weg/<slug:kind>/<int:pk>/", edit.remove, name="remove"),
    path("voortgang/terug/<slug:kind>/<int:history_id>/", edit.undo_remove, name="put_back"),
    path("voortgang/intrekken/<slug:kind>/<int:pk>/", withdraw.withdraw_row, name="withdraw"),
    path("voortgang/terughalen/<slug:kind>/<int:pk>/", withdraw.bring_back_row, name="bring_back"),
    path("voortgang/tijdlijn/", timeline.show_timeline, name="timeline"),
    path("voortgang/rondes/", rounds.list_rounds, name="rounds"),
    path("voortgang/rondes/<int:pk>/", rounds.show_round, name="round"),
    path("voortgang/rondes/<int:pk>/verhaal/", rounds.write_story, name="round_story"),
    path("voortgang/rondes/<int:pk>/uitgeven/", rounds.issue, name="round_issue"),
    path("voortgang/bijdrage/<int:pk>/", rounds.edit_update, name="update"),
    path("voortgang/rapporten/<int:pk>/", reports.show_report, name="report"),
    path("voortgang/rapporten/<int:pk>/stand/", reports.show_job, name="report_job"),
    path("voortgang/rapporten/<int:pk>/opnieuw/", reports.retry, name="report_retry"),
    path("voortgang/rapporten/<int:pk>/pdf/", reports.download, name="report_pdf"),
    path("voortgang/rapporten/<int:pk>/vergelijk/<int:other>/", reports.show_comparison, name="report_compare"),
]
