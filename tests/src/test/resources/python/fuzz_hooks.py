"""What fuzzed calls may touch: an overlay of their own, and no machine anywhere."""

import json

import schemathesis

OVERLAY = "fuzz"


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if isinstance(path_parameters, dict) and "overlay" in path_parameters:
        return {**path_parameters, "overlay": OVERLAY}
    return path_parameters


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


@schemathesis.serializer("application/x-ndjson")
def ndjson(context, value):
    return b"\n".join(json.dumps(item).encode() for item in [value, value])
