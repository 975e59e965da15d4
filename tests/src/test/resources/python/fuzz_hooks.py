"""What fuzzed calls may touch: an overlay of their own, and no machine anywhere."""

import json

import schemathesis

OVERLAY = "fuzz"


@schemathesis.hook
def map_headers(context, headers):
    """What is waited for never comes; the examples wait, and that is enough."""
    return {name: value for name, value in (headers or {}).items() if name != "Prefer"}


@schemathesis.hook
def map_body(context, body):
    if not isinstance(body, dict):
        return body
    body = dict(body)
    if "type" in body and str(body["type"]).startswith(("Declare", "Withdraw")):
        body["overlay"] = OVERLAY
        if "/" in str(body.get("id", "")):
            del body["id"]
    body.pop("ovsdb", None)
    return body


@schemathesis.deserializer("application/x-ndjson")
def first_line(context, response):
    return json.loads(response.content.splitlines()[0])


@schemathesis.serializer("application/x-ndjson")
def ndjson(context, value):
    return b"\n".join(json.dumps(item).encode() for item in [value, value])
