"""What is remembered from talk to talk: mistakes, facts, past sessions; and how it is used."""
