"""`manage.py evaluate_search DOCS.jsonl QUERIES.json`: how well the search answers judged queries.

Uses a temporary index and the names and synonyms of the demonstration; reads and writes nothing of the site's.
"""

import csv
import json
from datetime import date
from pathlib import Path
from statistics import fmean

from django.core.management.base import BaseCommand, CommandError

from news.demo import words
from portal.search.entries import Document
from portal.search.evaluating import evaluate


class Command(BaseCommand):
    help = "用评过分的查询衡量搜索：每个查询一行，末尾是 recall@10 和 nDCG@10。用临时索引，不读写本站数据。"
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "documents", metavar="文档", type=Path, help="JSONL，每行 id、title、deck、date、body"
        )
        parser.add_argument(
            "queries", metavar="查询", type=Path, help="JSON，每项 id、query、relevant"
        )
        parser.add_argument(
            "--distractors", metavar="干扰", type=Path, help="TSV，每行 编号、类别、标题"
        )

    def handle(self, *, documents, queries, distractors, **options):
        try:
            held = self._documents(documents)
            if distractors:
                held |= self._headlines(distractors)
            asked = json.loads(queries.read_text(encoding="utf-8-sig"))
            judged = evaluate(held, asked, words.vocabulary())
        except OSError as error:
            raise CommandError(f"读不了文件：{error.filename}") from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"文件内容不合要求：{error}") from error
        for each in judged:
            found = " ".join(each.found) or "无结果"
            self.stdout.write(
                f"{each.key}\trecall {each.recall:.3f}\tnDCG {each.ndcg:.3f}\t{each.query}\t{found}"
            )
        self.stdout.write(f"recall@10 {fmean([each.recall for each in judged] or [0]):.3f}")
        self.stdout.write(f"nDCG@10 {fmean([each.ndcg for each in judged] or [0]):.3f}")

    def _documents(self, path):
        held = {}
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            if line.strip():
                row = json.loads(line)
                day = date.fromisoformat(row["date"]).toordinal() if row.get("date") else 0
                held[str(row["id"])] = Document(
                    (row["title"],), (row.get("deck") or "",), (row.get("body") or "",), day=day
                )
        return held

    def _headlines(self, path):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            return {row[0]: Document((row[-1],)) for row in rows if len(row) > 1}
