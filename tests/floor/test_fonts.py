from pathlib import Path

import pytest

from app import fonts


def test_set_up_brought_every_weight() -> None:
    assert fonts.missing_weights() == []


def test_every_basic_ideograph_is_covered() -> None:
    assert fonts.missing_characters("".join(map(chr, range(0x4E00, 0x9FA6)))) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", []),
        ("张三丰 Zhāng Sānfēng", []),
        ("𠮷田", ["𠮷"]),
        ("𡒉𠮷𡒉", ["𡒉", "𠮷"]),
        ("tab\tand\u200bzero width\ufe0f", []),
    ],
)
def test_missing_characters(text: str, missing: list[str]) -> None:
    assert fonts.missing_characters(text) == missing


def test_an_empty_or_absent_fallback_folder_changes_nothing(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        fonts.use_fallback_folder(folder)
        try:
            assert fonts.missing_characters("𠮷") == ["𠮷"]
        finally:
            fonts.use_fallback_folder(None)


def test_fontconfig_is_told_of_no_system_folder() -> None:
    told = fonts.fontconfig_file().read_text()
    assert told.count("<dir>") == 1
    assert str(fonts.SHIPPED_FOLDER.resolve()) in told
