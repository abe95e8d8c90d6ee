"""Names of people and companies as they are searched, ordered and spelled in Latin letters.

The readings come from pypinyin's character table. Importing pypinyin itself would parse its phrase book too,
which costs a quarter of a second and 58 MB in every process, so its table is read as the data file it is, and
only when the first Chinese name turns up. A test compares the result with pypinyin's own answers.
"""

import json
import re
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from app.phones import national
from app.surnames import CHARACTERS, COMPOUND, SINGLE, WORDS

HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
PIECES = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
HAN_RUN = re.compile(rf"[{HAN}]+")
# "公司" of a branch (分公司) tells it from its parent and stays.
LEGAL_FORM = re.compile(
    r"(?:(?:股份|有限|责任|无限|总)*(?<!分)公司|\(?(?:特殊)?(?:普通|有限)合伙\)?|\(?个体(?:工商户)?\)?)$"
)
ENGLISH_FORMS = frozenset(
    ("co", "company", "corp", "corporation", "gmbh", "inc", "limited", "llc", "llp", "ltd", "plc", "pte", "pty")
)
TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
LONGEST_PERSON = 4
LONGEST_WORD = max(map(len, WORDS))
WORD_STARTS = frozenset(word[0] for word in WORDS)
# Enough for every real company name; it bounds the key of an absurd one.
MOST_SYLLABLES = 12
# The width of the columns that hold the keys.
SEARCH_KEY_LENGTH = 400
SORT_KEY_LENGTH = 120
COMPANY_KEY_LENGTH = 120


# --- Readings ---------------------------------------------------------------------------------------------


@cache
def _dictionary() -> dict[str, str]:
    spec = find_spec("pypinyin")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("pypinyin is not installed; run make again.")
    table = Path(spec.submodule_search_locations[0]) / "pinyin_dict.json"
    readings: dict[str, str] = json.loads(table.read_text(encoding="utf-8"))
    return readings


@lru_cache(maxsize=8192)
def _reading(character: str) -> str:
    """One syllable with its tone as a digit ("zhang1"), or the character itself when nobody knows it."""
    if character in CHARACTERS:
        return CHARACTERS[character][0]
    marked = _dictionary().get(str(ord(character)))
    if marked is None:
        return character
    letters = unicodedata.normalize("NFD", marked.partition(",")[0])
    tone = next((TONES[mark] for mark in letters if mark in TONES), "5")
    plain = unicodedata.normalize("NFC", "".join(mark for mark in letters if mark not in TONES))
    return plain.replace("ü", "v").replace("ê", "e") + tone


def syllables(han: str) -> list[str]:
    """The reading of each character of a run of Chinese, known words first."""
    found: list[str] = []
    at = 0
    while at < len(han):
        if han[at] in WORD_STARTS:
            for length in range(min(LONGEST_WORD, len(han) - at), 1, -1):
                word = WORDS.get(han[at : at + length])
                if word:
                    found.extend(word)
                    at += length
                    break
            else:
                found.append(_reading(han[at]))
                at += 1
        else:
            found.append(_reading(han[at]))
            at += 1
    return found


def _surname_length(han: str) -> int:
    return 2 if han[:2] in COMPOUND else 1


def _person(han: str) -> tuple[list[str], list[str]]:
    """Readings of surname and given name. A long name (a Uyghur one, say) has no Chinese surname."""
    if len(han) > LONGEST_PERSON:
        return [], syllables(han)
    cut = _surname_length(han)
    surname, given = han[:cut], han[cut:]
    if cut == 2:
        return list(COMPOUND[surname]), syllables(given)
    return [SINGLE[surname][0] if surname in SINGLE else _reading(surname)], syllables(given)


def _toneless(syllable: str) -> str:
    return syllable.rstrip("12345") if syllable.isascii() else syllable


def _is_person(text: str, run: re.Match[str]) -> bool:
    """A run between dots ("买买提·艾力") is a transcription, not surname and given name."""
    return not ("·" in text or "・" in text or "•" in text) and run.end() - run.start() <= LONGEST_PERSON


# --- Spelling and order -----------------------------------------------------------------------------------


def latin(name: str) -> str:
    """The name in Latin letters as a badge shows it: "张三" is "Zhang San", "欧阳晓明" "Ouyang Xiaoming".

    Follows GB/T 28039: a compound surname in one word, the given name in one word, an apostrophe before a
    syllable that begins with a, e or o ("Li Chang'an"). Latin letters in the name stay as they are.
    """
    text = unicodedata.normalize("NFKC", name)

    def spell(run: re.Match[str]) -> str:
        if _is_person(text, run):
            words = " ".join(filter(None, map(_word, _person(run[0]))))
        else:
            words = _word(syllables(run[0]))
        before = " " if run.start() and text[run.start() - 1].isalnum() else ""
        after = " " if run.end() < len(text) and text[run.end()].isalnum() else ""
        return before + words + after

    spelled = re.sub("[·・•]", " ", HAN_RUN.sub(spell, text)).replace("(", " (")
    return " ".join(spelled.split())


def latin_place(name: str) -> str:
    """The name of a place in Latin letters, each run of Chinese as one word: "六安" is "Lu'an"."""
    spelled = HAN_RUN.sub(lambda run: f" {_word(syllables(run[0]))} ", unicodedata.normalize("NFKC", name))
    return " ".join(spelled.split())


def _word(readings: list[str]) -> str:
    word = ""
    for reading in readings:
        syllable = _toneless(reading)
        syllable = "ü".join(syllable.split("v")) if syllable.isascii() else syllable
        word += f"'{syllable}" if word and syllable[0] in "aeo" else syllable
    return word[:1].upper() + word[1:]


def sort_key(name: str) -> str:
    """A plain ASCII key that orders names as a Chinese address book does, under any database's collation.

    Character by character: by syllable, then tone, then the character itself, so that all of one
    surname stand together. Latin names take their place among the syllables.
    """
    text = unicodedata.normalize("NFKC", name).lower()
    parts: list[str] = []
    for piece in PIECES.finditer(text):
        run = piece[0]
        if HAN_RUN.fullmatch(run) is None:
            parts.append(run if run.isascii() else "".join(f"{ord(letter):05x}" for letter in run))
            continue
        surname, given = _person(run) if _is_person(text, piece) else ([], syllables(run))
        for character, reading in zip(run, surname + given, strict=True):
            parts.append(f"{reading if reading.isascii() else 'zzz9'}{ord(character):05x}")
    return "0".join(parts)[:SORT_KEY_LENGTH]


# --- Search -----------------------------------------------------------------------------------------------


def search_key(name: str, company: str = "", *phones: str) -> str:
    """What is stored beside a record so that one LIKE per term of `search_patterns` finds it.

    Holds, each after a blank: the texts themselves, the pinyin and the initials from every syllable on, and
    the phones' digits. A letter term matches where a syllable begins, so "an" does not find every "Zhang".
    """
    tokens: dict[str, None] = {}
    for text in (name, company):
        plain = "".join(PIECES.findall(unicodedata.normalize("NFKC", text).lower()))
        if plain:
            tokens[plain] = None
    for readings in _name_readings(name):
        tokens.update(dict.fromkeys(_tokens(readings)))
        tokens.update(dict.fromkeys(_mixed_tokens(readings)))
    for phone in phones:
        digits = "".join(filter(str.isdigit, national(unicodedata.normalize("NFKC", phone))))
        if digits:
            tokens[digits] = None
    tokens.update(dict.fromkeys(_tokens(_company_readings(company))))
    key = " " + " ".join(tokens) + " "
    if len(key) <= SEARCH_KEY_LENGTH:
        return key
    return key[: key.rindex(" ", 0, SEARCH_KEY_LENGTH) + 1]


def company_key(company: str) -> str:
    """The name without legal form, brackets, blanks, punctuation and width, by which a company is known again.

    "杭州永发商贸有限公司", "杭州永发（商贸）" and "杭州 永发商贸公司" are one. Empty only for a name without a letter.
    """
    return "".join(_distinctive(company))[:COMPANY_KEY_LENGTH]


def _distinctive(company: str) -> list[str]:
    """The runs of Chinese, letters and digits in a company's name, less its legal form."""
    text = unicodedata.normalize("NFKC", company).lower().strip()
    words = PIECES.findall(LEGAL_FORM.sub("", text)) or PIECES.findall(text)
    while len(words) > 1 and words[-1] in ENGLISH_FORMS:
        words.pop()
    return words


def _name_readings(name: str) -> list[list[str]]:
    """Every way the name may be typed: other readings of the surname, and u or yu for ü."""
    text = unicodedata.normalize("NFKC", name).lower()
    first: list[str] = []
    others: list[list[str]] = []
    for piece in PIECES.finditer(text):
        run = piece[0]
        if HAN_RUN.fullmatch(run) is None:
            first.append(run)
            continue
        surname, given = _person(run) if _is_person(text, piece) else ([], syllables(run))
        if not first and len(surname) == 1 and run[0] in SINGLE:
            rest = [_toneless(syllable) for syllable in given]
            others.extend([_toneless(reading), *rest] for reading in SINGLE[run[0]][1:])
        first.extend(_toneless(syllable) for syllable in (*surname, *given))
    ways = [first, *others]
    for spelling in ("u", "yu"):
        ways.extend(
            [part[:-1] + spelling if part in ("lv", "nv") else part for part in way]
            for way in (first, *others)
            if "lv" in way or "nv" in way
        )
    return ways


def _company_readings(company: str) -> list[str]:
    readings: list[str] = []
    for run in _distinctive(company):
        if HAN_RUN.fullmatch(run):
            readings.extend(_toneless(syllable) for syllable in syllables(run))
        else:
            readings.append(run)
    return readings[:MOST_SYLLABLES]


def _tokens(readings: list[str]) -> list[str]:
    initials = "".join(reading[0] for reading in readings)
    full = ["".join(readings[start:]) for start in range(len(readings))]
    # A single letter needs no entry of its own: the full pinyin from there on begins with it.
    return full + [initials[start:] for start in range(len(initials) - 1)]


def _mixed_tokens(readings: list[str]) -> list[str]:
    """ "zhangxm" and "zxiaoming", as input methods have taught people to type."""
    if not 2 <= len(readings) <= LONGEST_PERSON:
        return []
    surname, *given = readings
    return [surname + "".join(part[0] for part in given), surname[0] + "".join(given)]


def search_patterns(query: str) -> list[str]:
    """LIKE patterns, all of which must match the key. An empty list stands for no search at all.

    Only letters and digits get in, so the patterns need no ESCAPE.
    """
    text = unicodedata.normalize("NFKC", query).lower().replace("ü", "v")
    text = re.sub(r"\+?86[\s-]*(?=1[3-9])", " ", text)
    text = re.sub(r"(?<=\d)[\s-]+(?=\d)", " ", text).replace("'", "").replace("’", "")
    patterns: list[str] = []
    for piece in PIECES.findall(text):
        for term in re.findall(r"\d+|[^\d]+", piece):
            inside = term.isdigit() or HAN_RUN.match(term)
            patterns.append(f"%{term}%" if inside else f"% {term}%")
    return patterns
