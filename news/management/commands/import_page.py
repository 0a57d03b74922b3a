"""`manage.py import_page FILE`: the stories of a newspaper page as JSON, or as drafts at the desk."""

import json
from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from news.importing.drafting import DraftRefused, draft_of, save_drafts
from news.pagetext.reader import read_page
from news.sections import sections_by_name
from portal.textfiles import UnreadableFile, read_argument


class Command(BaseCommand):
    help = (
        "把报纸版面的文字（.txt、.md、.docx）拆成稿件，存为草稿；加 --json 只输出读到的结果，不保存。"
        "同一版面再次导入不会重复。"
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="文件", help="版面文字；“-”表示从标准输入读纯文本")
        parser.add_argument("--print-date", metavar="YYYY-MM-DD", help="见报日期")
        parser.add_argument("--section", metavar="栏目", help="存到哪个栏目：网址标识或名称")
        parser.add_argument("--json", action="store_true", help="只输出 JSON，不保存")

    def handle(self, *, file, print_date, section, **options):
        printed_on = self._date(print_date)
        if options["json"]:
            page = self._read(file)
            self.stdout.write(json.dumps(page.as_dict(), ensure_ascii=False, indent=2))
            return
        section = self._section(section)
        stories = [story for story in self._read(file).stories if story.headline or story.body]
        if not stories:
            raise CommandError(f"{file} 里没有读到稿件。")
        try:
            saved = save_drafts(
                [draft_of(story) for story in stories], section=section, printed_on=printed_on
            )
        except DraftRefused as refused:
            errors = "\n".join(refused.errors)
            raise CommandError(
                f"未保存任何稿件：\n{errors}\n请在后台“从版面导入”，改好后再存。"
            ) from refused
        self._tell(stories, saved, section)

    def _date(self, text):
        if text is None:
            return None
        try:
            if len(text) != len("YYYY-MM-DD"):
                raise ValueError
            return date.fromisoformat(text)
        except ValueError:
            raise CommandError(f"见报日期“{text}”不是日期，应为 YYYY-MM-DD。") from None

    def _section(self, name):
        known = sections_by_name()
        if name in known:
            return known[name]
        sections = {section.slug: section.title for section in known.values()}
        names = "、".join(f"{slug}（{title}）" for slug, title in sections.items()) or "（还没有）"
        problem = f"没有栏目“{name}”" if name else "请用 --section 指定栏目"
        raise CommandError(f"{problem}。现有栏目：{names}。")

    def _read(self, file):
        try:
            return read_page(read_argument(file))
        except UnreadableFile as error:
            raise CommandError(str(error)) from error

    def _tell(self, stories, saved, section):
        created = sum(one.created for one in saved)
        self.stdout.write(
            f"新建草稿 {created} 篇，已导入过 {len(saved) - created} 篇（栏目：{section.title}）"
        )
        for number, (story, one) in enumerate(zip(stories, saved, strict=True), 1):
            state = "新建" if one.created else "已导入过"
            address = reverse("wagtailadmin_pages:edit", args=[one.page.pk])
            self.stdout.write(f"{number}. {state}：{one.page.title}")
            self.stdout.write(f"   {settings.WAGTAILADMIN_BASE_URL}{address}")
            for note in story.notes:
                self.stdout.write(f"   - {note}")
