"""Why an answer is right, in words that can be checked: steps, a scene graph, depths, calls of tools."""
