"""`manage.py load_places FILE`: bring a CSV of places in."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.loading import load_places
from portal.placefile import RefusedFile


class Command(BaseCommand):
    help = (
        "载入地方表：CSV 文件，列为 code（代码）、name（名称）、short_name（简称）、level（级别）、"
        "parent（上级代码）、other_names（其他名称，用；或 | 分隔）。有一处错误就全部不载入。"
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="文件", help="UTF-8 或 GB18030 编码的 CSV")
        parser.add_argument("--dry-run", action="store_true", help="只检查和计数，不写入")

    def handle(self, *, file, dry_run, **options):
        try:
            loaded = load_places(file.read_bytes(), dry_run=dry_run)
        except OSError as error:
            raise CommandError(f"读不到文件 {file}。") from error
        except RefusedFile as refused:
            raise CommandError("未载入任何地方：\n" + "\n".join(refused.errors)) from refused
        prefix = "试运行，未写入：" if dry_run else ""
        self.stdout.write(
            f"{prefix}新增 {loaded.added}、更新 {loaded.updated}、未变 {loaded.unchanged}"
        )
