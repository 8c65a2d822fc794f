"""Whether new migrations can run while the site is used, on PostgreSQL.

Two versions of the site work on the database while it is upgraded, and learners talk. So a
migration may neither keep a table locked for long nor take away what the old version needs.
``statements`` writes a migration's SQL without a database, ``judging`` has squawk read it.
docs/developing.md has the rules in words.
"""
