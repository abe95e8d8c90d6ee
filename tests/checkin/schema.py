"""A small reader of JSON Schema: as much of it as our own description uses."""

import re
from datetime import datetime
from typing import Any

_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def complaints(schema: dict[str, Any], value: Any, at: str = "$") -> list[str]:
    """Return where a value is not as the schema says."""
    wanted = schema.get("type", [])
    types = [wanted] if isinstance(wanted, str) else wanted
    if types and not any(isinstance(value, _TYPES[name]) for name in types):
        return [f"{at}: {value!r} is not {types}"]
    found = []
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{at}: {value!r} is none of {schema['enum']}")
    if "const" in schema and value != schema["const"]:
        found.append(f"{at}: {value!r}")
    if isinstance(value, str):
        found += _text(schema, value, at)
    if isinstance(value, int) and value < schema.get("minimum", value):
        found.append(f"{at}: {value} is too small")
    if isinstance(value, list):
        found += [each for item in value for each in complaints(schema.get("items", {}), item, f"{at}[]")]
    if isinstance(value, dict):
        found += _record(schema, value, at)
    return found


def _text(schema: dict[str, Any], value: str, at: str) -> list[str]:
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return [f"{at}: {value!r} does not fit"]
    if schema.get("format") == "date-time" and datetime.fromisoformat(value).tzinfo is None:
        return [f"{at}: {value!r} has no zone"]
    return []


def _record(schema: dict[str, Any], value: dict[str, Any], at: str) -> list[str]:
    known = schema.get("properties", {})
    other = schema.get("additionalProperties", True)
    found = [f"{at}.{name} is missing" for name in schema.get("required", []) if name not in value]
    for name, item in value.items():
        if name in known:
            found += complaints(known[name], item, f"{at}.{name}")
        elif other is False:
            found.append(f"{at}.{name} is not described")
        elif isinstance(other, dict):
            found += complaints(other, item, f"{at}.{name}")
    return found
