"""Tests of what makes a picture worse."""
