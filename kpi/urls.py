"""Addresses of kpi."""

from django.urls import include, path

from kpi.views import (
    agreements,
    arrange,
    calls,
    calls_file,
    dashboard,
    figure,
    own,
    reports,
    signals,
    staffing,
    wall,
    wall_links,
)

app_name = "kpi"
FIGURES = [
    path("", dashboard.show_dashboard, name="dashboard"),
    path("indeling/", arrange.arrange_dashboard, name="arrange"),
    path("indeling/bewaren/", arrange.save_view, name="view_save"),
    path("weergaven/<int:pk>/begin/", arrange.begin_with_view, name="view_begin"),
    path("weergaven/<int:pk>/weg/", arrange.remove_view, name="view_remove"),
    path("export.csv", dashboard.export_dashboard, name="dashboard_csv"),
    path("telefoon/bezetting/", staffing.staffing, name="staffing"),
    path("telefoon/gesprekken/", calls.list_calls, name="calls"),
    path("telefoon/gesprekken/inlezen/", calls.import_calls_file, name="calls_import"),
    path("telefoon/gesprekken/inlezen/<int:pk>/", calls_file.calls_file, name="calls_file"),
    path("signalen/", signals.list_signals, name="signals"),
    path("signalen/<int:pk>/opzij/", signals.dismiss_signal, name="signal_dismiss"),
    path("signalen/<int:pk>/opvolgen/", signals.follow_signal, name="signal_follow"),
    path("signalen/<int:pk>/klaar/", signals.settle_signal, name="signal_settle"),
    path("afspraken/", agreements.list_agreements, name="agreements"),
    path("afspraken/afspraken.csv", agreements.export_agreements, name="agreements_csv"),
    path("afspraken/nieuw/<slug:code>/", agreements.new_agreement, name="agreement_new"),
    path("afspraken/<int:pk>/", agreements.show_agreement, name="agreement"),
    path("afspraken/<int:pk>/wijzig/", agreements.edit_agreement, name="agreement_edit"),
    path("afspraken/<int:pk>/einde/", agreements.finish_agreement, name="agreement_end"),
    path("afspraken/<int:pk>/gesprek/", agreements.talk, name="agreement_talk"),
    path("rapporten/", reports.list_reports, name="reports"),
    path("rapporten/lezen/", reports.view_report, name="report_view"),
    path("rapporten/lezen/rapport.<str:kind>", reports.live_file, name="report_live_file"),
    path("rapporten/uitgeven/", reports.issue, name="report_issue"),
    path("rapporten/mail/", reports.schedule, name="report_schedule"),
    path("rapporten/mail/<int:pk>/stoppen/", reports.unschedule, name="report_unschedule"),
    path("rapporten/<int:pk>/", reports.show_report, name="report"),
    path("rapporten/<int:pk>/bestanden/", reports.make_files, name="report_make_files"),
    path("rapporten/<int:pk>/rapport.<str:kind>", reports.download_file, name="report_file"),
    path("<str:code>/", figure.show_figure, name="figure"),
    path("<str:code>/export.csv", figure.export_figure, name="figure_csv"),
    path("<str:code>/lijst.csv", figure.export_rows, name="figure_rows_csv"),
]
WALL = [
    path("", wall.show_wall, name="wall"),
    path("nu/", wall.wall_now, name="wall_now"),
    path("<str:token>/", wall.show_linked_wall, name="linked_wall"),
    path("<str:token>/nu/", wall.linked_wall_now, name="linked_wall_now"),
]
WALL_LINKS = [
    path("", wall_links.list_links, name="wall_links"),
    path("nieuw/", wall_links.new_link, name="wall_link_new"),
    path("<int:pk>/", wall_links.edit_link, name="wall_link"),
    path("<int:pk>/adres/", wall_links.new_address, name="wall_link_renew"),
    path("<int:pk>/eind/", wall_links.end, name="wall_link_end"),
]
urlpatterns = [  # by their first words, so that an address of another app is past them in four steps
    path("cijfers/", include(FIGURES)),
    path("mijn/cijfers/", own.show_own, name="own"),
    path("wandscherm/", include(WALL)),
    path("beheer/wandschermen/", include(WALL_LINKS)),
]
