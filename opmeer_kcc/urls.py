"""Every address of the site; each app keeps its own list."""

from django.urls import include, path
from django.views.i18n import set_language

from opmeer_kcc import health, views
from opmeer_kcc.errors import bad_request, not_found, permission_denied, server_error

urlpatterns = [
    path("", views.home, name="home"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("taal/", set_language, name="set_language"),
    path("", include("organisation.urls")),
    path("", include("channels_app.urls")),
    path("", include("contacts.urls")),
    path("", include("kpi.urls")),
    path("api/v1/", include("opmeer_kcc.api")),
]
handler400 = bad_request
handler403 = permission_denied
handler404 = not_found
handler500 = server_error
