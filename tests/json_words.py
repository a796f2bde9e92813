"""Say in words what a part of a JSON Schema takes, as the tables of docs/json.md do."""

from typing import Any

_PLAIN = {"string": "text", "integer": "integer", "boolean": "boolean", "null": "null"}


def words(schema: dict[str, Any]) -> str:
    """Return the words for one type: `text or null`, `list of Sum`, `Count by name`."""
    if "anyOf" in schema:
        found = [words(one) for one in schema["anyOf"]]
        return " or ".join(sorted(found, key=lambda word: word == "null"))
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in schema:
        return "one of " + " ".join(f"`{one}`" for one in schema["enum"])
    if "prefixItems" in schema:
        return f"({', '.join(words(one) for one in schema['prefixItems'])})"
    if schema.get("type") == "array":
        return f"list of {words(schema['items'])}" if schema.get("items") else "list"
    if schema.get("type") == "object":
        return f"{words(schema['additionalProperties'])} by name" if schema.get("additionalProperties") else "object"
    return _PLAIN[schema["type"]] if "type" in schema else "anything"
