"""Addresses of channels_app."""

from django.urls import URLPattern

app_name = "channels_app"
urlpatterns: list[URLPattern] = []
