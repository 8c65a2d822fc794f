"""Secrets of invitations: tokens for links, and codes that people read out and type."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

# Without what looks or sounds alike: B 8, I 1 L, O 0, S 5, Z 2, and no U beside V.
ALPHABET: Final = "ACDEFGHJKMNPQRTVWXY34679"
CODE_CHARS: Final = 8


def new_token() -> str:
    """Return a secret for a link."""
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    """Return what is stored of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    """Return a code, as it is stored."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_CHARS))


def shown_code(code: str) -> str:
    """Return a code as it is read out: in two halves."""
    half = CODE_CHARS // 2
    return f"{code[:half]}-{code[half:]}"


def typed_code(typed: str) -> str:
    """Return a code as it is stored from what somebody typed; empty if it is none."""
    code = "".join(char for char in typed.upper() if char not in " -–—\u00a0\t.")
    fits = len(code) == CODE_CHARS and set(code) <= set(ALPHABET)
    return code if fits else ""
