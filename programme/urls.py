"""Addresses of the programme."""

from django.urls import path

from programme.views import front

app_name = "programme"
urlpatterns = [
    path("voortgang/", front.front, name="front"),
]
