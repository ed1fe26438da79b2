"""How the API answers: who may ask, in which form, and how its schema is named."""

API_ROOT = "/api/v1"
API_VERSION = "1.1.0"
"""Major.minor.patch; the first number stands in the address as well (NL API Design Rules)."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["contacts.api.authentication.ClientToken"],
    "DEFAULT_PERMISSION_CLASSES": ["contacts.api.authentication.HasScope"],
    "DEFAULT_THROTTLE_CLASSES": ["contacts.api.limits.ClientRate"],
    "DEFAULT_RENDERER_CLASSES": ["contacts.api.rendering.Renderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "contacts.api.rendering.Negotiation",
    "DEFAULT_PARSER_CLASSES": ["contacts.api.parsers.ShallowJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": [],
    "EXCEPTION_HANDLER": "contacts.api.problems.problem_response",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Servicecentrum Opmeer",
    "DESCRIPTION": "Register customer contacts, follow questions and read figures.",
    "VERSION": API_VERSION,
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "opmeer_kcc.api_schema.with_what_every_answer_has",
    ],
    "ENUM_NAME_OVERRIDES": {
        "ChannelCode": "channels_app.models.Channel",
        "QuestionStatus": "contacts.models.Question.Status",
        "QuestionKindCode": "organisation.models.QuestionKind",
        "CustomerKindCode": "contacts.models.Customer.Kind",
    },
}
