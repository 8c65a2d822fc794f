"""One stage of a turn is one engine call: a request in, a stream of results out."""
