"""The OpenAPI schema, for everybody: it tells how to ask, not what is known."""

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny


@method_decorator(login_not_required, name="dispatch")
class SchemaView(SpectacularAPIView):
    """`/api/v1/openapi.json`."""

    renderer_classes = [OpenApiJsonRenderer]
    permission_classes = [AllowAny]
    authentication_classes: list[type] = []
    throttle_classes: list[type] = []
