"""Learning events as xAPI statements (1.0.3): ``events`` reads them, ``statements`` words them."""
