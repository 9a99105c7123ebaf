"""Ask a furnished flat: the answer, by how much it is clear, what it hangs on, and its picture."""

import tempfile
from pathlib import Path

import allocentric as allo

flat = allo.make("flat", seed=7)

answer = allo.ask(
    flat, "If I am standing by the sofa and facing the tv, is the bed to my left, right, or back?"
)
print(answer.text)  # right
assert answer.program is not None
print(answer.program.text)
assert answer.margin is not None
print(f"{answer.margin.clear:.1f} times what counts as clear")
for fact in answer.result.evidence:
    print(f"{fact.thing}: {fact.property} {fact.value}")

with tempfile.TemporaryDirectory() as folder:
    picture = Path(folder) / "proof.png"
    answer.save_picture(picture)
    print(f"{picture.name}: {picture.stat().st_size} bytes")
assert answer.value == "right"
