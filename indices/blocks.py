"""How index records stand in a story: blocks that point at editions and places and hold no copy of a number.

A block stores keys and codes; what it shows is asked when it is shown, for all blocks of one type in a story
together. What is not public is not shown to readers: in a preview the editor is told so. Each block's
template lies in templates/indices/blocks/.
"""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from indices.choosers import EditionChooser
from indices.quotable import cards, comparisons, rankings
from indices.quotable.drawing import MOST_BARS, MOST_COMPARED
from portal.names import fold
from portal.recordblocks import AskingBlock, PlaceBlock, RecordBlock, SelectBlock

LONGEST_TITLE = 60
_DIMENSION_HELP = "写本版名称或代码，如“数字生活服务”；留空则为总指数。"


class EditionBlock(RecordBlock):
    """One edition."""

    model = "indices.Edition"
    chooser = EditionChooser
    deferred = ("method",)


class IndexBlock(SelectBlock):
    """One index series, from the list that drops down."""

    model = "indices.Index"


class RankingBlock(AskingBlock):
    """The first places of one dimension of an edition, drawn or as a table, with some highlighted."""

    title = blocks.CharBlock(
        label="标题", required=False, max_length=LONGEST_TITLE, help_text="留空则用指数和版次。"
    )
    edition = EditionBlock(label="版次", help_text="没有公开的版次可以先选，公开之后读者才看得到。")
    dimension = blocks.CharBlock(
        label="维度", required=False, max_length=100, help_text=_DIMENSION_HELP
    )
    size = blocks.IntegerBlock(label="列出前几个", min_value=1, max_value=MOST_BARS, default=10)
    highlighted = blocks.ListBlock(
        PlaceBlock(label="地方"), label="突出的地方", required=False, max_num=5, default=[]
    )
    shape = blocks.ChoiceBlock(
        label="样式", choices=[("chart", "图"), ("table", "表")], default="chart"
    )

    def clean(self, value):
        value = super().clean(value)
        if value["dimension"]:
            value["dimension"] = _codes_of(value["edition"], [value["dimension"]], "dimension")[0]
        return value

    def ask(self, values):
        asked = [_ranking(value) for value in values]
        found = rankings.rankings_of(one for one in asked if one is not None)
        return [found.get(one) for one in asked]

    class Meta:
        label = "排名"
        icon = "order"
        group = "指数"
        template = "indices/blocks/ranking.html"
        label_format = "排名 {edition}"


class PlaceCardBlock(AskingBlock):
    """One place: its overall standing in chosen indices or in all."""

    place = PlaceBlock(label="地方")
    indices = blocks.ListBlock(
        IndexBlock(label="指数"),
        label="只列这些指数",
        required=False,
        max_num=cards.MOST_ROWS,
        default=[],
        help_text="不选则列出收录了它的全部指数。",
    )

    def ask(self, values):
        asked = [_card(value) for value in values]
        found = cards.cards_of(one for one in asked if one is not None)
        return [found.get(one) for one in asked]

    class Meta:
        label = "地方名片"
        icon = "site"
        group = "指数"
        template = "indices/blocks/place_card.html"
        label_format = "地方名片 {place}"


class ComparisonBlock(AskingBlock):
    """Up to five places over the dimensions of one edition, drawn and as a table."""

    title = blocks.CharBlock(
        label="标题", required=False, max_length=LONGEST_TITLE, help_text="留空则用指数和版次。"
    )
    edition = EditionBlock(label="版次", help_text="没有公开的版次可以先选，公开之后读者才看得到。")
    places = blocks.ListBlock(
        PlaceBlock(label="地方"), label="地方", min_num=2, max_num=MOST_COMPARED
    )
    dimensions = blocks.ListBlock(
        blocks.CharBlock(label="维度", max_length=100, help_text="写本版名称或代码。"),
        label="只比这些维度",
        required=False,
        max_num=MOST_BARS,
        default=[],
        help_text="不填则比全部维度。",
    )

    def clean(self, value):
        value = super().clean(value)
        if len({place.pk for place in value["places"]}) < len(value["places"]):
            message = ValidationError("同一个地方只选一次。")
            raise StructBlockValidationError(block_errors={"places": message})
        codes = _codes_of(value["edition"], list(value["dimensions"]), "dimensions")
        for number, code in enumerate(codes):
            value["dimensions"][number] = code
        return value

    def ask(self, values):
        asked = [_comparison(value) for value in values]
        found = comparisons.comparisons_of(one for one in asked if one is not None)
        return [found.get(one) for one in asked]

    class Meta:
        label = "对比"
        icon = "table"
        group = "指数"
        template = "indices/blocks/comparison.html"
        label_format = "对比 {edition}"


def _codes_of(edition, given, field):
    """Return the codes of the dimensions that an editor wrote by code, label or name.

    Raises StructBlockValidationError on `field` for one that the edition does not have.
    """
    if edition is None or not given:
        return given
    rows = list(edition.dimensions.select_related("dimension"))
    codes = {}
    for names in (
        lambda row: row.dimension.name,
        lambda row: row.label,
        lambda row: row.dimension.code,
    ):
        codes |= {fold(names(row)): row.dimension.code for row in rows}
    for words in given:
        if fold(words) not in codes:
            had = "、".join(row.label for row in rows) or "还没有维度"
            error = ValidationError(f"这一版没有“{words}”这个维度，有的是：{had}。")
            raise StructBlockValidationError(block_errors={field: error})
    return [codes[fold(words)] for words in given]


def _ranking(value):
    if value.get("edition") is None:
        return None
    marked = tuple(place.pk for place in value.get("highlighted") or () if place is not None)
    size = value.get("size") or 10
    dimension, title = value.get("dimension") or "", value.get("title") or ""
    return rankings.Asked(value["edition"].pk, dimension, size, marked, title)


def _card(value):
    if value.get("place") is None:
        return None
    indices = tuple(index.pk for index in value.get("indices") or () if index is not None)
    return cards.Asked(value["place"].pk, indices)


def _comparison(value):
    places = tuple(place.pk for place in value.get("places") or () if place is not None)
    if value.get("edition") is None or not places:
        return None
    dimensions = tuple(value.get("dimensions") or ())
    title = value.get("title") or ""
    return comparisons.Asked(value["edition"].pk, places, dimensions, title)
