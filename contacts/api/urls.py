"""Addresses of the API of the desk: nouns in the plural, no slash at the end (NL API Design Rules)."""

from django.urls import path, re_path

from contacts.api import articles, telephony, views

urlpatterns = [
    path("contacts", views.ContactsView.as_view(), name="contacts"),
    path("questions", views.QuestionsView.as_view(), name="questions"),
    re_path(
        r"^questions/(?P<number>[A-Za-z]{2,6}-[0-9]{4}-[0-9]{6,9})$", views.QuestionView.as_view(), name="question"
    ),
    path("customers", views.CustomersView.as_view(), name="customers"),
    path("articles", articles.ArticlesView.as_view(), name="articles"),
    path("articles/<slug:address>", articles.ArticleView.as_view(), name="article"),
    path("telefonie/events", telephony.PhoneEventsView.as_view(), name="phone_events"),
    path("subjects", views.SubjectsView.as_view(), name="subjects"),
]
