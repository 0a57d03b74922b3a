"""`manage.py found_site`: the pages and roles that a site starts with."""

from django.conf import settings
from django.core.management.base import BaseCommand

from news.founding import address_of, found_site


class Command(BaseCommand):
    help = "建站：首页、新闻总页、默认栏目、文字页面、网站信息和角色。可以重复运行，不改动编辑改过的内容。"

    def add_arguments(self, parser):
        hostname, port = address_of(settings.PUBLIC_URL)
        parser.add_argument("--hostname", default=hostname, help="网站域名，默认取自 PUBLIC_URL")
        parser.add_argument("--port", type=int, default=port, help="端口，默认取自 PUBLIC_URL")

    def handle(self, *, hostname, port, **options):
        home = found_site(hostname=hostname, port=port)
        self.stdout.write(f"网站已建好：{home.full_url}")
