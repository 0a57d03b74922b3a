import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from news.blocks import PictureBlock, StoryChooserBlock
from tests.factories import PictureFactory, a_draft, a_section, a_site

pytestmark = pytest.mark.django_db


def words(**given):
    return {"alt": "", "decorative": False, "caption": "外景", "credit": "", **given}


def cleaned(block, value, *, draft=False):
    value = block.to_python({**value, "picture": value["picture"] and value["picture"].pk})
    return block.clean_deferred(value) if draft else block.clean(value)


def faults(block, value, **kwargs):
    with pytest.raises(StructBlockValidationError) as caught:
        cleaned(block, value, **kwargs)
    return {name: error.messages for name, error in caught.value.block_errors.items()}


@pytest.mark.parametrize(
    ("given", "alt", "credit"),
    [
        ({}, "一座厂房", "张三 摄"),
        ({"alt": "厂门", "credit": "李四 摄"}, "厂门", "李四 摄"),
        ({"decorative": True}, "", "张三 摄"),
    ],
)
def test_what_the_editor_leaves_empty_comes_from_the_library(given, alt, credit):
    picture = PictureFactory(credit="张三 摄", description="一座厂房")
    value = cleaned(PictureBlock(), words(picture=picture, **given))
    assert (value["alt"], value["credit"]) == (alt, credit)


def test_a_picture_is_published_only_with_its_words():
    picture = PictureFactory(credit="", description="")
    assert faults(PictureBlock(), words(picture=picture)) == {
        "alt": ["请填写替代文字，或勾选“纯装饰图片”。"],
        "credit": ["请填写署名或来源。"],
    }


def test_a_draft_is_saved_before_its_pictures_words_are_found():
    picture = PictureFactory(credit="", description="")
    block = PictureBlock()
    value = cleaned(block, words(picture=picture, caption=""), draft=True)
    assert (value["alt"], value["caption"], value["credit"]) == ("", "", "")
    assert cleaned(block, words(picture=None), draft=True)["picture"] is None


def test_a_decorative_picture_has_no_words_even_in_a_draft():
    picture = PictureFactory()
    value = words(picture=picture, alt="厂门", decorative=True, credit="张三 摄")
    assert faults(PictureBlock(), value, draft=True) == {
        "decorative": ["纯装饰图片不能再有替代文字，请二选一。"]
    }


def test_a_story_is_shown_in_its_field_by_the_words_of_its_draft():
    a_site()
    story = a_draft(a_section(), title="新桥通车")
    state = StoryChooserBlock().get_form_state(story)
    assert (state["id"], state["title"]) == (story.pk, "新桥通车")
    assert StoryChooserBlock().get_form_state(None) is None
    with pytest.raises(ValidationError):
        StoryChooserBlock().clean(None)
