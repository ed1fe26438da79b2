"""The addresses of API version 1: each app brings its own list."""

from django.urls import URLPattern, URLResolver, include, path

from opmeer_kcc.api_schema import SchemaView

urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", SchemaView.as_view(), name="openapi"),
    path("", include("contacts.api.urls")),
    path("", include("kpi.api.urls")),
]
