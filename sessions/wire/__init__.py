"""The wire protocol, version 1: see ``docs/wire_protocol.md``. Plain Python."""
