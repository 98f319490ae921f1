"""Lights and buttons for a coach on a shelf: starts `coach listen`, shows what it does, and types what is pressed.

    python lights.py /path/to/coach

Events come through a Unix socket of your own, orders go in as typed lines. gpiozero: sudo apt install python3-gpiozero
"""

import json
import os
import socket
import subprocess
import sys
import tempfile

from gpiozero import LED, Button

LISTENING, WORKING, PAUSED = LED(17), LED(27), LED(22)
BUTTONS = {5: "hey coach", 6: "ready", 13: "pause", 19: "resume", 26: "easier"}
LIT = {
    "waiting": (),
    "woken": (LISTENING,),
    "set_started": (WORKING,),
    "set_finished": (LISTENING,),
    "paused": (PAUSED,),
    "resumed": (WORKING,),
    "session_finished": (LISTENING,),
}

with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
    path = os.path.join(folder, "events")
    server.bind(path)
    server.listen()
    command = [sys.argv[1], "listen", "--plain", "--captions", "off", "--events", path]
    coach = subprocess.Popen(command, stdin=subprocess.PIPE, text=True)
    buttons = {pin: Button(pin) for pin in BUTTONS}
    for pin, words in BUTTONS.items():
        buttons[pin].when_pressed = lambda words=words: print(words, file=coach.stdin, flush=True)
    for line in server.accept()[0].makefile():
        event = json.loads(line)["event"]
        if event in LIT:
            for light in (LISTENING, WORKING, PAUSED):
                light.value = light in LIT[event]
