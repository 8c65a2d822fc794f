"""Everything that is kept of a learner in one archive.

``rows`` reads the tables as plain values, ``sounds`` finds the recordings, ``page`` writes
the page that people read, ``archive`` packs it all, ``orders`` has one made and ``queue``
says where.
"""
