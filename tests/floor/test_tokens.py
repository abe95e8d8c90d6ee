"""Codes and links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tokens import ALPHABET, CODE_LENGTH, new_badge_code, new_link_token, read_badge_code


def test_a_fresh_code_reads_back():
    code = new_badge_code()
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(ALPHABET)
    assert read_badge_code(code) == code


@pytest.mark.parametrize(
    "written",
    ["{}", " {} ", "https://example.com/B/{}", "HTTPS://EXAMPLE.COM/B/{}", "https://example.com/b/{}/", "{}\r\n"],
)
def test_what_scanners_and_people_give(written):
    code = new_badge_code()
    assert read_badge_code(written.format(code)) == code
    assert read_badge_code(written.format(code).lower()) == code


def test_full_width_dashes_and_confused_letters():
    code = new_badge_code()
    wide = "".join(chr(ord(character) + 0xFEE0) for character in code)
    assert read_badge_code(wide) == code
    assert read_badge_code(f"{code[:3]}-{code[3:6]} {code[6:]}") == code
    assert read_badge_code(code.replace("0", "O").replace("1", "l")) == code


@given(st.integers(0, CODE_LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(place, other):
    code = "0123456789"[:0] + new_badge_code()
    wrong = code[:place] + other + code[place + 1 :]
    if wrong != code and place < CODE_LENGTH - 1:
        # The weights are below 31, so two characters are mistaken for one another only when they differ by 31.
        assert read_badge_code(wrong) in (None, wrong)
        if (ALPHABET.index(other) - ALPHABET.index(code[place])) % 31:
            assert read_badge_code(wrong) is None


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text):
    found = read_badge_code(text)
    assert found is None or len(found) == CODE_LENGTH


@pytest.mark.parametrize("address", ["https://example.com/r/{}", "https://example.com/B/x/{}", "/{}", "B/{}/more/x"])
def test_other_addresses_are_no_badges(address):
    assert read_badge_code(address.format(new_badge_code())) is None


def test_links_are_long_and_different():
    links = {new_link_token() for _ in range(50)}
    assert len(links) == 50
    assert min(map(len, links)) >= 26
