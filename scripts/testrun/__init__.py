"""`make test`: services of its own, then every set of tests, then a summary."""
