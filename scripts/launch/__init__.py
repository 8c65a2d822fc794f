"""`make run`: from a checkout to a running server, step by step."""
