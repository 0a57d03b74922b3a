"""Recall and nDCG of the first ten, on an index of their own."""

import math

import pytest

from portal.search.entries import Document
from portal.search.evaluating import Judged, evaluate
from portal.search.vocabulary import Vocabulary
from tests.portal.search.indexing import index


def judged(relevant, *found):
    return Judged("q", "郑州", relevant, found, 0)


@pytest.mark.parametrize(
    ("relevant", "found", "recall", "ndcg"),
    [
        ({"a": 2}, ["a", "b"], 1, 1),
        ({"a": 2}, ["b", "a"], 1, 1 / math.log2(3)),
        ({"a": 2, "b": 1}, ["a"], 0.5, 3 / (3 + 1 / math.log2(3))),
        ({"a": 2, "b": 0}, ["a"], 1, 1),
        ({"a": 2}, [], 0, 0),
        ({}, ["a"], 1, 1),
    ],
)
def test_recall_and_ndcg(relevant, found, recall, ndcg):
    one = judged(relevant, *found)
    assert (one.recall, one.ndcg) == (pytest.approx(recall), pytest.approx(ndcg))


@pytest.mark.django_db
def test_queries_are_asked_of_the_given_documents_alone():
    index(site="郑州停暖")
    documents = {
        "d1": Document(titles=("明日停止供暖",)),
        "d2": Document(titles=("郑州",)),
    }
    queries = [
        {"id": "q1", "query": "什么时候停暖", "relevant": {"d1": 2}},
        {"id": "q2", "query": "郑州", "relevant": {"d1": 1}},
    ]
    vocabulary = Vocabulary(synonyms=[("停暖", "停止供暖")])
    assert evaluate(documents, queries, vocabulary) == [
        Judged("q1", "什么时候停暖", {"d1": 2}, ("d1",), 0),
        Judged("q2", "郑州", {"d1": 1}, ("d2",), 1),
    ]
