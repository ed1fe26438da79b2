"""Says in a header how many statements a request took, when the request asks."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse


class CountStatements:
    """A request with `X-Count-SQL` gets `X-SQL` back; any other passes untouched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "HTTP_X_COUNT_SQL" not in request.META:
            return self.get_response(request)
        count = 0

        def counted(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
            nonlocal count
            count += 1
            return execute(sql, params, many, context)

        with connection.execute_wrapper(counted):
            response = self.get_response(request)
        response["X-SQL"] = str(count)
        return response
