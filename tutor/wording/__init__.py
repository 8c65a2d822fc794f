"""How a chosen move becomes words: prompts for a model, and templates where none may speak."""
