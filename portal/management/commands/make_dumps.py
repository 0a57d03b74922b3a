"""Make the current version of every dataset whole, so that its checksum is recorded before anyone asks; run nightly."""

from django.core.management.base import BaseCommand, CommandError

from portal.opendata import dumps
from portal.opendata.datasets import datasets


class Command(BaseCommand):
    help = (
        "生成每项数据的现行版本，登记其行数、字节数和 SHA-256；已经登记的重新生成一遍，与登记核对。"
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--all-versions",
            action="store_true",
            help="连同登记过的全部历史版本逐一核对",
        )

    def handle(self, *, all_versions, **options):
        altered = []
        for dataset in datasets():
            for change in _changes(dataset, all_versions):
                try:
                    made = dumps.make(dataset.name, dataset.dump, change)
                except dumps.Altered:
                    altered.append(f"{dataset.name}/{change.sequence}.csv")
                else:
                    self._tell(dataset, change, made)
        if altered:
            raise CommandError(
                f"与登记的校验值不同：{'、'.join(altered)}。已发布的记录被改写过，请停止对外提供并查明原因。"
            )

    def _tell(self, dataset, change, made):
        if made is None:
            words = "数据库正忙，校验值没有登记"
        else:
            words = f"{made.rows} 行，{made.size} 字节，SHA-256 {made.sha256}"
        self.stdout.write(f"{dataset.title}，版本 {change.sequence}：{words}")


def _changes(dataset, all_versions):
    """Return the changes of which the files are wanted: the current version, and all recorded ones."""
    if dataset.dump is None:
        return []
    current = dumps.version_of(dataset.dump)
    wanted = {current.sequence} if current else set()
    if all_versions:
        wanted |= dumps.recorded_versions(dataset.name)
    return [dumps.change_of(version) for version in sorted(wanted)]
