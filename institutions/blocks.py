"""How the register's records stand in a story: blocks that point at records and hold no copy of them.

A block stores keys; what it shows is asked of the register when it is shown, for all blocks of one type
in a story together. What no published notice states is not shown to readers: in a preview the editor is
told so. Each block's template lies in templates/institutions/blocks/.
"""

from functools import cached_property

from django import forms
from django.utils import timezone
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from institutions.choosers import InstitutionChooser, NoticeChooser
from institutions.quotable.cards import cards_of
from institutions.quotable.noticelists import lists_of
from institutions.quotable.registerlists import registers_of
from portal.recordblocks import AskingBlock, PlaceBlock, RecordBlock, SelectBlock
from portal.widgets import DayInput


class NoticeBlock(RecordBlock):
    model = "institutions.Notice"
    chooser = NoticeChooser
    deferred = ("text", "warnings", "stated_counts")


class InstitutionBlock(RecordBlock):
    model = "institutions.Institution"
    chooser = InstitutionChooser
    deferred = ("note",)


class SchemeBlock(SelectBlock):
    model = "institutions.Scheme"


class KindBlock(SelectBlock):
    model = "institutions.Kind"

    @cached_property
    def field(self):
        field = super().field
        field.queryset = self.model_class.objects.select_related("scheme")
        return field


class DayBlock(blocks.DateBlock):
    """A day, which may also be typed as it is written in Chinese."""

    @cached_property
    def field(self):
        return forms.DateField(
            widget=DayInput(), **self.field_options, error_messages={"invalid": "请填写日期。"}
        )


class NoticeListBlock(AskingBlock):
    """The list of one notice, or of one kind in it, with both counts."""

    title = blocks.CharBlock(
        label="标题", required=False, max_length=60, help_text="留空则用通知的标题。"
    )
    notice = NoticeBlock(label="通知", help_text="草稿可以先选，通知发布之后读者才看得到名单。")
    kind = KindBlock(label="只列一个类别", required=False)

    def ask(self, values):
        keys = [_keys(value, "notice", "kind") for value in values]
        found = lists_of(pair for pair in keys if pair[0] is not None)
        return [found.get(pair) for pair in keys]

    class Meta:
        label = "通知名单"
        icon = "list-ol"
        group = "定点机构"
        template = "institutions/blocks/notice_list.html"
        label_format = "通知名单 {title}"


class RegisterListBlock(AskingBlock):
    """Those designated of one scheme on one day, by kind and district, with both counts."""

    title = blocks.CharBlock(label="标题", max_length=60)
    scheme = SchemeBlock(label="定点制度")
    kind = KindBlock(label="只列一个类别", required=False)
    district = PlaceBlock(label="只列一个地方", required=False)
    on = DayBlock(
        label="截至哪一天",
        required=False,
        help_text="留空则总是当天：名单变化，这里随之变化。",
    )

    def clean(self, value):
        value = super().clean(value)
        kind, scheme = value["kind"], value["scheme"]
        if kind and scheme and kind.scheme_id != scheme.pk:
            message = forms.ValidationError(f"这个类别不属于“{scheme}”。")
            raise StructBlockValidationError(block_errors={"kind": message})
        return value

    def ask(self, values):
        return registers_of(
            [
                {name: value.get(name) for name in ("scheme", "kind", "district", "on")}
                for value in values
            ]
        )

    class Meta:
        label = "某日名单"
        icon = "table"
        group = "定点机构"
        template = "institutions/blocks/register_list.html"
        label_format = "某日名单 {title}"


class InstitutionCardBlock(AskingBlock):
    """One institution: whether it is designated for each of its kinds on one day."""

    institution = InstitutionBlock(label="机构")
    on = DayBlock(label="问哪一天", required=False, help_text="留空则总是当天。")

    def ask(self, values):
        today = timezone.localdate()
        keys = [(*_keys(value, "institution"), value.get("on") or today) for value in values]
        found = cards_of(pair for pair in keys if pair[0] is not None)
        return [found.get(pair) for pair in keys]

    class Meta:
        label = "机构卡片"
        icon = "clipboard-list"
        group = "定点机构"
        template = "institutions/blocks/institution_card.html"
        label_format = "机构卡片 {institution}"


def _keys(value, *names):
    return tuple(getattr(value.get(name), "pk", None) for name in names)
