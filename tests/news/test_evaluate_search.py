"""`manage.py evaluate_search`: a line for each query, recall and nDCG at the end; and the demonstration's words."""

import json

import pytest
from django.core.management import CommandError, call_command

from news.demo import words

DOCUMENTS = [
    {"id": "d1", "title": "明日停止供暖", "deck": "", "date": "2020-03-14", "body": "供暖期结束。"},
    {"id": "d2", "title": "新增定点", "date": "", "body": "郑州大学第五附属医院新增。"},
]
QUERIES = [
    {"id": "q1", "query": "什么时候停暖", "relevant": {"d1": 2}},
    {"id": "q2", "query": "郑大五附院", "relevant": {"d2": 2}},
    {"id": "q3", "query": "没有的词", "relevant": {"d1": 1}},
]


@pytest.fixture
def files(tmp_path):
    documents, queries, distractors = (tmp_path / name for name in ("d.jsonl", "q.json", "x.tsv"))
    lines = [json.dumps(row, ensure_ascii=False) for row in DOCUMENTS]
    documents.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    queries.write_text(json.dumps(QUERIES), encoding="utf-8-sig")
    distractors.write_text('x1\tstocks\t停暖"概念股\n', encoding="utf-8")
    return documents, queries, distractors


@pytest.mark.django_db
def test_each_query_has_its_line(files, capsys):
    documents, queries, _ = files
    call_command("evaluate_search", documents, queries)
    assert capsys.readouterr().out.splitlines() == [
        "q1\trecall 1.000\tnDCG 1.000\t什么时候停暖\td1",
        "q2\trecall 1.000\tnDCG 1.000\t郑大五附院\td2",
        "q3\trecall 0.000\tnDCG 0.000\t没有的词\t无结果",
        "recall@10 0.667",
        "nDCG@10 0.667",
    ]


@pytest.mark.django_db
def test_headlines_distract(files, capsys):
    documents, queries, distractors = files
    call_command("evaluate_search", documents, queries, distractors=distractors)
    assert capsys.readouterr().out.splitlines()[0] == (
        "q1\trecall 1.000\tnDCG 0.631\t什么时候停暖\tx1 d1"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [(None, "读不了文件"), ("{", "文件内容不合要求"), ('[{"id": 1}]', "文件内容不合要求")],
)
@pytest.mark.django_db
def test_a_wrong_file_is_named_in_chinese(files, text, message):
    documents, queries, _ = files
    if text is None:
        queries.unlink()
    else:
        queries.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=message):
        call_command("evaluate_search", documents, queries)


def test_the_demonstrations_words():
    vocabulary = words.vocabulary()
    assert "郑州大学第五附属医院" in vocabulary.others("郑大五附院")
    assert vocabulary.others("郑州") == ["郑州市"]
    assert "供热" in vocabulary.others("供暖")
    assert "李娜" in vocabulary.names
    assert "停暖" not in vocabulary.names
