"""Addresses of contacts."""

from django.urls import URLPattern, path

from contacts.views import customer, customer_edit, customer_merge, drafts, registration, registration_parts, search
from contacts.views import api_clients, norms, proof_mail, routing, templates

app_name = "contacts"
urlpatterns: list[URLPattern] = [
    path("werkplek/", registration.registration, name="registration"),
    path("werkplek/klanten/", registration_parts.registration_candidates, name="registration_candidates"),
    path("werkplek/onderwerpen/<int:index>/", registration_parts.registration_topics, name="registration_topics"),
    path("werkplek/delen/", registration_parts.registration_parts, name="registration_parts"),
    path("werkplek/concept/", drafts.save_draft, name="save_draft"),
    path("werkplek/concept/weg/", drafts.throw_away, name="throw_away"),
    path("werkplek/na-opslaan/", drafts.after_saving, name="after_saving"),
    path("werkplek/ongedaan/<int:pk>/", drafts.undo, name="undo"),
    path("klanten/<int:pk>/", customer.customer, name="customer"),
    path("klanten/<int:pk>/wijzigen/", customer_edit.customer_edit, name="customer_edit"),
    path("klanten/<int:pk>/adressen/", customer_edit.address_add, name="address_add"),
    path("klanten/<int:pk>/adressen/<int:address_id>/", customer_edit.address_change, name="address_change"),
    path("klanten/<int:pk>/samenvoegen/", customer_merge.customer_merge, name="customer_merge"),
    path("zoeken/", search.search, name="search"),
    path("kanalen/proef/", proof_mail.proof_mail, name="proof_mail"),
    path("beheer/normen/", norms.norms, name="norms"),
    path("beheer/normen/kalender/", norms.clocks_behind, name="clocks_behind"),
    path("beheer/normen/<int:pk>/", norms.norm, name="norm"),
    path("beheer/normen/<int:pk>/gevolgen/", norms.norm_impact, name="norm_impact"),
    path("beheer/normen/<int:pk>/beeindig/", norms.norm_end, name="norm_end"),
    path("beheer/routering/", routing.routing, name="routing"),
    path("beheer/routering/proef/", routing.routing_try, name="routing_try"),
    path("beheer/routering/nieuw/", routing.rule_new, name="rule_new"),
    path("beheer/routering/<int:pk>/", routing.rule, name="rule"),
    path("beheer/routering/<int:pk>/verplaatsen/", routing.rule_move, name="rule_move"),
    path("beheer/routering/<int:pk>/schakelen/", routing.rule_switch, name="rule_switch"),
    path("beheer/sjablonen/", templates.templates, name="templates"),
    path("beheer/sjablonen/nieuw/", templates.template_new, name="template_new"),
    path("beheer/sjablonen/<int:pk>/", templates.template, name="template"),
    path("beheer/koppelingen/", api_clients.api_clients, name="api_clients"),
    path("beheer/koppelingen/nieuw/", api_clients.api_client_new, name="api_client_new"),
    path("beheer/koppelingen/<int:pk>/", api_clients.api_client, name="api_client"),
    path("beheer/koppelingen/<int:pk>/token/", api_clients.api_client_token, name="api_client_token"),
    path("beheer/koppelingen/<int:pk>/intrekken/", api_clients.api_client_revoke, name="api_client_revoke"),
]
