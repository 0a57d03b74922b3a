"""What may be uploaded as a document, and where it can be had from."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.models import Collection, CollectionViewRestriction

from portal import documents


def errors(name, content):
    root = Collection.get_first_root_node()
    form = get_document_form(get_document_model())(
        {"title": "名单", "collection": root.pk}, {"file": SimpleUploadedFile(name, content)}
    )
    return dict(form.errors)


@pytest.mark.django_db
def test_a_document_of_the_allowed_size_and_type_passes(monkeypatch):
    monkeypatch.setattr(documents, "MAX_DOCUMENT_BYTES", 5)
    assert errors("list.pdf", b"12345") == {}


@pytest.mark.django_db
def test_one_over_the_limit_is_refused_with_that_reason_alone(monkeypatch):
    monkeypatch.setattr(documents, "MAX_DOCUMENT_BYTES", 5)
    assert errors("list.pdf", b"123456") == {"file": ["文件有 6\xa0字节，超过上限 5\xa0字节。"]}


@pytest.mark.django_db
def test_a_document_of_a_private_collection_has_no_way_around_its_restriction(client, settings):
    shut = Collection.get_first_root_node().add_child(name="内部")
    CollectionViewRestriction.objects.create(collection=shut, restriction_type="login")
    document = get_document_model().objects.create(
        title="内部", collection=shut, file=SimpleUploadedFile("secret.txt", b"secret")
    )
    response = client.get(document.url)
    assert (response.status_code, response["Location"]) == (
        302,
        f"/admin/login/?next={document.url}",
    )
    for path in (document.file.name, f"images/../{document.file.name}", f"./{document.file.name}"):
        assert client.get(f"/media/{path}").status_code == 404
