"""The vocabulary as tool cards for a language model, and a tool call turned back into a program."""

import json

import allocentric as allo

flat = allo.make("flat", seed=7)
cards = allo.cards("openai")
print(len(cards), "tools")
print(json.dumps(cards[-2], indent=1)[:400], "...")

program = allo.program_of("distance", {"place": "sofa", "to": "tv"})
print(program)
print(allo.ask(flat, program))
assert program == 'distance(the("sofa"), the("tv"))'
