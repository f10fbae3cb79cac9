"""Files that people hand in: cleaned names, and only what their names say."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.grading.answers import InvalidAnswer
from bilik.grading.uploads import LONGEST_NAME, SUFFIXES, clean_name, described, taken

ALL = sorted(SUFFIXES)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("rain.py", "rain.py"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\work\\yağış.csv", "yağış.csv"),
        ("a<b>:c.py", "a_b__c.py"),
        ("harmless\u202eyp.exe.py", "harmless_yp.exe.py"),
        ("..", "file"),
        ("", "file"),
    ],
)
def test_names_are_cleaned(name, clean):
    assert clean_name(name) == clean


@given(st.text())
def test_a_cleaned_name_is_clean(name):
    clean = clean_name(name)
    assert 0 < len(clean) <= LONGEST_NAME + 21
    assert not set(clean) & set('/\\<>:"|?*\x00\n')


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("virus.exe", b"MZ", "invalid.file_kind"),
        ("none", b"x", "invalid.file_kind"),
        ("a.py", b"", "invalid.file_empty"),
        ("a.csv", b"a" * 1_000_001, "invalid.file_large"),
        ("a.png", b"GIF89a", "invalid.file_not_so"),
        ("a.py", b"\x00\x01", "invalid.file_not_so"),
        ("a.py", "print('ə')".encode("utf-16"), "invalid.file_not_so"),
        ("a.ipynb", b"not json", "invalid.file_not_so"),
        ("a.ipynb", b"[" * 100_000, "invalid.file_not_so"),
    ],
)
def test_what_is_not_what_it_says_is_refused(name, content, code):
    with pytest.raises(InvalidAnswer) as error:
        taken(name, content, suffixes=ALL, max_mb=1)
    assert error.value.feedback.code == code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.py", b"print(1)"),
        ("a.PNG", b"\x89PNG\r\n\x1a\n..."),
        ("a.ipynb", b'{"cells": []}'),
        ("a.zip", b"PK\x03\x04"),
    ],
)
def test_what_is_what_it_says_is_taken_and_described(name, content):
    upload = taken(name, content, suffixes=ALL, max_mb=1)
    assert described(upload.description()) == json.loads(upload.description())
    assert described(upload.description())["size"] == len(content)


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_anything_else_is_no_description(item):
    with pytest.raises(InvalidAnswer):
        described(item)
