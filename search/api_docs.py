"""The API's documentation as a page of the portal, written from its own schema, without script."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase


@dataclass(frozen=True)
class Parameter:
    """A parameter as the page shows it."""

    name: str
    type: str
    description: str
    required: bool


@dataclass(frozen=True)
class Operation:
    """One address of the API."""

    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    example: str


EXAMPLES = {
    "/api/v1/search": "/api/v1/search?q=single+window&region=europe&size=5",
    "/api/v1/administrations": "/api/v1/administrations?size=100&ui=fr",
}


class PortalDocs(DocsBase):
    """Draws the documentation with the portal's own frame, under its own content policy."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Show every operation of the schema."""
        context = {
            "operations": operations_of(api.get_openapi_schema()),
            "schema_url": self.get_openapi_url(api, kwargs),
        }
        return render(request, "search/api_docs.html", context)


def operations_of(schema: Mapping[str, Any]) -> list[Operation]:
    """Give the operations of an OpenAPI schema in its order."""
    return [
        _operation(path, operation)
        for path, methods in schema["paths"].items()
        for operation in methods.values()
    ]


def _operation(path: str, operation: Mapping[str, Any]) -> Operation:
    return Operation(
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        parameters=tuple(_parameter(item) for item in operation.get("parameters", ())),
        example=EXAMPLES.get(path, path if "{" not in path else ""),
    )


def _parameter(item: Mapping[str, Any]) -> Parameter:
    schema = item["schema"]
    return Parameter(
        name=item["name"],
        type=_type(schema),
        description=item.get("description") or schema.get("description", ""),
        required=item.get("required", False),
    )


def _type(schema: Mapping[str, Any]) -> str:
    if "anyOf" in schema:
        kinds = [_type(option) for option in schema["anyOf"] if option.get("type") != "null"]
        return " | ".join(kinds)
    if "allOf" in schema:
        return " & ".join(_type(part) for part in schema["allOf"])
    if schema.get("type") == "array":
        return f"{_type(schema['items'])}, repeatable"
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    low, high = schema.get("minimum"), schema.get("maximum")
    bounds = f" {low} to {high}" if low is not None and high is not None else ""
    return f"{schema.get('type', 'string')}{bounds}"
