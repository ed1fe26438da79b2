"""Addresses about the rights of persons and about what is kept how long."""

from django.urls import path

from privacy.views import holds, register, requests, retention, review, rights

app_name = "privacy"
urlpatterns = [
    path("klanten/<int:pk>/wissen/", requests.person, name="person"),
    path("klanten/<int:pk>/verzoek/", rights.note, name="note_right"),
    path("beheer/verzoeken/persoon/<int:pk>/", rights.right, name="right"),
    path("beheer/verzoeken/", requests.requests, name="requests"),
    path("beheer/verzoeken/<int:pk>/", requests.request_of, name="request"),
    path("beheer/verzoeken/<int:pk>/inzage/", requests.restricted_file, name="restricted_file"),
    path("beheer/verzoeken/<int:pk>/goedkeuren/", requests.approve_request, name="approve"),
    path("beheer/bewaartermijnen/", retention.terms, name="terms"),
    path("beheer/bewaartermijnen/besluit/", retention.term_decide, name="term_decide"),
    path("beheer/vernietiging/", retention.lists, name="lists"),
    path("beheer/vernietiging/<int:pk>/", retention.destruction, name="destruction"),
    path("beheer/inzage/week/", review.review, name="review"),
    path("beheer/verwerkingen/", register.register, name="register"),
    path("beheer/bewaarplicht/", holds.holds, name="holds"),
    path("beheer/bewaarplicht/<int:pk>/einde/", holds.hold_end, name="hold_end"),
]
