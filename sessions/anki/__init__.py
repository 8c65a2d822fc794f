"""Cards to take along: a file that Anki reads, with the voice.

``package`` writes the file from plain values, ``making`` says the sounds and keeps what is
made, ``orders`` has one made, ``queue`` says where.
"""
