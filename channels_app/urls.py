"""Addresses of channels_app."""

from django.urls import path

from channels_app.views import aside, mailboxes, overview, plain_text, sources, webhook

app_name = "channels_app"
urlpatterns = [
    path("berichten/in/<str:key>/", webhook.call, name="webhook"),
    path("kanalen/", overview.channels, name="channels"),
    path("kanalen/geparkeerd/", aside.parked, name="parked"),
    path("kanalen/geparkeerd/<int:pk>/", aside.parked_message, name="parked_message"),
    path("kanalen/geparkeerd/<int:pk>/bron/", aside.parked_raw, name="parked_raw"),
    path("kanalen/geparkeerd/<int:pk>/opnieuw/", aside.retry_parked, name="retry_parked"),
    path("kanalen/geparkeerd/<int:pk>/afdoen/", aside.dismiss_parked, name="dismiss_parked"),
    path("kanalen/uitgaand/", aside.outgoing, name="outgoing"),
    path("kanalen/uitgaand/<int:pk>/opnieuw/", aside.resend_outgoing, name="resend_outgoing"),
    path("kanalen/uitgaand/<int:pk>/niet/", aside.leave_outgoing, name="leave_outgoing"),
    path("teksten/", plain_text.check_text, name="check_text"),
    path("teksten/niveau/", plain_text.text_level, name="text_level"),
    path("kanalen/bronnen/", sources.sources, name="sources"),
    path("kanalen/bronnen/nieuw/<slug:kind>/", sources.new_source, name="new_source"),
    path("kanalen/bronnen/<int:pk>/", sources.source, name="source"),
    path("kanalen/bronnen/<int:pk>/test/", sources.try_source, name="try_source"),
    path("beheer/mailboxen/", mailboxes.mailboxes, name="mailboxes"),
    path("beheer/mailboxen/nieuw/", mailboxes.new_mailbox, name="new_mailbox"),
    path("beheer/mailboxen/<int:pk>/", mailboxes.mailbox, name="mailbox"),
    path("beheer/mailboxen/<int:pk>/test/", mailboxes.check_mailbox, name="check_mailbox"),
]
