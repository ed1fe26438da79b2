"""Addresses of the surveys: those of customers begin with `mening`."""

from django.urls import path

from surveys.views import public

app_name = "surveys"
urlpatterns = [
    path("mening/bedankt/", public.thanks, name="thanks"),
    path("mening/<str:token>/", public.ask, name="ask"),
    path("mening/<str:token>/niet-meer/", public.no_more, name="no_more"),
]
