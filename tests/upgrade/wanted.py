"""Requests for a thousand vlinks of every kind: wanted.py MOMENT [COUNT] prints one per line, for POST /v1/bulk.

Moments: declare (networks and attachments), edit (changes some of them), then, if COUNT is 1000 as for a fixture, changes caught in progress: late
(edits and new vlinks) and delete. `plain` declares only vlinks that become Ready. Vlink i ends at ports named p0000, p0001, ... of its two nodes.
"""

import json
import sys

TEAMS = 5
WAYS = {
    "upper": (["link-ac", "link-cd", "link-de"], ["link-ed", "link-db", "link-ba"]),
    "lower": (["link-ab", "link-bd", "link-de"], ["link-ed", "link-dc", "link-ca"]),
}
EDITED = range(100, 160)
REFUSED = range(900, 920)
UNATTACHED = range(920, 930)
DELETED = range(930, 960)
EDITED_LATE = range(960, 970)
DECLARED_LATE = range(970, 975)


def identity(i):
    return f"default/team-{i % TEAMS}/v{i:04d}"


def ends(i):
    return {3: ("node-a", "node-d"), 5: ("node-b", "node-e"), 6: ("node-c", "node-e")}.get(i % 10, ("node-a", "node-e"))


def spec(i, edited=False):
    start, end = ends(i)
    path = {"fromEndpoint": start, "toEndpoint": end}
    kind = i % 10
    if kind in (0, 1, 2, 7):  # by name, both ways apart; an edit takes the other way
        there, back = WAYS["lower" if edited else "upper"]
        path["links"] = there
        found = {"path": path, "reversePath": {"fromEndpoint": end, "toEndpoint": start, "links": back}}
        if kind == 7:
            path["capabilities"] = {"bandwidthBits": 3_000_000 if edited else 2_000_000}
        return found
    if kind == 5:  # by name, mirrored
        path["links"] = ["link-bd", "link-de"]
        if edited:
            path["capabilities"] = {"bandwidthBits": 500_000}
    if kind in (6, 9):  # reserved, wherever it fits
        path["capabilities"] = {"bandwidthBits": 700_000 if edited else 1_000_000}
    if kind == 8:
        path["capabilities"] = {"latencyNanos": 2_000_000 if edited else 1_000_000}
    if kind in (3, 4) and edited:  # best effort until now
        path["capabilities"] = {"bandwidthBits": 400_000}
    return {"path": path}


def refused(i):
    found = spec(i)
    path = found["path"]
    if i % 3 == 0:
        path["capabilities"] = {"bandwidthBits": 2_000_000_000}
    elif i % 3 == 1:
        path["links"], path["toEndpoint"] = ["link-ac", "link-nowhere"], "node-e"
        found.pop("reversePath", None)
    else:
        path["capabilities"] = {"latencyNanos": 1_000}
    return found


def network(i, what):
    return {"type": "DeclareNetwork", "id": identity(i), "spec": what}


def attachments(i):
    for name, node in zip(("ping", "pong"), ends(i)):
        yield {"type": "DeclareAttachment", "id": f"{identity(i)}/{name}", "spec": {"node": node, "port": f"p{i:04d}"}}


def requests(moment, count):
    if moment == "plain":
        for i in range(count):
            yield network(i, spec(i))
            yield from attachments(i)
    elif moment == "declare":
        for i in range(count):
            if i not in DECLARED_LATE:
                yield network(i, refused(i) if i in REFUSED else spec(i))
                if i not in UNATTACHED:
                    yield from attachments(i)
    elif moment == "edit":
        for i in EDITED:
            yield network(i, spec(i, True))
    elif moment == "late":
        for i in EDITED_LATE:
            yield network(i, spec(i, True))
        for i in DECLARED_LATE:
            yield network(i, spec(i))
            yield from attachments(i)
    elif moment == "delete":
        for i in DELETED:
            yield {"type": "WithdrawNetwork", "id": identity(i)}
    else:
        sys.exit(f"there is no moment '{moment}': declare, edit, late, delete, plain")


if __name__ == "__main__":
    for request in requests(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000):
        print(json.dumps(request, separators=(",", ":")))
