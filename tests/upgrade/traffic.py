"""Sends frames in both directions over many vlinks at once: traffic.py COUNT RATE

Runs in the namespace with the workloads' interfaces: f0000, f0001, ... at one end and t0000, t0001, ... at the other. Each sends RATE numbered frames
per second to the other until SIGTERM. Two seconds later it prints JSON: how many were sent and lost, and when the lost frames were sent. Losses in the
first 20 s, before anything is replaced, are counted separately: this machine loses them by itself. Frames missed while the processor was busy are not
sent in a burst, which no buffer on the way would hold.
"""

import collections
import json
import select
import signal
import socket
import struct
import sys
import time

ETHERTYPE = 0x88B5  # for experiments, IEEE 802
PATIENCE = 2.0
QUIET = 20.0
BEHIND = 0.05
PAYLOAD = struct.Struct("!HBQ")


class Flow:
    """One direction of a vlink."""

    def __init__(self, number, direction, out, into):
        self.number, self.direction, self.out, self.into = number, direction, out, into
        self.sent, self.came, self.twice = [], set(), 0
        address = lambda side: bytes([2, 0x56, 0x4C, side, number >> 8, number & 0xFF])
        self.head = address(1 - direction) + address(direction) + struct.pack("!H", ETHERTYPE)

    def send(self):
        self.out.send(self.head + PAYLOAD.pack(self.number, self.direction, len(self.sent)) + bytes(32))
        self.sent.append(time.time())

    def take(self, frame):
        number, direction, sequence = PAYLOAD.unpack_from(frame, 14)
        if (number, direction) != (self.number, self.direction):
            return False
        self.twice += sequence in self.came
        self.came.add(sequence)
        return True


def opened(name):
    raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETHERTYPE))
    raw.bind((name, ETHERTYPE))
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    raw.setblocking(False)
    return raw


def main(count, rate):
    running = [True]
    signal.signal(signal.SIGTERM, lambda *ignored: running.__setitem__(0, False))
    flows = []
    for number in range(count):
        ends = opened(f"f{number:04d}"), opened(f"t{number:04d}")
        flows += [Flow(number, 0, *ends), Flow(number, 1, *ends[::-1])]
    by_socket = {flow.into.fileno(): flow for flow in flows}
    poll = select.epoll()
    for fileno in by_socket:
        poll.register(fileno, select.EPOLLIN)
    astray, turn, began, end, start = 0, 0, time.monotonic(), None, time.time()
    while end is None or time.monotonic() < end:
        now = time.monotonic()
        if running[0]:
            if now - began - turn / (rate * len(flows)) > BEHIND:
                began = now - BEHIND - turn / (rate * len(flows))
            while turn < (now - began) * rate * len(flows):
                flows[turn % len(flows)].send()
                turn += 1
        elif end is None:
            end = now + PATIENCE
        for fileno, _ in poll.poll(0.002):
            flow = by_socket[fileno]
            try:
                while True:
                    astray += not flow.take(flow.into.recv(2048))
            except BlockingIOError:
                pass
    lost = sorted(flow.sent[i] for flow in flows for i in range(len(flow.sent)) if i not in flow.came)
    seconds = collections.Counter(time.strftime("%H:%M:%S", time.localtime(moment)) for moment in lost)
    print(
        json.dumps(
            {
                "sent": sum(len(flow.sent) for flow in flows),
                "lost": len(lost),
                "lostInTheFirst20s": sum(moment < start + QUIET for moment in lost),
                "lostMost": [f"{count} at {second}" for second, count in seconds.most_common(5)],
                "twice": sum(flow.twice for flow in flows),
                "astray": astray,
                "lostBetween": [time.strftime("%H:%M:%S", time.localtime(moment)) for moment in (lost[:1] + lost[-1:])],
                "vlinksThatLost": len({flow.number for flow in flows if len(flow.came) < len(flow.sent)}),
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
