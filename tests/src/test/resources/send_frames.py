"""Sends raw Ethernet frames: send_frames.py INTERFACE COUNT INTERVAL-SECONDS HEX [HEX...]; sends all frames COUNT times."""

import socket
import sys
import time

interface, count, interval = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
frames = [bytes.fromhex(text) for text in sys.argv[4:]]
raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
raw.bind((interface, 0))
due = time.monotonic()
for _ in range(count):
    for frame in frames:
        raw.send(frame)
    due += interval
    time.sleep(max(0.0, due - time.monotonic()))
