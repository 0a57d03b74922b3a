"""`manage.py rebuild_register [--check]`: the stored periods against the fold of all published lines."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from institutions.deriving import derive, differences
from portal.models import Change

SHOWN = 20


class Command(BaseCommand):
    help = (
        "用全部已发布的名单条目重算定点记录，改正与之不符的；没有不符就什么也不改。"
        "加 --check 只核对不改动，有不符时以状态 1 结束。"
    )

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="只核对，不改动")

    def handle(self, *, check, **options):
        if check:
            self._tell(found := differences())
            if any(found):
                raise CommandError("定点记录与名单条目不符。")
            return
        with transaction.atomic():
            Change.objects.queue()
            self._tell(derive(at=timezone.now()))

    def _tell(self, found):
        if not any(found):
            self.stdout.write("定点记录与名单条目一致。")
        for difference in found:
            if not difference:
                continue
            label = difference.model._meta.verbose_name
            self.stdout.write(
                f"{label}：多出 {len(difference.old)} 条，缺少 {len(difference.new)} 条"
            )
            for sign, rows in (("多出", difference.old), ("缺少", difference.new)):
                for row in rows[:SHOWN]:
                    self.stdout.write(f"  {sign}  {row}")
                if len(rows) > SHOWN:
                    self.stdout.write(f"  {sign}  ……另有 {len(rows) - SHOWN} 条")
