"""The tables of a switch as raw bytes: tables.py SOCKET prints a line for each flow entry ("rule HEX") and meter ("meter HEX").

Reads them over OpenFlow 1.4 at a management socket (br0.mgmt), as any controller would. Counters and durations are set to zero: they do not affect what
the switch does, and would be most of the data.
"""

import socket
import struct
import sys

VERSION, HELLO, ECHO_REQUEST, ECHO_REPLY, MULTIPART_REQUEST, MULTIPART_REPLY = 5, 0, 2, 3, 18, 19
FLOW, METER_CONFIG = 1, 10
ALL_TABLES, ANY, ALL_METERS = 0xFF, 0xFFFFFFFF, 0xFFFFFFFF


def read(stream, length):
    data = b""
    while len(data) < length:
        more = stream.recv(length - len(data))
        if not more:
            raise EOFError("the switch closed the connection")
        data += more
    return data


def message(stream):
    header = read(stream, 8)
    _, kind, length, xid = struct.unpack("!BBHI", header)
    return kind, xid, read(stream, length - 8)


def send(stream, kind, xid, body=b""):
    stream.sendall(struct.pack("!BBHI", VERSION, kind, 8 + len(body), xid) + body)


def ask(stream, part, body):
    """Returns all bodies of the reply to one request."""
    send(stream, MULTIPART_REQUEST, part, struct.pack("!HHI", part, 0, 0) + body)
    bodies = []
    while True:
        kind, xid, data = message(stream)
        if kind == ECHO_REQUEST:
            send(stream, ECHO_REPLY, xid, data)
        elif kind == MULTIPART_REPLY and xid == part:
            _, flags = struct.unpack("!HH", data[:4])
            bodies.append(data[8:])
            if not flags & 1:
                return b"".join(bodies)


def entries(data, length_at):
    at = 0
    while at < len(data):
        (length,) = struct.unpack("!H", data[at + length_at : at + length_at + 2])
        yield data[at : at + length]
        at += length


def without_counters(flow):
    """OpenFlow 1.4.1 §7.3.5.2: duration at 4 to 12, packets and bytes at 32 to 48."""
    return flow[:4] + bytes(8) + flow[12:32] + bytes(16) + flow[48:]


def tables(path):
    with socket.socket(socket.AF_UNIX) as stream:
        stream.connect(path)
        send(stream, HELLO, 1)
        message(stream)
        flows = ask(stream, FLOW, struct.pack("!B3xII4xQQHHI", ALL_TABLES, ANY, ANY, 0, 0, 1, 4, 0))
        meters = ask(stream, METER_CONFIG, struct.pack("!I4x", ALL_METERS))
    yield from (("rule", without_counters(flow)) for flow in entries(flows, 0))
    yield from (("meter", meter) for meter in entries(meters, 0))


if __name__ == "__main__":
    for kind, entry in sorted(tables(sys.argv[1]), key=lambda each: (each[0] == "meter", each[1])):
        print(kind, entry.hex())
