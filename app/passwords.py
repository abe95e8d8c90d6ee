"""Passwords, kept as argon2id hashes. Comparing takes as long for an account that does not exist."""

import base64
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# 32 MiB and two passes take about 50 ms on an office server: nothing for who signs in, much for who guesses.
_HASHER = PasswordHasher(time_cost=2, memory_cost=32 * 1024, parallelism=1)


def _unmatchable() -> str:
    """A well-formed hash of our parameters that no password has, made without paying for one."""
    salt, tag = (base64.b64encode(secrets.token_bytes(size)).rstrip(b"=").decode() for size in (16, 32))
    return f"$argon2id$v=19$m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}${salt}${tag}"


_NOBODYS = _unmatchable()


def hashed(password: str) -> str:
    """Return what is stored of a password."""
    return _HASHER.hash(password)


def matches(stored: str, password: str) -> bool:
    """Tell whether the password is the stored one. An empty `stored` matches nothing, in the same time."""
    try:
        return _HASHER.verify(stored or _NOBODYS, password)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Tell whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(stored)


def generated() -> str:
    """Return a password that a person can type once, of about 95 random bits."""
    return secrets.token_urlsafe(12)
