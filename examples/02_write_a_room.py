"""Write a room by hand, in Python or as JSON; keep it in one file that comes back bit for bit."""

import json
import tempfile
from pathlib import Path

import allocentric as allo

room = {
    "format": "boxes",
    "id": "study",
    "floor": [[0, 0], [5, 0], [5, 4], [0, 4]],
    "north_deg": 90,
    "complete": True,
    "things": [
        {"label": "desk", "center": [1, 3.5, 0.37], "size": [1.4, 0.7, 0.74]},
        {"label": "chair", "center": [1, 2.7, 0.45], "size": [0.5, 0.5, 0.9], "yaw_deg": 90, "front_deg": 0},
        {"label": "lamp", "center": [1.4, 3.6, 0.94], "size": [0.2, 0.2, 0.4]},
    ],
}

with tempfile.TemporaryDirectory() as folder:
    by_hand = Path(folder) / "study.json"
    by_hand.write_text(json.dumps(room))
    study = allo.read(by_hand)
    for line in study.source.notes:
        print("detected:", line)

    kept = Path(folder) / "study.allo.json"
    allo.write(study, kept)
    assert (allo.read(kept).centers == study.centers).all()

print(allo.ask(study, "What is on the desk?"))  # lamp
print(allo.ask(study, "Is the chair facing the desk?"))  # yes
print(allo.ask(study, 'direction(the("lamp"), north(at=the("chair")), sectors="compass8")'))

in_python = allo.scene_of("two", [allo.Thing(label="sofa"), allo.Thing(label="tv", center=(3, 4, 0))])
print(allo.ask(in_python, "How far is the sofa from the tv?"))  # 5 m
assert allo.ask(in_python, "How far is the sofa from the tv?").value == 5
