"""Decides what the tutor does next: plain rules over data, no model, no chance."""
