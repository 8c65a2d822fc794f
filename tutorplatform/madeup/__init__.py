"""A school of made-up people for trials and measurements.

Nobody in it exists, nobody said any of it, and no model judged it: all is drawn by chance,
the same each time, from what is hard for speakers of each first language. Everything of
it is marked: addresses end in ``made-up.invalid``, engines are called ``made-up``.
"""
