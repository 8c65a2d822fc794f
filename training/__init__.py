"""Making the product's own weights from rated speech. Never imported by the product."""
