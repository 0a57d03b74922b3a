"""The addresses of documents' screens, and what their list offers for each."""

import pytest
from django.urls import reverse

from indices.release_viewsets import ReleaseIndexView, ReleaseViewSet
from tests.factories import PlaceFactory
from tests.indices.factories import EditionFactory, a_dimension, a_draft, released


def test_each_document_has_the_same_addresses_and_its_own():
    patterns = ReleaseViewSet().get_urlpatterns()
    assert [(str(one.pattern), one.name) for one in patterns] == [
        ("", "index"),
        ("results/", "index_results"),
        ("new/", "add"),
        ("history/<int:pk>/", "history"),
        ("history-results/<int:pk>/", "history_results"),
        ("usage/<int:pk>/", "usage"),
        ("edit/<int:pk>/", "edit"),
        ("edit/<int:pk>/head/", "head"),
        ("edit/<int:pk>/checks/", "checks"),
        ("edit/<int:pk>/compare/", "compare"),
        ("edit/<int:pk>/publish/", "publish"),
        ("edit/<int:pk>/reverse/", "reverse"),
        ("edit/<int:pk>/discard/", "delete"),
    ]


@pytest.mark.django_db
def test_a_draft_may_be_deleted_and_a_published_one_looked_at():
    edition = EditionFactory()
    overall = a_dimension(edition)
    published = released(edition, (overall, PlaceFactory(), {"rank": 1}))
    draft = a_draft(edition)
    view = ReleaseIndexView(
        model=type(draft), edit_url_name="release:edit", delete_url_name="release:delete"
    )
    offered = [
        [(button.label, button.url) for button in view.get_list_more_buttons(row)]
        for row in (draft, published)
    ]
    address = [
        [reverse(f"release:{name}", args=[row.pk]) for name in ("edit", "history", "delete")]
        for row in (draft, published)
    ]
    assert offered == [
        [("核对", address[0][0]), ("历史", address[0][1]), ("删除草稿", address[0][2])],
        [("查看", address[1][0]), ("历史", address[1][1])],
    ]
