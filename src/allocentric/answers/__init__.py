"""Kinds of answer and how they are scored; named official variants."""
