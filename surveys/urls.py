"""Addresses of the surveys: those of customers begin with `mening`."""

from django.urls import path

from surveys.views import asking, customer, editor, here, outside, outside_import, places, public, results

app_name = "surveys"
urlpatterns = [
    path("enquetes/", results.results, name="results"),
    path("enquetes/woorden/", results.words, name="words"),
    path("enquetes/vragen/", asking.asking, name="asking"),
    path("enquetes/vragen/<slug:channel>/", asking.channel, name="channel"),
    path("enquetes/vragenlijsten/", editor.surveys, name="surveys"),
    path("enquetes/vragenlijsten/<slug:code>/", editor.survey, name="survey"),
    path("enquetes/vragenlijsten/<slug:code>/voorbeeld/", editor.preview, name="survey_preview"),
    path("enquetes/vragenlijsten/<slug:code>/nieuw/", editor.begin, name="survey_draft"),
    path("enquetes/vragenlijsten/<slug:code>/publiceren/", editor.publish_draft, name="survey_publish"),
    path("enquetes/vragenlijsten/<slug:code>/weg/", editor.drop, name="survey_drop"),
    path("enquetes/codes/", places.places, name="places"),
    path("enquetes/codes/<slug:code>/", places.place, name="place"),
    path("enquetes/buiten/", outside.outside, name="outside"),
    path("enquetes/buiten/nieuw/", outside.add, name="outside_add"),
    path("enquetes/buiten/inlezen/", outside_import.take, name="outside_file"),
    path("enquetes/buiten/inlezen/<int:pk>/", outside_import.look, name="outside_import"),
    path("enquetes/buiten/inlezen/<int:pk>/bevestigen/", outside_import.confirm_import, name="outside_confirm"),
    path("enquetes/buiten/inlezen/<int:pk>/weg/", outside_import.drop_import, name="outside_drop"),
    path("enquetes/buiten/<slug:code>/", outside.indicator, name="outside_indicator"),
    path("enquetes/buiten/<slug:code>/wijzigen/", outside.change, name="outside_change"),
    path("enquetes/buiten/<slug:code>/<int:pk>/", outside.result, name="outside_result"),
    path("enquetes/buiten/<slug:code>/<int:pk>/weg/", outside.remove, name="outside_remove"),
    path("enquetes/klanten/<int:pk>/", customer.wishes, name="wishes"),
    path("mening/plek/<slug:code>/", here.ask_here, name="here"),
    path("mening/plek/<slug:code>/bedankt/", here.thanks_here, name="here_thanks"),
    path("mening/bedankt/", public.thanks, name="thanks"),
    path("mening/<str:token>/", public.ask, name="ask"),
    path("mening/<str:token>/niet-meer/", public.no_more, name="no_more"),
]
