"""The blocks that a story is built from. There is no block for raw HTML.

Each block's template lies in templates/news/blocks/ under the block's name; those of the records are in
the floors where the records live.
"""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

from indices.blocks import ComparisonBlock, PlaceCardBlock, RankingBlock
from institutions.blocks import InstitutionCardBlock, NoticeListBlock, RegisterListBlock
from news.choosers import StoryChooser
from news.pasting import tidy_html, tidy_line
from news.visibility import restricted

LONGEST_HEADING = 60
TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul", "superscript", "subscript"]


class LineBlock(blocks.CharBlock):
    """One line of text, cleaned of what pasting brings along."""

    def clean(self, value):
        return super().clean(tidy_line(value))


class ParagraphBlock(blocks.RichTextBlock):
    """Running text of any number of paragraphs, cleaned of what pasting brings along."""

    def __init__(self, **kwargs):
        super().__init__(**{"features": TEXT_FEATURES, **kwargs})

    def clean(self, value):
        return super().clean(RichText(tidy_html(value.source)))

    class Meta:
        label = "正文"
        icon = "pilcrow"
        template = "news/blocks/paragraph.html"


class HeadingBlock(blocks.StructBlock):
    """A heading inside the story, with an optional small kicker over it."""

    kicker = LineBlock(label="小引题", required=False, max_length=LONGEST_HEADING)
    text = LineBlock(label="小标题", max_length=LONGEST_HEADING)

    class Meta:
        label = "小标题"
        icon = "title"
        template = "news/blocks/heading.html"
        form_classname = "struct-block"


class PictureBlock(blocks.StructBlock):
    """One picture with its caption, its credit, and words for those who cannot see it."""

    picture = ImageChooserBlock(label="图片")
    alt = LineBlock(
        label="替代文字",
        required=False,
        max_length=200,
        help_text="给看不见图的读者：图里有什么。留空则用图片库中的描述；纯装饰图片勾选下一项。",
    )
    decorative = blocks.BooleanBlock(label="纯装饰图片", required=False)
    caption = LineBlock(label="图说", max_length=200)
    credit = LineBlock(
        label="署名或来源",
        required=False,
        max_length=100,
        help_text="如“张三 摄”“王五 制图”。留空则用图片库中的署名。",
    )

    def clean(self, value):
        value = self._with_words_of_the_library(super().clean(value))
        errors = {}
        if value["alt"] and value["decorative"]:
            errors["decorative"] = ValidationError("纯装饰图片不能再有替代文字，请二选一。")
        if not self.is_deferred_validation:
            if not value["alt"] and not value["decorative"]:
                errors["alt"] = ValidationError("请填写替代文字，或勾选“纯装饰图片”。")
            if not value["credit"]:
                errors["credit"] = ValidationError("请填写署名或来源。")
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return value

    @staticmethod
    def _with_words_of_the_library(value):
        """Take what the editor left empty from the picture itself."""
        picture = value["picture"]
        if picture is not None:
            value["credit"] = value["credit"] or tidy_line(picture.credit)
            if not value["decorative"]:
                value["alt"] = value["alt"] or tidy_line(picture.description)[:200]
        return value

    class Meta:
        label = "图片"
        icon = "image"
        template = "news/blocks/picture.html"
        label_format = "图片 {caption}"


class GalleryBlock(blocks.StructBlock):
    """Two or more pictures that are looked at together."""

    title = LineBlock(label="组图标题", required=False, max_length=60)
    pictures = blocks.ListBlock(PictureBlock(), label="图片", min_num=2, max_num=30)

    class Meta:
        label = "组图"
        icon = "copy"
        template = "news/blocks/gallery.html"


class QuoteBlock(blocks.StructBlock):
    """Words set apart, with who said them."""

    text = blocks.TextBlock(label="引语", rows=3, max_length=500)
    speaker = LineBlock(label="说话人", max_length=50)
    title = LineBlock(label="身份", required=False, max_length=100)

    class Meta:
        label = "引语"
        icon = "openquote"
        template = "news/blocks/quote.html"


class KeyFigureBlock(blocks.StructBlock):
    """One number, its unit, and what it counts."""

    value = LineBlock(label="数字", max_length=20, help_text="如“511”“90%以上”“1∶14.1”。")
    unit = LineBlock(label="单位", required=False, max_length=10)
    label = LineBlock(label="说明", max_length=60)


class KeyFiguresBlock(blocks.StructBlock):
    """A few numbers that carry the story, with where they come from."""

    title = LineBlock(label="标题", required=False, max_length=40)
    figures = blocks.ListBlock(KeyFigureBlock(), label="数字", min_num=1, max_num=8)
    source = LineBlock(label="数据来源", max_length=100)

    class Meta:
        label = "关键数字"
        icon = "order"
        template = "news/blocks/key_figures.html"


class TableBlock(blocks.StructBlock):
    """A small table with its caption and source."""

    caption = LineBlock(label="表题", max_length=100)
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label="文字", required=False)),
            ("number", blocks.DecimalBlock(label="数字", required=False)),
        ],
        label="表格",
    )
    source = LineBlock(label="数据来源", required=False, max_length=100)

    class Meta:
        label = "表格"
        icon = "table"
        template = "news/blocks/table.html"


class DocumentBlock(blocks.StructBlock):
    """A file that readers can take away."""

    document = DocumentChooserBlock(label="文件")
    note = LineBlock(label="说明", required=False, max_length=100)

    class Meta:
        label = "附件"
        icon = "doc-full"
        template = "news/blocks/document.html"


class VideoBlock(blocks.StructBlock):
    """A player of an allowed video site."""

    video = EmbedBlock(
        label="视频地址",
        max_width=800,
        help_text="粘贴哔哩哔哩或腾讯视频的播放页地址。",
    )
    caption = LineBlock(label="说明", max_length=100)

    class Meta:
        label = "视频"
        icon = "media"
        template = "news/blocks/video.html"


class StoryChooserBlock(blocks.PageChooserBlock):
    """A story, which knows from the query that brings it whether a restriction hides it."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "page_type": "news.ArticlePage"})

    @cached_property
    def widget(self):
        return StoryChooser()

    def get_form_state(self, value):
        return self.widget.get_value_data(value)

    def bulk_to_python(self, values):
        stories = self.model_class.objects.annotate(is_restricted=restricted()).in_bulk(values)
        return [stories.get(value) for value in values]


class RelatedBlock(blocks.StructBlock):
    """Stories that the editor wants read next; those no longer public are left out when shown."""

    title = LineBlock(label="标题", default="延伸阅读", max_length=30)
    stories = blocks.ListBlock(
        StoryChooserBlock(label="稿件"),
        label="稿件",
        min_num=1,
        max_num=6,
    )

    class Meta:
        label = "相关稿件"
        icon = "list-ul"
        template = "news/blocks/related.html"


class StoryBlock(blocks.StreamBlock):
    """The body of a story."""

    paragraph = ParagraphBlock()
    heading = HeadingBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    key_figures = KeyFiguresBlock()
    table = TableBlock()
    document = DocumentBlock()
    video = VideoBlock()
    related = RelatedBlock()
    notice_list = NoticeListBlock()
    register_list = RegisterListBlock()
    institution_card = InstitutionCardBlock()
    ranking = RankingBlock()
    place_card = PlaceCardBlock()
    comparison = ComparisonBlock()
