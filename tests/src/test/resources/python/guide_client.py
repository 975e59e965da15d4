"""Does the guide with the client that openapi-python-client generates from the served document: guide_client.py BASE-URL."""

import sys
import time

from vlink_client import Client
from vlink_client.api.attachments import put_attachment
from vlink_client.api.networks import create_network, delete_network, get_network, get_path, list_networks, put_network
from vlink_client.models import (
    AttachmentDeclaration,
    CapabilitiesDeclaration,
    Forecast,
    Network,
    NetworkDeclaration,
    PathDeclaration,
)

PLACE = {"overlay": "default", "namespace": "python"}


def declaration(bits):
    capabilities = CapabilitiesDeclaration(bandwidth_bits=bits, latency_nanos="0.8ms")
    return NetworkDeclaration(
        name="vlink-sample",
        path=PathDeclaration(
            from_endpoint="node-a", to_endpoint="node-e", links=["link-ac", "link-cd", "link-de"], capabilities=capabilities
        ),
        reverse_path=PathDeclaration(
            from_endpoint="node-e", to_endpoint="node-a", links=["link-ed", "link-db", "link-ba"], capabilities=capabilities
        ),
    )


def main(base):
    with Client(base_url=base) as client:
        forecast = put_network.sync(**PLACE, name="vlink-sample", client=client, body=declaration("20M"), dry_run=True)
        assert isinstance(forecast, Forecast) and forecast.outcome == "admitted", forecast
        refused = put_network.sync(**PLACE, name="vlink-sample", client=client, body=declaration("20G"), dry_run=True)
        assert refused.outcome == "refused" and len(refused.violations) == 6, refused
        assert get_network.sync_detailed(**PLACE, name="vlink-sample", client=client).status_code == 404

        created = create_network.sync(**PLACE, client=client, body=declaration("20M"))
        assert isinstance(created, Network), created
        for workload, node in (("pyping", "node-a"), ("pypong", "node-e")):
            put_attachment.sync(
                **PLACE,
                network="vlink-sample",
                id=workload,
                client=client,
                body=AttachmentDeclaration(node=node, port=workload),
                prefer="wait=10" if workload == "pypong" else "wait=1",
            )
        deadline = time.monotonic() + 15
        network = get_network.sync(**PLACE, name="vlink-sample", client=client)
        while network.status.phase != "Ready" and time.monotonic() < deadline:
            network = get_network.sync(**PLACE, name="vlink-sample", client=client)
        assert network.status.phase == "Ready", network
        assert [n.name for n in list_networks.sync(**PLACE, client=client, ready=True).items] == ["vlink-sample"]

        path = get_path.sync(**PLACE, name="vlink-sample", client=client)
        print("forward", *path.forward.nodes)
        print("reverse", *path.reverse.nodes)
        print("bits", path.forward.bandwidth_bits)

        gone = delete_network.sync_detailed(**PLACE, name="vlink-sample", client=client, prefer="wait=20")
        print("deleted", int(gone.status_code))


main(sys.argv[1])
