"""`manage.py create_edition INDEX LABEL`: a new edition of a series, with its publishers and dimensions."""

import argparse
import datetime
import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from indices.loading.founding import NewDimension, create_edition, refusal_words
from indices.models import Index
from portal.models import Place
from portal.names import pinyin_slug
from portal.tabular import as_date, as_decimal

_YEAR = re.compile(r"(?:19|20)\d\d|2100")


def _day(text) -> datetime.date:
    try:
        return as_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _weight(text) -> Decimal:
    try:
        return as_decimal(text.removesuffix("%").removesuffix("％"))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"权重{error}") from error


def _dimension(text) -> NewDimension:
    code, equals, label = text.partition("=")
    if not equals or not code.strip() or not label.strip():
        raise argparse.ArgumentTypeError(
            f"“{text}”应写成 代码=名称 或 代码=名称:权重，如 infra=数字基础设施:25。"
        )
    name, colon, weight = label.replace("：", ":").rpartition(":")
    if not colon:
        return NewDimension(code.strip(), label.strip())
    return NewDimension(code.strip(), name.strip(), _weight(weight.strip()))


def _add_facts(parser):
    parser.add_argument("index", metavar="指数代码")
    parser.add_argument("label", metavar="版次", help="照封面写，如 2020 或 2020年版")
    parser.add_argument("--code", metavar="代码", help="网址中使用；不写就由版次得出")
    parser.add_argument("--title", metavar="报告名称", default="")
    parser.add_argument("--year", metavar="年份", type=int, help="版次年份；不写就取版次中的年份")
    parser.add_argument(
        "--reference-year", metavar="年份", type=int, help="参考年份：数据所属的年份"
    )
    parser.add_argument("--released-on", metavar="日期", type=_day, help="公布的日期")


def _add_what_it_measures(parser):
    parser.add_argument("--universe", metavar="说明", default="", help="评估对象，照报告写")
    parser.add_argument("--universe-size", metavar="个数", type=int, help="评估对象的数量")
    parser.add_argument(
        "--place-level",
        metavar="级别",
        choices=Place.Level.values,
        default="",
        help="评估对象的级别："
        + "、".join(f"{level}（{label}）" for level, label in Place.Level.choices),
    )
    parser.add_argument(
        "--publisher",
        metavar="机构",
        action="append",
        default=[],
        help="发布机构，可以重复，先后照报告；没有登记的机构会新建",
    )
    parser.add_argument(
        "--dimension",
        metavar="代码=名称[:权重]",
        action="append",
        type=_dimension,
        default=[],
        help="维度，可以重复；第一个是总指数，其余在它之下",
    )
    parser.add_argument("--unit", metavar="单位", default="", help="得分单位，如 分")
    parser.add_argument("--url", metavar="网址", default="", help="报告的网址")
    parser.add_argument(
        "--source", metavar="文字", help="来源说明；不写就用发布机构、报告名称和日期拼成"
    )


class Command(BaseCommand):
    help = "新建指数的一个版次，连同发布机构和维度。版次已有时不作改动，只作说明。"

    def add_arguments(self, parser):
        _add_facts(parser)
        _add_what_it_measures(parser)

    def handle(self, *, index, label, code, year, source, publisher, dimension, **options):
        series = Index.objects.filter(code=index).first()
        if series is None:
            raise CommandError(f"没有代码为“{index}”的指数。请先用 create_index 新建。")
        found = _YEAR.search(label)
        if year is None and found is None:
            raise CommandError("版次中没有年份，请用 --year 写明。")
        names = (
            "title",
            "reference_year",
            "released_on",
            "universe",
            "universe_size",
            "place_level",
            "unit",
            "url",
        )
        fields = {name: options[name] for name in names}
        try:
            edition, made = create_edition(
                series,
                label=label,
                code=code or pinyin_slug(label, is_name=False),
                year=year if year is not None else int(found[0]),
                publishers=publisher,
                dimensions=dimension,
                source_words=source or _source(series, label, fields, publisher),
                **fields,
            )
        except ValidationError as error:
            raise CommandError("没有新建：" + refusal_words(error)) from error
        if made:
            self.stdout.write(f"已新建版次“{edition}”，维度 {len(dimension)} 个。")
        else:
            self.stdout.write(f"版次“{edition}”已有，没有改动。")


def _source(index, label, fields, publishers):
    """Return the words of the source from what else was given: the report itself, by its title or its series."""
    title = f"《{fields['title']}》" if fields["title"] else f"{index.name}（{label}）"
    parts = ["、".join(publishers), title, str(fields["released_on"] or ""), fields["url"]]
    return "，".join(filter(None, parts))
