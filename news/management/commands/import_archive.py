"""`manage.py import_archive FILE.jsonl`: take an old site's archive over."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from news.archive.archiving import (
    ArchiveRefused,
    check_name,
    import_archive,
    sections_for,
    survey,
)


class Command(BaseCommand):
    help = (
        "导入旧站稿件：每行一个 JSON 对象，字段为 id、title、deck、date、section、body、author、source。"
        "分批写入，中断后再运行即从断点继续；同一 id 不会重复导入。"
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="文件", help="JSON Lines 文件，UTF-8 编码")
        parser.add_argument(
            "--archive",
            default="旧站",
            metavar="名称",
            help="档案名，区分不同旧站的编号；默认“旧站”",
        )
        parser.add_argument(
            "--on-error",
            choices=["refuse", "skip"],
            default="refuse",
            help="有坏行时：refuse 全部不导入（默认），skip 跳过坏行",
        )
        parser.add_argument("--update", action="store_true", help="内容有变的旧稿重新发布")
        parser.add_argument("--create-sections", action="store_true", help="没有的栏目自动新建")
        parser.add_argument("--dry-run", action="store_true", help="只检查和计数，不写入")
        parser.add_argument(
            "--batch", type=int, default=500, metavar="N", help="每批篇数，默认 500"
        )

    def handle(self, *, file, archive, on_error, dry_run, **options):
        if not 1 <= options["batch"] <= 5000:
            raise CommandError("每批篇数应为 1 至 5000。")
        try:
            check_name(archive)
            found = survey(file)
            self._tell_bad(found.bad)
            if found.bad and on_error == "refuse":
                raise CommandError(
                    f"有 {len(found.bad)} 行不能导入，未写入任何稿件。改好后再来，或加 --on-error skip 跳过。"
                )
            sections = self._sections(found, dry_run, options["create_sections"])
            outcome = self._import(file, archive, sections, found.stories, dry_run, options)
        except OSError as error:
            raise CommandError(f"读不到文件 {file}。") from error
        except ArchiveRefused as refused:
            raise CommandError(str(refused)) from refused
        self._tell(outcome, found, dry_run)

    def _sections(self, found, dry_run, create):
        if dry_run and create:
            return {}
        return sections_for(found.sections, create=create)

    def _import(self, file, archive, sections, total, dry_run, options):
        with tqdm(
            total=total, unit="篇", file=self.stderr, disable=options["verbosity"] == 0
        ) as bar:
            return import_archive(
                file,
                archive=archive,
                sections=sections,
                batch=options["batch"],
                update=options["update"],
                dry_run=dry_run,
                progress=bar.update,
            )

    def _tell_bad(self, bad):
        for line in bad:
            self.stderr.write(f"第 {line.number} 行：{line.reason}。")

    def _tell(self, outcome, found, dry_run):
        prefix = "试运行，未写入：" if dry_run else ""
        self.stdout.write(
            f"{prefix}新增 {outcome.created} 篇，更新 {outcome.updated} 篇，未变 {outcome.unchanged} 篇，"
            f"内容有变而保留 {len(outcome.kept)} 篇，跳过坏行 {len(found.bad)} 行"
        )
        for number, key, reason in outcome.kept:
            self.stdout.write(f"第 {number} 行（{key}）：{reason}")
        if found.lost:
            lost = "、".join(f"{name} {count} 处" for name, count in found.lost.most_common())
            self.stdout.write(f"正文中未能带过来的：{lost}")
