"""Erasing an account: rows, files and copies.

``requests`` takes the wish and waits, ``erasing`` does it, ``steps`` deletes what no foreign
key leads to, ``residue`` looks for what is left.
"""
