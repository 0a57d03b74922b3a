"""The import of scores: a file's rows into a draft release, all or nothing, in one transaction.

The rows are written as lines of a draft, compared with what stands inside the database, and taken back by a
rollback where nothing is to be done. Neither the rows nor the scores are ever held in memory: only the
places, and the row's number for each place and dimension, by which a doubled row is known.
"""

from dataclasses import dataclass

from django.db import connection, transaction

from indices.digits import note_printed
from indices.loading import staging
from indices.loading.dimensions import Dimensions
from indices.loading.headings import find_layout
from indices.loading.outcomes import Outcome
from indices.loading.placed import PlacedLines
from indices.loading.reading import Reader
from indices.loading.showing import conflicts_of, examples_of
from indices.models import Edition, ReleaseLine, Score
from indices.publishing import NotPublishable, compare_anew, draft_release, publish
from portal.databases import MANY, learn_sizes
from portal.models import Change
from portal.tabular import Problem

_KEPT_SHOWN = 5


@dataclass(frozen=True)
class Order:
    """What is asked for beside the file: into which edition, from which source, and how.

    `explanation` makes it a correction. `replace` takes back what stands in the file's dimensions and the
    file lacks. `examples`: how many rows of each kind the Outcome is to show.
    """

    edition: Edition
    source_words: str
    explanation: str = ""
    by: object = None
    replace: bool = False
    create_dimensions: bool = False
    publish: bool = False
    dry_run: bool = False
    examples: int = 0


@transaction.atomic
def import_scores(file, order):
    """Do what the Order says with a ScoreFile and return the Outcome.

    Nothing is written when the Outcome is refused, when nothing changes, and in a dry run. Raises
    UnreadableFile for a file that cannot be read, ValidationError for an order without its words.
    """
    if connection.vendor == "postgresql":
        # Imports into one edition come one after the other; SQLite has one writer anyway.
        Edition.objects.select_for_update(no_key=True).filter(pk=order.edition.pk).first()
    outcome = _Import(file, order).run()
    if order.dry_run or outcome.refused or not outcome.changes:
        transaction.set_rollback(True)
        if outcome.changes:
            outcome.release = None
    return outcome


class _Import:
    """One run, inside the transaction of `import_scores`."""

    def __init__(self, file, order):
        self.file, self.order, self.outcome = file, order, Outcome()
        self.dimensions = Dimensions(order.edition)

    def run(self):
        """Return the Outcome; what it has written is the caller's to keep or to roll back."""
        if reader := self._reader():
            order = self.order
            self.release = draft_release(
                order.edition,
                by=order.by,
                source_words=order.source_words,
                explanation=order.explanation,
                file_name=self.file.name,
                file_sha256=self.file.sha256,
            )
            self.lines = PlacedLines(order.edition, reader)
            staging.write_lines(self.release, self.lines)
            self._note_what_was_met(reader)
            if not self.outcome.problems:
                self._compare(reader)
            if not self.outcome.refused:
                self._finish()
        return self.outcome

    def _reader(self):
        """Return the Reader of the file's table, None with the problems noted; makes dimensions where asked."""
        sheet, layout = find_layout(self.file.sheets, self.dimensions.keys)
        self.outcome.problems += layout.problems
        if layout.problems:
            return None
        reader = Reader(sheet.rows, layout, self.order.edition, self.dimensions.find)
        try:
            if self.order.create_dimensions:
                made = self.dimensions.create(reader.titles())
                self.outcome.created = [row.label for row in made]
            elif missing := self.dimensions.missing(layout.titles):
                words = "、".join(f"“{title or '总指数'}”" for title in missing)
                raise ValueError(
                    f"这一版没有维度{words}。请改正列名或删去这些列，或先在版次中加上维度，或要求新建文件中的维度。"
                )
        except ValueError as error:
            self.outcome.problems.append(Problem(layout.number, "", str(error)))
            return None
        if layout.passed_over:
            self.outcome.notes.append(f"没有读入的列：{'、'.join(layout.passed_over)}。")
        return reader

    def _note_what_was_met(self, reader):
        outcome, noted = self.outcome, reader.noted
        outcome.problems += noted.all_faults()
        outcome.unmatched = self.lines.unmatched()
        label = self.order.edition.label
        others = "、".join(f"{name}（{rows} 行）" for name, rows in noted.others.items())
        if not noted.taken:
            words = f"没有“{label}”这一版的行；文件里有：{others}。"
            words = words if others else "表头下面没有数据。"
            outcome.problems.append(Problem(None, "", words))
        elif not self.lines.count and not outcome.problems and not outcome.unmatched:
            words = "没有一行有得分、位次或披露情况。"
            outcome.problems.append(Problem(None, "", words))
        elif others:
            outcome.notes.append(f"只取“{label}”这一版的 {noted.taken} 行；没有取：{others}。")
        if zeros := noted.zero_warning():
            outcome.warnings.append(zeros)

    def _compare(self, reader):
        """Count what the lines would do to what stands, and drop those that would do nothing."""
        outcome, release, lines = self.outcome, self.release, self.release.lines
        if self.order.publish:
            Change.objects.queue()
        compare_anew(release)
        if self.lines.count >= MANY:
            learn_sizes(ReleaseLine)
        staging.keep_what_is_not_told(release, reader.told)
        named = list(self.lines.decimals)
        if self.order.replace:
            outcome.removed = staging.retract_the_others(release, named)
        else:
            rest = staging.others(release, named)
            outcome.kept = rest.count()
            first = rest.select_related("place", "dimension").order_by("dimension", "place__code")
            outcome.kept_names = [
                f"{score.place.label}·{score.dimension.label}" for score in first[:_KEPT_SHOWN]
            ]
        outcome.unchanged = lines.unchanged().delete()[0]
        outcome.new = lines.new().count()
        outcome.changed = self.lines.count - outcome.unchanged - outcome.new
        note_printed(self.lines.decimals)
        outcome.conflicts = conflicts_of(self.order.edition, release, named)
        if self.order.examples:
            outcome.examples = examples_of(release, self.lines, self.order.examples)

    def _finish(self):
        """Settle which release it is: this one, or a draft that says the same; publish it where asked."""
        outcome, release = self.outcome, self.release
        if not outcome.changes:
            return
        twin = staging.same_draft(release)
        if twin is not None and not self.order.publish:
            outcome.unchanged += outcome.new + outcome.changed
            outcome.new = outcome.changed = outcome.removed = 0
            outcome.notes.append("内容相同的草稿已有一份，没有再建。")
            outcome.release = twin
            return
        if twin is not None:
            release.lines.all().delete()
            release.delete()
            release = twin
            compare_anew(release)
        outcome.release = release
        if self.order.publish:
            try:
                publish(release, by=self.order.by)
                if self.lines.count >= MANY:
                    learn_sizes(Score)
            except NotPublishable as error:
                outcome.problems += [Problem(None, "", words) for words in error.problems]
