"""Hashes: made with today's parameters, compared in the same time for nobody."""

from argon2 import PasswordHasher

from app import passwords


def test_a_hash_matches_its_password_only():
    stored = passwords.hashed("a green door")
    assert passwords.matches(stored, "a green door")
    assert not passwords.matches(stored, "a red door")
    assert stored.startswith("$argon2id$")
    assert not passwords.is_outdated(stored)


def test_nobody_has_a_hash_of_todays_price():
    assert not passwords.is_outdated(passwords._NOBODYS)
    assert not passwords.matches("", "")
    assert not passwords.matches("no hash at all", "x")


def test_an_old_hash_is_told():
    assert passwords.is_outdated(PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("x"))
