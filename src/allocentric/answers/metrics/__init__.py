"""Metrics: one idea a file, listed here."""
