"""Finding the key in what a stranger sent takes no longer for bytes that were made to take long."""

import time

import pytest

from contacts.open311.key import _FIELD, LOOKED_AT


@pytest.mark.parametrize(
    "part", [b"name=api_key", b"name=api_key\r\nx", b"name=api_key\r\n", b"x\r\n", b"name=api_key\r"]
)
def test_no_bytes_take_long_to_search(part: bytes) -> None:
    begun = time.process_time()
    assert _FIELD.search((part * LOOKED_AT)[:LOOKED_AT]) is None
    assert time.process_time() - begun < 0.5


def test_the_key_is_found_with_and_without_more_lines_in_its_head() -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="api_key"\r\n'
    for more in (b"", b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"):
        found = _FIELD.search(head + more + b"\r\nsleutel-1\r\n--b--")
        assert found is not None
        assert found[1] == b"sleutel-1"
