"""The auditor: whether a set of questions tells the truth about its scenes, and what it gives away."""
