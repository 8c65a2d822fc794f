"""Pronunciations of single words: the English dictionary, and rules of each language."""
