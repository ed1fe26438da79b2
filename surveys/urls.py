"""Addresses of the surveys: those of customers begin with `mening`."""

from django.urls import path

from surveys.views import asking, public, results

app_name = "surveys"
urlpatterns = [
    path("enquetes/", results.results, name="results"),
    path("enquetes/woorden/", results.words, name="words"),
    path("enquetes/vragen/", asking.asking, name="asking"),
    path("enquetes/vragen/<slug:channel>/", asking.channel, name="channel"),
    path("mening/bedankt/", public.thanks, name="thanks"),
    path("mening/<str:token>/", public.ask, name="ask"),
    path("mening/<str:token>/niet-meer/", public.no_more, name="no_more"),
]
