"""Truth: pure functions on a scene, one file per kind of question. A function may decline."""
