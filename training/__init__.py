"""Making what the product ships: weights from rated speech, heads from measured bodies. Never imported by it."""
