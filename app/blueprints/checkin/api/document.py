"""The description of the API in OpenAPI 3.1, made from the same words that the code uses."""

from typing import Any

from app.blueprints.checkin.api import reading
from app.blueprints.checkin.desk.forms import SCAN_ID
from app.blueprints.checkin.rules import OVERRULABLE
from app.models import GuestKind, Verdict

Schema = dict[str, Any]


def _text(about: str, **more: Any) -> Schema:
    return {"type": "string", "description": about, **more}


def _maybe(about: str, **more: Any) -> Schema:
    return {"type": ["string", "null"], "description": about, **more}


def _record(properties: dict[str, Schema], **more: Any) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        **more,
    }


_COUNT: Schema = {"type": "integer", "minimum": 0}
_OVERRULABLE = ", ".join(sorted(OVERRULABLE))

SCHEMAS: dict[str, Schema] = {
    "ScanRequest": {
        "type": "object",
        "properties": {
            "code": _text("What was scanned: a badge's code or its whole address.", maxLength=reading.MOST_CODE),
            "scan_id": _text(
                "Made by the client, new for each scan. Sent again, it answers what it answered first.", pattern=SCAN_ID
            ),
            "door": _text("Which desk it is.", maxLength=reading.MOST_DOOR),
            "overrule": {
                "type": "boolean",
                "description": f"Let in although the verdict would be one of: {_OVERRULABLE}.",
                "default": False,
            },
        },
        "required": ["code", "scan_id"],
    },
    "Scan": _record(
        {
            "verdict": _text("What the door says.", enum=[each.value for each in Verdict]),
            "scan_id": _text("As it was sent."),
            "name": _maybe("Who it is. Null where nothing may be told: unknown and other_event."),
            "company": _maybe("Their company."),
            "kind": _maybe("What the guest comes as.", enum=[*(each.value for each in GuestKind), None]),
            "table": _maybe("Where they sit."),
            "chair": {"type": ["integer", "null"], "description": "The chair at the table, where guests are seated."},
            "notes": _maybe("The note for the host."),
            "instead_of": _maybe("The guest, when somebody else comes instead."),
            "comes_with": _maybe("The guest, when this is a companion."),
            "companions": {
                "type": "array",
                "items": _record({"name": _text("A companion."), "is_in": {"type": "boolean"}}),
            },
            "arrived_at": _maybe("When they came in.", format="date-time"),
            "door": _maybe("By which desk they came in."),
            "by": _maybe("Who let them in."),
            "can_overrule": {"type": "boolean", "description": "Whether `overrule` would let them in."},
            "staff": {
                "description": "What somebody of the staff does now or next. Null when it is a guest.",
                "oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/StaffDuty"}],
            },
        }
    ),
    "StaffDuty": _record(
        {
            "role": _text("The role at this event; empty when there is no duty any more."),
            "is_deputy": {"type": "boolean", "description": "Whether the person stands in for somebody."},
            "station": _maybe("Where they stand."),
            "shift": _maybe("What the shift is called."),
            "starts_at": _maybe("When the shift begins.", format="date-time"),
            "ends_at": _maybe("When it ends.", format="date-time"),
        }
    ),
    "Undone": _record(
        {"scan_id": _text("As asked."), "name": _text("Whose arrival was taken back."), "undone": {"const": True}}
    ),
    "Arrivals": _record(
        {
            "guests_in": _COUNT,
            "companions_in": _COUNT,
            "people_in": _COUNT,
            "expected": {**_COUNT, "description": "Guests in, and those who may still come."},
            "by_kind": {"type": "object", "additionalProperties": _record({"in": _COUNT, "expected": _COUNT})},
            "per_slot": {
                "type": "array",
                "items": _record({"at": _text("Begin of five minutes.", format="date-time"), "guests": _COUNT}),
            },
        }
    ),
    "Session": _record(
        {
            "name": _text("Who is signed in."),
            "permissions": {"type": "array", "items": {"type": "string"}},
            "csrf_token": _text("For the header X-CSRFToken of POST requests."),
        }
    ),
    "Error": {
        "type": "object",
        "properties": {
            "error": _text("A stable code, for instance event_not_open, nothing_to_undo, malformed_code."),
            "text": _text("What a person reads, in the language asked for."),
            "field": _text("Which field of the body is wrong."),
            "request_id": _text("To be found again in the log."),
        },
        "required": ["error", "text", "request_id"],
    },
}


def _answer(schema: str, about: str) -> Schema:
    return {
        "description": about,
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }


def _errors(*statuses: int) -> dict[str, Schema]:
    about = {
        400: "Not JSON, or the token against forgery is missing or old.",
        401: "Not signed in.",
        403: "The role does not allow this.",
        404: "No such event or scan.",
        409: "A rule was broken: event_not_open, nothing_to_undo, scan_id_taken; stale_change means: send it again.",
        415: "Content-Type must be application/json.",
        422: "A field is missing or wrong.",
    }
    return {str(status): _answer("Error", about[status]) for status in statuses}


def _parameter(name: str, about: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}, "description": about}


_SLUG = _parameter("slug", "The event, as in the address of its pages.")
_SAFE: list[Schema] = [{"session": []}]
_CHANGING: list[Schema] = [{"session": [], "token": []}]


_PATHS: dict[str, Schema] = {
    "/api/v1/session": {
        "get": {
            "operationId": "api_session",
            "summary": "Who is signed in, and the token for POST requests",
            "security": _SAFE,
            "responses": {"200": _answer("Session", "The session."), **_errors(401)},
        }
    },
    "/api/v1/events/{slug}/scans": {
        "parameters": [_SLUG],
        "post": {
            "operationId": "api_scan",
            "summary": "Decide about a badge at the door, and let its bearer in",
            "security": _CHANGING,
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ScanRequest"}}},
            },
            "responses": {
                "200": _answer("Scan", "The verdict, whatever it is."),
                **_errors(400, 401, 403, 404, 409, 415, 422),
            },
        },
    },
    "/api/v1/events/{slug}/scans/{scan_id}/undo": {
        "parameters": [_SLUG, _parameter("scan_id", "The scan that let somebody in.")],
        "post": {
            "operationId": "api_scan_undo",
            "summary": "Take an admission back",
            "security": _CHANGING,
            "responses": {
                "200": _answer("Undone", "Nobody is in by this scan."),
                **_errors(400, 401, 403, 404, 409),
            },
        },
    },
    "/api/v1/events/{slug}/arrivals": {
        "parameters": [_SLUG],
        "get": {
            "operationId": "api_arrivals",
            "summary": "How the hall fills; with If-None-Match it costs nothing while nothing changes",
            "security": _SAFE,
            "responses": {
                "200": _answer("Arrivals", "The counters."),
                "304": {"description": "As before."},
                **_errors(401, 403, 404),
            },
        },
    },
}


def document(server: str) -> Schema:
    """Return the whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Signing Day",
            "version": "1",
            "description": "The door of a conference for programs: scan badges, undo, and count who is in.",
        },
        "servers": [{"url": server}],
        "paths": _PATHS,
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "signing_day",
                    "description": "Sign in at /login.",
                },
                "token": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "X-CSRFToken",
                    "description": "From /api/v1/session.",
                },
            },
        },
    }
