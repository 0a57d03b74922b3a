"""Whole notices of many shapes, written for these tests: every field that a sample states is read exactly."""

import json
from pathlib import Path

import pytest

from institutions.noticetext import read_notice

SAMPLES = sorted(Path(__file__).with_name("sample").glob("*.txt"))


def wanted(path):
    return json.loads(path.with_suffix("").with_suffix(".expected.json").read_text("utf-8"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_read_exactly(path):
    expected = wanted(path)
    read = read_notice(path.read_text("utf-8")).as_dict()
    entries = [
        {field: entry.get(field) for field in stated}
        for stated, entry in zip(expected["entries"], read["entries"], strict=True)
    ]
    assert entries == expected["entries"]
    assert {field: read[field] for field in expected if field != "entries"} == {
        field: value for field, value in expected.items() if field != "entries"
    }


def test_a_private_number_is_flagged_and_kept_out_of_the_entries():
    text = next(path for path in SAMPLES if path.stem == "private").read_text("utf-8")
    notice = read_notice(text)
    assert [(w.code, text[w.start : w.end]) for w in notice.warnings] == [
        ("mobile_number", "13800138000")
    ]
    assert "13800138000" not in json.dumps(notice.as_dict(), ensure_ascii=False)


def test_a_stated_number_that_differs_is_a_warning_with_both_numbers():
    text = next(path for path in SAMPLES if path.stem == "count-mismatch").read_text("utf-8")
    notice = read_notice(text)
    assert [w.message for w in notice.warnings] == ["文中写5家，名单读到4家，请核对。"]
    assert notice.stated_counts == {"狂犬病暴露处置门诊": 5}
