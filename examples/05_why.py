"""Why: the steps of an answer, and the least set of facts that it hangs on."""

import allocentric as allo

flat = allo.make("flat", seed=7)
answer = allo.ask(flat, 'exists(on(the("coffee table"))) and distance(the("sofa"), the("tv")) > 20')

print(answer)  # no
print(answer.explain())
for fact in answer.needed_facts():  # the false part alone: what lies on the table does not matter
    print(f"{fact.thing}: {fact.property}")
assert {fact.thing for fact in answer.needed_facts()} <= {"sofa", "tv"}

without = allo.forget(flat, flat.row("sofa"), "place")
unsure = allo.ask(without, "How far is the sofa from the tv?")
print(unsure)
assert unsure.undetermined is not None
