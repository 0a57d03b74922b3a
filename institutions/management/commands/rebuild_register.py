"""`manage.py rebuild_register [--check]`: the stored periods against the fold of all published lines.

It also gives each institution the name of today: a name stated ahead comes into use without any act on
its day, so a daily run keeps the lists under present names.
"""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from institutions.deriving import derive, differences
from institutions.models import Institution
from institutions.naming import misnamed, refresh_present_names
from portal.models import Change
from portal.references import format_reference

SHOWN = 20


class Command(BaseCommand):
    help = (
        "用全部已发布的名单条目重算定点记录，改正与之不符的，并把到期启用的新名称设为现用名称；"
        "没有不符就什么也不改。加 --check 只核对不改动，有不符时以状态 1 结束。"
    )

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="只核对，不改动")

    def handle(self, *, check, **options):
        if check:
            found, renamed = differences(), misnamed(Institution.objects.all())
            self._tell(found, renamed)
            if renamed or any(found):
                raise CommandError("定点记录与名单条目不符。")
            return
        with transaction.atomic():
            Change.objects.queue()
            found = derive(at=timezone.now())
            renamed = refresh_present_names(Institution.objects.all())
            _record(found, renamed)
        self._tell(found, renamed)

    def _tell(self, found, renamed):
        if not renamed and not any(found):
            self.stdout.write("定点记录与名单条目一致。")
        for difference in found:
            if not difference:
                continue
            label = difference.model._meta.verbose_name
            self.stdout.write(
                f"{label}：多出 {len(difference.old)} 条，缺少 {len(difference.new)} 条"
            )
            self._list("多出", difference.old)
            self._list("缺少", difference.new)
        if renamed:
            self.stdout.write(f"现用名称：{len(renamed)} 家应为当日的名称")
            self._list("应为", [row.name_on for row in renamed])

    def _list(self, sign, rows):
        for row in rows[:SHOWN]:
            self.stdout.write(f"  {sign}  {row}")
        if len(rows) > SHOWN:
            self.stdout.write(f"  {sign}  ……另有 {len(rows) - SHOWN} 条")


def _record(found, renamed):
    """Write one change for each public institution of which readers now see something else."""
    touched = {row.pk for row in renamed}
    for difference in found:
        touched |= {row.institution_id for row in (*difference.old, *difference.new)}
    if not touched:
        return
    codes = Institution.objects.public().order_by("pk").values_list("pk", "code")
    references = [format_reference("institution", code) for pk, code in codes if pk in touched]
    Change.objects.record_many(act=Change.Act.UPDATE, references=references)
