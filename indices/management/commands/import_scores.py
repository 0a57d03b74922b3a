"""`manage.py import_scores FILE`: scores of one edition from a CSV or XLSX file."""

import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from indices.loading import Order, file_at, import_scores
from indices.loading.staging import wait_as_long_as_it_takes
from indices.models import Index
from portal.models import User
from portal.models.changes import Busy
from portal.tabular import UnreadableFile

_SHOWN = 20


class Command(BaseCommand):
    help = (
        "导入一个版次的得分和位次：CSV（UTF-8、GB18030）或 XLSX，宽表或长表。要么全部导入，要么一行也不导入。"
        "不加 --publish 只留下草稿；同一份文件再导一次，没有改动。"
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="文件")
        parser.add_argument("--index", required=True, metavar="代码", help="指数代码")
        parser.add_argument("--edition", required=True, metavar="版次", help="版次的名称或代码")
        parser.add_argument("--source", required=True, metavar="文字", help="来源说明，公众可见")
        parser.add_argument(
            "--reason", default="", metavar="文字", help="更正理由，公众可见；写了就是更正"
        )
        parser.add_argument(
            "--by", metavar="账号", help="经手人的登录名；只有一个超级用户时可以不写"
        )
        parser.add_argument("--dry-run", action="store_true", help="只说会做什么，不写入")
        parser.add_argument("--publish", action="store_true", help="导入后立即发布")
        parser.add_argument(
            "--replace", action="store_true", help="文件里没有的行也从文件所含的维度中撤去"
        )
        parser.add_argument(
            "--create-dimensions", action="store_true", help="新建文件中有、版次中没有的维度"
        )
        parser.add_argument("--json", action="store_true", help="标准输出只有 JSON")

    def handle(self, *, file, **options):
        order = Order(
            edition=_edition(options["index"], options["edition"]),
            source_words=options["source"].strip(),
            explanation=options["reason"].strip(),
            by=_account(options["by"], needed=options["publish"]),
            replace=options["replace"],
            create_dimensions=options["create_dimensions"],
            publish=options["publish"],
            dry_run=options["dry_run"],
        )
        try:
            with transaction.atomic():
                wait_as_long_as_it_takes()
                outcome = import_scores(file_at(file), order)
        except (UnreadableFile, Busy) as error:
            raise CommandError(f"没有导入：{error}") from error
        except ValidationError as error:
            raise CommandError("没有导入：" + "".join(error.messages)) from error
        self._tell(outcome, order, as_json=options["json"])
        if outcome.refused:
            raise CommandError("\n".join(["没有导入任何内容：", *_refusal(outcome)]))

    def _tell(self, outcome, order, *, as_json):
        """Write what was done or would be; with `as_json` only the JSON goes to standard output."""
        remarks = [*map(str, outcome.warnings), *outcome.notes]
        for words in remarks:
            self.stderr.write(f"注意：{words}")
        if as_json:
            if not outcome.problems:
                self.stdout.write(json.dumps(outcome.as_dict(), ensure_ascii=False, indent=2))
            return
        if outcome.refused:
            return
        for words in _words(outcome, order):
            self.stdout.write(words)


def _edition(code, label):
    index = Index.objects.filter(code=code).first()
    if index is None:
        raise CommandError(f"没有代码为“{code}”的指数。")
    for field in ("label", "code"):
        if edition := index.editions.select_related("index").filter(**{field: label}).first():
            return edition
    labels = "、".join(edition.label for edition in index.editions.all()) or "还没有版次"
    raise CommandError(f"“{index.name}”没有版次“{label}”。现有：{labels}。")


def _account(name, *, needed):
    """Return the account that answers for it: the one named, else the only superuser; None where none is needed."""
    if name:
        account = User.objects.filter(username=name, is_active=True).first()
        if account is None:
            raise CommandError(f"没有可用的账号“{name}”。")
        return account
    accounts = list(User.objects.filter(is_superuser=True, is_active=True)[:2])
    if len(accounts) == 1:
        return accounts[0]
    if needed:
        raise CommandError("发布须有经手人，请用 --by 写明登录名。")
    return None


def _first(rows):
    """Return the first rows as lines, and how many more there are."""
    lines = [f"  {row}" for row in rows[:_SHOWN]]
    return lines + ([f"  ……共 {len(rows)} 处。"] if len(rows) > _SHOWN else [])


def _refusal(outcome):
    lines = [str(problem) for problem in outcome.problems]
    for one in outcome.unmatched:
        more = f"（共 {one.rows} 行）" if one.rows > 1 else ""
        lines.append(f"第 {one.row} 行{more}：{one.sentence}")
    if outcome.unmatched:
        lines.append("请改正写法或代码，或在后台“地名判断”中写明是哪里，再导入一次。")
    return lines


def _words(outcome, order):
    would = "试运行，没有写入：" if order.dry_run else ""
    yield (
        f"{would}新增 {outcome.new}、改动 {outcome.changed}、不变 {outcome.unchanged}、"
        f"撤去 {outcome.removed}。"
    )
    if outcome.created:
        yield f"新建的维度：{'、'.join(outcome.created)}。"
    if outcome.kept:
        names = "、".join(outcome.kept_names)
        more = "等" if outcome.kept > len(outcome.kept_names) else ""
        yield f"文件里没有、现有 {outcome.kept} 行，保留不动：{names}{more}。要撤去请加 --replace。"
    if outcome.conflicts:
        yield f"公布的位次与得分不符 {len(outcome.conflicts)} 处，照公布的保留："
        yield from _first([f"{one.dimension}：{one.sentence}" for one in outcome.conflicts])
    if order.dry_run:
        return
    if outcome.release is None:
        yield "没有改动，没有留下草稿。"
    elif order.publish:
        yield f"已发布（第 {outcome.release.pk} 号数据发布）。"
    else:
        yield f"草稿在后台“数据发布”中（第 {outcome.release.pk} 号）。"
