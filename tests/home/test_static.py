"""Browsers keep our own files: else each page would ask for some thirty of them again."""

from pathlib import Path

import pytest

from tests.conftest import make_app


@pytest.mark.parametrize(
    ("address", "seconds"), [("/static/css/base.css?v=1", 31_536_000), ("/static/css/base.css", 3600)]
)
def test_browsers_keep_static_files_without_asking_again(tmp_path: Path, address: str, seconds: int) -> None:
    answer = make_app(tmp_path).test_client().get(address)
    assert answer.status_code == 200
    assert answer.cache_control.max_age == seconds
    assert not answer.cache_control.no_cache
    answer.close()
