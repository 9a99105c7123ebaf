"""The spatial query language: vocabulary, parse, check, evaluate, explain; from English."""
