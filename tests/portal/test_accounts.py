import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.users.models import UserProfile

from portal.accounts import shown_name
from portal.models import User
from tests.factories import UserFactory, picture_file


@pytest.mark.parametrize(
    ("account", "name"),
    [
        (User(username="wang", last_name="王", first_name="小明"), "王小明"),
        (User(username="wang"), "wang"),
        (None, None),
    ],
)
def test_an_account_is_shown_by_its_whole_name(account, name):
    assert shown_name(account) == name


def avatar_form(rf, picture, name):
    """Return the form of an account's page after this picture was sent for its face."""
    user = UserFactory()
    file = SimpleUploadedFile(name, picture.read())
    request = rf.post("/", {"avatar-avatar": file})
    return AvatarSettingsPanel(request, user, UserProfile.get_for_user(user)).get_form()


@pytest.mark.django_db
@pytest.mark.parametrize(("size", "kept"), [((60, 40), (60, 40)), ((1200, 600), (400, 200))])
def test_a_face_is_kept_small(rf, size, kept):
    form = avatar_form(rf, picture_file(size), "face.png")
    assert form.errors == {}
    avatar = form.save().avatar
    assert (avatar.width, avatar.height) == kept


@pytest.mark.django_db
def test_a_face_has_the_bounds_of_every_picture(rf):
    many = avatar_form(rf, picture_file((5000, 4001)), "face.png")
    assert many.errors == {
        "avatar": ["图片像素过多（5000×4001），上限为 2000 万像素，请缩小后再上传。"]
    }
    foreign = avatar_form(rf, picture_file(kind="TIFF"), "face.tiff")
    assert foreign.errors == {
        "avatar": ["不支持的图片格式。支持类型如下： JPG, JPEG, PNG, WEBP, AVIF, GIF"]
    }
