"""How the API answers: who may ask, in which form, and how its schema is named."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["contacts.api.authentication.ClientToken"],
    "DEFAULT_PERMISSION_CLASSES": ["contacts.api.authentication.HasScope"],
    "DEFAULT_THROTTLE_CLASSES": ["contacts.api.limits.ClientRate"],
    "DEFAULT_RENDERER_CLASSES": ["contacts.api.rendering.Renderer"],
    "DEFAULT_PARSER_CLASSES": ["contacts.api.parsers.ShallowJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": [],
    "EXCEPTION_HANDLER": "contacts.api.problems.problem_response",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Servicecentrum Opmeer",
    "DESCRIPTION": "Register customer contacts, follow questions and read figures.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "ChannelCode": "channels_app.models.Channel",
        "QuestionStatus": "contacts.models.Question.Status",
        "QuestionKindCode": "organisation.models.QuestionKind",
        "CustomerKindCode": "contacts.models.Customer.Kind",
    },
}
