"""Many questions of one scene in one call; a question that cannot be read is a row with its error."""

import allocentric as allo

flat = allo.make("flat", seed=7)
questions: list[str | allo.Asked] = [
    "How many chairs are there?",
    allo.Asked("Which is closer to the sofa, the bed or the fridge?", ("A. bed", "B. fridge")),
    "Is the weather nice?",
    'extent(the("bed"), along="longest")',
]
rows = allo.ask_all(flat, questions)
for row in rows:
    print(row.to_json().get("text") or row.to_json()["error"]["what"])
assert isinstance(rows[1], allo.Answer)
assert rows[1].option == "A"
assert isinstance(rows[2], allo.Failure)
