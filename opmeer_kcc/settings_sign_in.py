"""What a password must be, how the lock against guessing works, and signing in with a work account at an identity provider (docs/adr/0028); that is off without an address."""

from opmeer_kcc import env

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "organisation.passwords.OwnWords"},
]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # who tries again too early does not wait longer
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # every sign-in stands in the audit trail, without the address
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_VERBOSE = False
OIDC_ISSUER = env.one_address(
    "OIDC_ISSUER",
    ("https://login.example.nl", "http://127.0.0.1:8080"),
    "Address of the identity provider (OpenID Connect), as it names itself; empty: passwords only",
)
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID", "", "Name by which the identity provider knows this site")
OIDC_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET", "", "Its secret; empty: a client without one (PKCE is always used)")
OIDC_SCOPES = env.text("OIDC_SCOPES", "openid profile email", "What is asked from the identity provider")
OIDC_SECOND_FACTOR = env.words(
    "OIDC_SECOND_FACTOR", "", "Values of amr or acr that count as a second factor (mfa,…); empty: our own code is asked"
)
OIDC_CREATE_USERS = env.flag(
    "OIDC_CREATE_USERS", False, "Who is not known yet becomes a person without a role; off: an administrator links"
)
OIDC_ONLY = env.flag("OIDC_ONLY", False, "Who has a work account linked no longer signs in with a password")
