"""Looks for faults in courses that a schema cannot see: levels, answers, sounds, voices."""
