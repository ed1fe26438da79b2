"""Addresses of kpi."""

from django.urls import path

from kpi.views import agreements, arrange, calls, dashboard, figure, reports, signals, wall, wall_links

app_name = "kpi"
urlpatterns = [
    path("wandscherm/", wall.show_wall, name="wall"),
    path("wandscherm/nu/", wall.wall_now, name="wall_now"),
    path("wandscherm/<str:token>/", wall.show_linked_wall, name="linked_wall"),
    path("wandscherm/<str:token>/nu/", wall.linked_wall_now, name="linked_wall_now"),
    path("beheer/wandschermen/", wall_links.list_links, name="wall_links"),
    path("beheer/wandschermen/nieuw/", wall_links.new_link, name="wall_link_new"),
    path("beheer/wandschermen/<int:pk>/", wall_links.edit_link, name="wall_link"),
    path("beheer/wandschermen/<int:pk>/adres/", wall_links.new_address, name="wall_link_renew"),
    path("beheer/wandschermen/<int:pk>/eind/", wall_links.end, name="wall_link_end"),
    path("cijfers/", dashboard.show_dashboard, name="dashboard"),
    path("cijfers/indeling/", arrange.arrange_dashboard, name="arrange"),
    path("cijfers/indeling/bewaren/", arrange.save_view, name="view_save"),
    path("cijfers/weergaven/<int:pk>/begin/", arrange.begin_with_view, name="view_begin"),
    path("cijfers/weergaven/<int:pk>/weg/", arrange.remove_view, name="view_remove"),
    path("cijfers/export.csv", dashboard.export_dashboard, name="dashboard_csv"),
    path("cijfers/telefoon/gesprekken/", calls.list_calls, name="calls"),
    path("cijfers/telefoon/gesprekken/inlezen/", calls.import_calls_file, name="calls_import"),
    path("cijfers/signalen/", signals.list_signals, name="signals"),
    path("cijfers/signalen/<int:pk>/opzij/", signals.dismiss_signal, name="signal_dismiss"),
    path("cijfers/signalen/<int:pk>/opvolgen/", signals.follow_signal, name="signal_follow"),
    path("cijfers/signalen/<int:pk>/klaar/", signals.settle_signal, name="signal_settle"),
    path("cijfers/afspraken/", agreements.list_agreements, name="agreements"),
    path("cijfers/afspraken/afspraken.csv", agreements.export_agreements, name="agreements_csv"),
    path("cijfers/afspraken/nieuw/<slug:code>/", agreements.new_agreement, name="agreement_new"),
    path("cijfers/afspraken/<int:pk>/", agreements.show_agreement, name="agreement"),
    path("cijfers/afspraken/<int:pk>/wijzig/", agreements.edit_agreement, name="agreement_edit"),
    path("cijfers/afspraken/<int:pk>/einde/", agreements.finish_agreement, name="agreement_end"),
    path("cijfers/afspraken/<int:pk>/gesprek/", agreements.talk, name="agreement_talk"),
    path("cijfers/rapporten/", reports.list_reports, name="reports"),
    path("cijfers/rapporten/lezen/", reports.view_report, name="report_view"),
    path("cijfers/rapporten/lezen/rapport.<str:kind>", reports.live_file, name="report_live_file"),
    path("cijfers/rapporten/uitgeven/", reports.issue, name="report_issue"),
    path("cijfers/rapporten/mail/", reports.schedule, name="report_schedule"),
    path("cijfers/rapporten/mail/<int:pk>/stoppen/", reports.unschedule, name="report_unschedule"),
    path("cijfers/rapporten/<int:pk>/", reports.show_report, name="report"),
    path("cijfers/rapporten/<int:pk>/bestanden/", reports.make_files, name="report_make_files"),
    path("cijfers/rapporten/<int:pk>/rapport.<str:kind>", reports.download_file, name="report_file"),
    path("cijfers/<str:code>/", figure.show_figure, name="figure"),
    path("cijfers/<str:code>/export.csv", figure.export_figure, name="figure_csv"),
    path("cijfers/<str:code>/lijst.csv", figure.export_rows, name="figure_rows_csv"),
]
