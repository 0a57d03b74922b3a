"""`manage.py create_index CODE NAME`: a new index series."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from indices.loading.founding import create_index, refusal_words


class Command(BaseCommand):
    help = "新建一个指数。代码已有时不作改动，只作说明。"

    def add_arguments(self, parser):
        parser.add_argument("code", metavar="代码", help="网址中使用：小写字母、数字和连字符")
        parser.add_argument("name", metavar="名称", help="如“数字治理指数”")
        parser.add_argument(
            "--description", metavar="说明", default="", help="量的是什么，一两句话"
        )
        parser.add_argument(
            "--compiler",
            metavar="机构",
            action="append",
            default=[],
            help="编制机构，可以重复；没有登记的机构会新建",
        )
        parser.add_argument("--url", metavar="网址", default="", help="指数的网址")
        parser.add_argument("--demonstration", action="store_true", help="标明是演示数据")

    def handle(self, *, code, name, description, compiler, url, demonstration, **options):
        try:
            index, made = create_index(
                code=code,
                name=name,
                description=description,
                compilers=compiler,
                url=url,
                is_demonstration=demonstration,
            )
        except ValidationError as error:
            raise CommandError("没有新建：" + refusal_words(error)) from error
        if made:
            self.stdout.write(f"已新建指数“{index.name}”（{index.code}）。")
        else:
            self.stdout.write(f"指数“{index.name}”（{index.code}）已有，没有改动。")
