"""Both languages are complete."""

from scripts.translations import faults


def test_every_sentence_is_translated():
    assert list(faults()) == []
