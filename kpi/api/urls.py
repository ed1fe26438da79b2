"""Addresses of the API of the figures: nouns in the plural, no slash at the end."""

from django.urls import re_path

from kpi.api import views

urlpatterns = [
    re_path(r"^kpis$", views.KpisView.as_view(), name="kpis"),
    re_path(r"^kpis/(?P<code>[a-z_]{2,20}\.[a-z0-9_]{2,20})$", views.KpiView.as_view(), name="kpi"),
]
