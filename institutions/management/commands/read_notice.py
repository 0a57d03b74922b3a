"""`manage.py read_notice FILE`: what stands in an official notice, as JSON or as a summary in Chinese. Saves nothing."""

import json
from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from institutions.noticetext import read_notice
from portal.textfiles import ACCEPTED, UnreadableFile, read_argument

_ACTIONS = {
    "designate": "定点",
    "revoke": "取消",
    "suspend": "暂停",
    "resume": "恢复",
    "renew": "续签",
    "rename": "更名",
    "merge": "合并",
    None: "未定",
}
_EXTENTS = {
    "full": "全部名单",
    "additions": "新增名单",
    "changes": "变动名单",
    "examples": "举例",
    "unknown": "未知",
}
_COMPLETE = {True: "是", False: "否", None: "没有读到名单"}


class Command(BaseCommand):
    help = f"读一份公告（{ACCEPTED}）：发文机关、标题、文号、日期和名单的每一条。只读不存；加 --json 只输出 JSON。"

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="文件", help="公告文件；“-”表示从标准输入读纯文本")
        parser.add_argument(
            "--city", metavar="城市", help="发文机关所在的城市，文中没有写明时用，例如 郑州市"
        )
        parser.add_argument("--json", action="store_true", help="只输出 JSON")

    def handle(self, *, file, city, **options):
        try:
            notice = read_notice(read_argument(file), city=city)
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(notice.as_dict(), ensure_ascii=False, indent=2))
        else:
            self._tell(notice)

    def _tell(self, notice):
        names = {entry.resolved_name or entry.name_as_printed for entry in notice.entries}
        for label, value in (
            ("发文机关", notice.issuer),
            ("标题", notice.title),
            ("文号", notice.doc_number),
            ("发布日期", notice.published_date),
            ("生效日期", notice.effective_date),
            ("名单范围", _EXTENTS[notice.extent]),
            ("本文名单列全", _COMPLETE[notice.list_complete]),
        ):
            self.stdout.write(f"{label}：{value or '未写明'}")
        for key, number in (notice.stated_counts or {}).items():
            self.stdout.write(f"文中数字：{key} {number}")
        self.stdout.write(f"读到 {len(notice.entries)} 家次，{len(names)} 家（按印出的名称）")
        groups = Counter((entry.category, entry.action) for entry in notice.entries)
        for (category, action), number in groups.items():
            self.stdout.write(f"\n{category or '类别未定'} · {_ACTIONS[action]}（{number}）")
            for entry in notice.entries:
                if (entry.category, entry.action) == (category, action):
                    self.stdout.write(f"  {_line(entry)}")
        for warning in notice.warnings:
            self.stdout.write(f"注意：{warning.message}（第{warning.start}至{warning.end}字）")


def _line(entry):
    """One entry for people: its name, what is known of it, and whether someone must look."""
    dates = " 至 ".join(day for day in (entry.valid_from, entry.valid_to) if day)
    facts = (
        f"→ {entry.new_name or entry.merged_into}" if entry.new_name or entry.merged_into else None,
        entry.district,
        entry.grade,
        entry.code,
        entry.effective_date,
        dates,
        entry.reason,
        "【请核对】" if entry.needs_review else None,
    )
    return " ".join([entry.name_as_printed, *(fact for fact in facts if fact)])
