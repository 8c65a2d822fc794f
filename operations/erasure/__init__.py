"""Erasing an account: rows, files and copies.

``requests`` takes the wish and waits, ``erasing`` does it, ``steps`` deletes what no foreign
key leads to, ``residue`` looks for what is left, ``ledger`` remembers it outside of the
database and ``again`` erases whom a restored backup brings back.
"""
