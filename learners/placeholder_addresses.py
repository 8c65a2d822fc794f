"""Addresses of accounts that have none: people whom another system sent without one.

An account is known by an e-mail address, so these get one that cannot exist: mail to a
name below ``.invalid`` goes nowhere (RFC 2606), and nobody can claim it.
"""

from __future__ import annotations

from typing import Final
from uuid import uuid4

DOMAIN: Final = "no-address.invalid"


def placeholder_address() -> str:
    """Return an address for somebody who has none; no two are the same."""
    return f"{uuid4().hex}@{DOMAIN}"


def is_placeholder(address: str) -> bool:
    """Whether an address stands for none."""
    return address.lower().endswith(f"@{DOMAIN}")


def real_address(address: str) -> str | None:
    """Return an address that mail can reach, None where there is none."""
    return None if is_placeholder(address) else address
