"""What may be uploaded as a picture: bounded before it is decoded, refused in words."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images.forms import get_image_form

from portal.models import Picture
from portal.pictures import PictureField


def encoded(kind, size=(60, 40)):
    file = BytesIO()
    Image.effect_noise(size, 50).save(file, kind)
    return file.getvalue()


def png_head(width, height):
    """The beginning of a picture that claims this size, without a single pixel."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    return b"\x89PNG\r\n\x1a\n" + data + struct.pack(">I", 99) + b"IDAT"


def refusal(name, content):
    with pytest.raises(ValidationError) as refused:
        PictureField().clean(SimpleUploadedFile(name, content))
    return refused.value.messages


@pytest.mark.parametrize(
    ("width", "height", "pixels"),
    [(5000, 4001, "5000×4001"), (11_000, 11_000, "数亿"), (60_000, 60_000, "数亿")],
)
def test_too_many_pixels_are_refused_before_any_is_decoded(width, height, pixels):
    assert refusal("bomb.png", png_head(width, height)) == [
        f"图片像素过多（{pixels}），上限为 2000 万像素，请缩小后再上传。"
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("short.jpg", encoded("JPEG")[:900]),
        ("short.png", png_head(300, 300)),
        ("short.gif", encoded("GIF")[:1200]),
    ],
)
def test_damaged_files_are_refused(name, content):
    assert refusal(name, content) == ["图片文件不完整或已损坏，请重新导出后再上传。"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.gif", "GIF"), ("a.webp", "WEBP"), ("a.avif", "AVIF")],
)
def test_sound_files_of_each_type_pass_and_can_be_read_from_their_start(name, kind):
    content = encoded(kind)
    file = PictureField().clean(SimpleUploadedFile(name, content))
    assert file.read() == content


@pytest.mark.django_db
def test_the_desks_form_uses_the_field_and_keeps_its_place():
    form = get_image_form(Picture)()
    assert isinstance(form.fields["file"], PictureField)
    assert list(form.fields)[:2] == ["title", "file"]
    assert form.fields["file"].label == "文件"
