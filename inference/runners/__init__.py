"""Where a stage runs: in this process, or elsewhere."""
