"""Every address of the site; each app keeps its own list."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from opmeer_kcc import health, metrics, views
from opmeer_kcc.errors import bad_request, not_found, permission_denied, server_error
from organisation.views import second_factor, sign_in, work_account

# what is asked most stands first: every request goes down this list until something fits
urlpatterns = [
    path("api/v1/", include("opmeer_kcc.api")),
    path("", views.home, name="home"),
    path("", include("kpi.urls")),
    path("", include("contacts.urls")),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("health/details", health.details, name="health_details"),
    path("metrics", metrics.metrics, name="metrics"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("taal/", login_not_required(set_language), name="set_language"),
    path("inloggen/", sign_in.LogIn.as_view(), name="login"),
    path("inloggen/code/", second_factor.verify, name="second_factor"),
    path("inloggen/instellen/", second_factor.set_up, name="second_factor_setup"),
    path("inloggen/herstelcodes/nieuw/", second_factor.renew_codes, name="renew_recovery_codes"),
    path("inloggen/werkaccount/", work_account.begin, name="work_account"),
    path("inloggen/werkaccount/terug/", work_account.back, name="work_account_back"),
    path("inloggen/werkaccount/uit/", work_account.signed_out, name="signed_out"),
    path("uitloggen/", work_account.LogOut.as_view(), name="logout"),
    path("wachtwoord/", sign_in.OwnPassword.as_view(), name="password_change"),
    path("", include("programme.urls")),
    path("", include("surveys.urls")),
    path("", include("privacy.urls")),
    path("", include("organisation.urls")),
    path("", include("channels_app.urls")),
    path("", include("knowledge.urls")),
]
handler400 = bad_request
handler403 = permission_denied
handler404 = not_found
handler500 = server_error
