"""Benchmarks: progress on stderr, one JSON object on stdout."""
