import fnmatch
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.names import (
    SEARCH_KEY_LENGTH,
    SORT_KEY_LENGTH,
    company_key,
    latin,
    search_key,
    search_patterns,
    sort_key,
    syllables,
)


def finds(query: str, key: str) -> bool:
    """What the database does with LIKE and AND."""
    return all(fnmatch.fnmatchcase(key, pattern.replace("%", "*")) for pattern in search_patterns(query))


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("张三", "Zhang San"),
        ("欧阳晓明", "Ouyang Xiaoming"),
        ("司马光", "Sima Guang"),
        ("尉迟恭", "Yuchi Gong"),
        ("万俟卨", "Moqi Xie"),
        ("长孙无忌", "Zhangsun Wuji"),
        ("单田芳", "Shan Tianfang"),
        ("曾国藩", "Zeng Guofan"),
        ("仇英", "Qiu Ying"),
        ("区少芳", "Ou Shaofang"),
        ("解晓东", "Xie Xiaodong"),
        ("查良镛", "Zha Liangyong"),
        ("盖叫天", "Ge Jiaotian"),
        ("任正非", "Ren Zhengfei"),
        ("朴树", "Piao Shu"),
        ("乐嘉", "Yue Jia"),
        ("覃海洋", "Qin Haiyang"),
        ("翟志刚", "Zhai Zhigang"),
        ("缪建民", "Miao Jianmin"),
        ("冼星海", "Xian Xinghai"),
        ("折可适", "She Keshi"),
        ("种师道", "Chong Shidao"),
        ("秘书宜", "Bi Shuyi"),
        ("员半千", "Yun Banqian"),
        ("黑广荣", "He Guangrong"),
        ("召存信", "Shao Cunxin"),
        ("葛优", "Ge You"),
        ("吕布", "Lü Bu"),
        ("李长安", "Li Chang'an"),
        ("王重阳", "Wang Chongyang"),
        ("李晟", "Li Sheng"),
        ("王", "Wang"),
        ("买买提·艾力", "Maimaiti Aili"),
        ("阿不都热依木", "Abudureyimu"),
        ("Amy陈", "Amy Chen"),
        ("John  Smith", "John Smith"),
        ("张三（Sam）", "Zhang San (Sam)"),
        ("李𠮷", "Li 𠮷"),
        ("", ""),
    ],
)
def test_latin(name: str, spelled: str) -> None:
    assert latin(name) == spelled


@pytest.mark.parametrize(
    ("word", "pinyin"),
    [
        ("重庆", "chong qing"),
        ("成都", "cheng du"),
        ("长沙", "chang sha"),
        ("厦门", "xia men"),
        ("六安", "lu an"),
        ("银行", "yin hang"),
        ("音乐", "yin yue"),
        ("空调", "kong tiao"),
        ("东阿阿胶", "dong e e jiao"),
    ],
)
def test_words_of_company_names(word: str, pinyin: str) -> None:
    assert [syllable.rstrip("12345") for syllable in syllables(word)] == pinyin.split()


def test_the_character_table_is_the_one_pypinyin_answers_with() -> None:
    """The table is read past pypinyin's own door; here its door is used, in a process that may pay for it."""
    script = (
        "from pypinyin import lazy_pinyin, Style\n"
        "from app.names import _reading; from app.surnames import CHARACTERS\n"
        "wrong = [c for c in map(chr, range(0x4e00, 0x9fa6)) if c not in CHARACTERS\n"
        "  and _reading(c).rstrip('5') != lazy_pinyin(c, style=Style.TONE3)[0].replace('\\u00ea', 'e')]\n"
        "print(len(wrong), wrong[:20])"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.split()[0] == "0", answer.stdout


def test_importing_names_loads_no_dictionary() -> None:
    script = "import sys, app.names; print('pypinyin' in sys.modules, app.names._dictionary.cache_info().currsize)"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["False", "0"]


QUERIES = """
    zs, zhangs, zhangsan, zhang san, Zhang San, zsan, san, 张三, 三, 张san, 5678, 1381234, 138 1234 5678,
    138-1234-5678, +86 138 1234 5678, ８６１３８１２３４５６７８, 永发, yongfa, yfsm, 张三 永发, yf 5678,
    上海永发商贸有限公司"""


@pytest.mark.parametrize("query", [query.strip() for query in QUERIES.split(",")])
def test_found_by(query: str) -> None:
    assert finds(query, search_key("张三", "上海永发商贸有限公司", "+8613812345678"))


@pytest.mark.parametrize("query", ["an", "hang", "lisi", "zsf", "9999", "李", "ongfa", "zs 9999", "zss"])
def test_not_found_by(query: str) -> None:
    assert not finds(query, search_key("张三", "上海永发商贸有限公司", "+8613812345678"))


def test_surnames_with_two_readings_are_found_by_both() -> None:
    key = search_key("覃海洋")
    assert finds("qinhai", key)
    assert finds("tanhai", key)
    assert finds("qhy", key)
    assert finds("thy", key)


@pytest.mark.parametrize("query", ["lvbu", "lübu", "lyubu", "lubu", "LÜ BU", "lb"])
def test_u_with_dots_is_found_however_typed(query: str) -> None:
    assert finds(query, search_key("吕布"))


def test_a_query_of_nothing_but_signs_is_no_search() -> None:
    assert search_patterns(" %_- ") == []


def test_mixed_names() -> None:
    key = search_key("John Smith", "TCL集团股份有限公司", "+85291234567")
    assert all(finds(query, key) for query in ("john", "smith", "johns", "js", "tcl", "tcl jt", "TCL集团", "4567"))


def test_order_is_that_of_an_address_book() -> None:
    names = ["章安", "张三", "张安", "李四", "梁北", "欧阳锋", "安宁", "Zoe", "单雄", "张", "曾一"]
    ordered = ["安宁", "李四", "梁北", "欧阳锋", "单雄", "曾一", "张", "张安", "张三", "章安", "Zoe"]
    assert sorted(names, key=sort_key) == ordered


@given(st.text(max_size=150), st.text(max_size=300), st.text(max_size=30))
def test_any_text_has_keys_that_fit_their_columns(name: str, company: str, phone: str) -> None:
    key = search_key(name, company, phone)
    assert len(key) <= SEARCH_KEY_LENGTH
    assert key == key.lower()
    assert len(sort_key(name)) <= SORT_KEY_LENGTH
    assert sort_key(name).isascii()
    latin(name)
    for pattern in search_patterns(name):
        assert not set(pattern.strip("%")) & set("%_\\")


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4))
def test_every_chinese_name_is_found_by_itself_its_pinyin_and_its_beginnings(name: str) -> None:
    key = search_key(name, "", "+8613812345678")
    assert finds(name, key)
    spelled = latin(name)
    assert finds(spelled, key)
    assert finds(spelled[:2], key)


@pytest.mark.parametrize(
    "written",
    [
        "杭州永发商贸有限公司",
        "杭州永发（商贸）有限责任公司",
        "杭州 永发商贸股份有限公司",
        "杭州永发商贸",
        "杭州永发商贸（个体工商户）",
    ],
)
def test_one_company_however_written(written: str) -> None:
    assert company_key(written) == "杭州永发商贸"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Yongfa Trading Co., Ltd.", "yongfatrading"),
        ("ＹＯＮＧＦＡ Trading Company Limited", "yongfatrading"),
        ("Costco", "costco"),
        ("永发宁波分公司", "永发宁波分公司"),
        ("有限公司", "有限公司"),
        ("——", ""),
        ("", ""),
    ],
)
def test_company_keys(written: str, key: str) -> None:
    assert company_key(written) == key
