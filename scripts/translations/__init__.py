"""The texts of the interface in other languages: collects them, compiles them, checks them.

``python -m scripts.translations update`` collects, ``compile`` makes what Django reads, and
``check`` tells what is missing. Everything is done by Babel: no gettext programs are needed.
"""
