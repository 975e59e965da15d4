"""Floods: flood_frames.py INTERFACE DESTINATION-MAC BYTES MBIT-PER-SECOND SECONDS; frames of that size, evenly spread. Frames missed while the processor was busy are not sent in one burst."""

import socket
import sys
import time

TICK = 0.001
BURST = 0.02

interface, destination = sys.argv[1], bytes.fromhex(sys.argv[2].replace(":", ""))
size, rate, seconds = int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5])
raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
raw.bind((interface, 0))
source = raw.getsockname()[4]
frame = (destination + source + bytes.fromhex("88b5")).ljust(size, b"\0")
per_second = rate * 1e6 / (8 * size)
began = time.monotonic()
sent = 0
while (now := time.monotonic()) < began + seconds:
    sent = max(sent, int((now - began - BURST) * per_second))
    while sent < (now - began) * per_second:
        try:
            raw.send(frame)
        except OSError:
            pass  # its own queue is full: enough is being sent
        sent += 1
    time.sleep(TICK)
print(sent)
