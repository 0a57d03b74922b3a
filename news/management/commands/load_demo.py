"""`manage.py load_demo`: furnish the site with the demonstration."""

from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from news.demo import accounts
from news.demo.loading import load_demonstration


class Command(BaseCommand):
    help = (
        "载入示范内容：地方、组织机构、定点机构和通知（有一份待审）、指数（有一个是演示数据）、稿件（有一篇是草稿）、图片、附件"
        "和各角色的示范账号。"
        "可以重复运行，第二次起不改动任何数据。"
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--yes-on-production-like",
            action="store_true",
            help="不在开发模式下也照样载入（示范账号的密码是公开的）",
        )

    def handle(self, *, yes_on_production_like, **options):
        if not settings.DEVELOPMENT and not yes_on_production_like:
            raise CommandError(
                "这里不是开发模式（YOUJU_DEV=1）。示范账号的密码是公开的，不能用在正式网站上，"
                "所以没有载入。确实需要时请加 --yes-on-production-like，并立即更换密码。"
            )
        loaded = load_demonstration(public_url=settings.PUBLIC_URL)
        call_command("make_dumps", stdout=StringIO())
        self.stdout.write(self._done(loaded))
        self.stdout.write(self._addresses())
        self.stdout.write(self._logins())

    def _done(self, loaded):
        made = [
            (loaded.places, "个地方"),
            (loaded.organisations, "个组织机构"),
            (loaded.accounts, "个示范账号"),
            (loaded.institutions, "家机构"),
            (loaded.notices, "份已发布的通知"),
            (loaded.draft_notices, "份待审的通知"),
            (loaded.indices, "个指数"),
            (loaded.editions, "版指数报告"),
            (loaded.published, "篇已发布的稿件"),
            (loaded.drafts, "篇草稿"),
        ]
        words = "、".join(f"{count} {what}" for count, what in made if count)
        return f"示范内容已载入：{words}。" if words else "示范内容已经在了，没有改动。"

    def _addresses(self):
        url = settings.PUBLIC_URL.rstrip("/")
        return f"\n网站　　{url}/\n编辑部　{url}/admin/"

    def _logins(self):
        standing = accounts.standing()
        lines = [
            f"  {login.username:<8} {login.role.label}"
            for login in accounts.LOGINS
            if login.username in standing
        ]
        if not lines:
            return "\n示范账号已被删除。"
        return "\n".join([f"\n示范账号（密码都是 {accounts.PASSWORD}，只供示范）", *lines])
