"""A desk that carries out random acts by the real verbs, and tells the naive model of each.

What it tells the model comes from the act itself and from the instant of the verb, never from the rows
that the verb wrote.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone

from institutions import covering, merging
from institutions.models import InstitutionName, Merge, Notice, NoticeLine
from institutions.naming import set_names
from institutions.publishing import draft_correction, publish, withdraw
from institutions.register.lines import Document, Line
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory
from tests.institutions.factories import KindFactory, SchemeFactory, an_institution
from tests.institutions.naive_portal import NaivePortal, Stated
from tests.institutions.random_acts import last_day


class World:
    """The rows that no act makes: two kinds of one scheme, three institutions in one city, an editor."""

    def __init__(self):
        scheme = SchemeFactory()
        self.kinds = [KindFactory(scheme=scheme) for _ in range(2)]
        self.city, self.issuer, self.editor = PlaceFactory(), OrganisationFactory(), UserFactory()
        self.names = ["甲医院", "乙医院", "丙医院"]
        self.institutions = [an_institution(name, place=self.city) for name in self.names]
        self.born = timezone.now()
        self.frame = {
            "title": "通知",
            "text": "名单",
            "source_words": "测试",
            "issuer": self.issuer,
            "scheme": scheme,
            "area": self.city,
        }


class Desk:
    """One sequence's state: the notices, merges and declarations made so far."""

    def __init__(self, world):
        self.world = world
        self.naive = NaivePortal(timezone.localdate())
        self.notices, self.merges, self.coverages = [], [], []
        for row, name in zip(world.institutions, world.names, strict=True):
            self.naive.names.append(Stated((row.pk, name, None, None), world.born))

    def carry_out(self, act):
        """Do what an act says; one that finds nothing to act upon does nothing."""
        getattr(self, act.what)(*act.arguments)

    def draft(self, paper):
        """Draft a notice; return it, and its lines as the naive model takes them."""
        notice = Notice.objects.create(**self.world.frame, **paper.dates)
        return notice, self._write(notice, paper.lines)

    def publish(self, paper):
        """Draft a notice and publish it."""
        self._publish(*self.draft(paper))

    def correct(self, number, paper, dates_only):
        """Publish a correction of a notice: other dates over the same lines, or other lines as well."""
        standing = [row for row in self.notices if self._documents[row.pk].replaced_at is None]
        if not standing:
            return
        old = standing[number % len(standing)]
        draft = draft_correction(old, by=self.world.editor)
        Notice.objects.filter(pk=draft.pk).update(**paper.dates)
        draft.refresh_from_db()
        if dates_only:
            lines = [row for row in self.naive.lines if row.document == old.pk]
            self._publish(draft, [_moved(row, draft.pk) for row in lines], old)
        else:
            draft.lines.all().delete()
            self._publish(draft, self._write(draft, paper.lines), old)

    def withdraw(self, number):
        """Withdraw a notice, a replaced one too."""
        held = [row for row in self.notices if self._documents[row.pk].withdrawn_at is None]
        if held:
            notice = withdraw(held[number % len(held)], by=self.world.editor, reason="误传")
            self.naive.withdraw(notice.pk, notice.withdrawn_at)

    def merge(self, part, step, on):
        """Merge one institution into another, if the verb allows it."""
        rows = self.world.institutions
        part, whole = rows[part], rows[(part + step) % 3]
        try:
            row = merging.merge(part, whole, on=on, source_words="批复", by=self.world.editor)
        except ValidationError:
            return
        self.merges.append(row)
        self.naive.merges.append(Stated((part.pk, whole.pk, on), row.known_from))

    def undo(self, number):
        """Undo a merge."""
        standing = [
            (row, told)
            for row, told in zip(self.merges, self.naive.merges, strict=True)
            if told.until is None
        ]
        if standing:
            row, told = standing[number % len(standing)]
            undoing = merging.undo(
                Merge.objects.get(pk=row.pk), source_words="误记", by=self.world.editor
            )
            told.until = undoing.known_from

    def declare(self, coverage, replaced):
        """Declare coverage, in place of a standing declaration or beside all."""
        kind, first, length = coverage
        standing = self._standing_coverages()
        replaces, told = (
            standing[replaced % len(standing)]
            if standing and replaced is not None
            else (None, None)
        )
        kind, last = self.world.kinds[kind], last_day(first, length)
        row = covering.declare(
            kind=kind,
            area=self.world.city,
            first=first,
            last=last,
            basis="全部在册名单",
            by=self.world.editor,
            replaces=replaces,
        )
        if told is not None:
            told.until = row.known_from
        self.coverages.append(row)
        self.naive.coverages.append(Stated((kind.pk, first, last), row.known_from))

    def take_back(self, number):
        """Take a declaration back."""
        standing = self._standing_coverages()
        if standing:
            row, told = standing[number % len(standing)]
            covering.withdraw(row, by=self.world.editor, reason="漏收")
            told.until = row.known_to

    def name(self, number, name, first, last):
        """State the names of one institution anew: its first name, and another for some days."""
        institution = self.world.institutions[number]
        if last is not None and first is not None and last < first:
            last = None
        if first is None:
            last = None
        stated = {(self.world.names[number], None, None), (name, first, last)}
        if first is None:
            stated = {(name, None, None)}
        rows = [
            InstitutionName.of(
                institution,
                text,
                kind=InstitutionName.Kind.OFFICIAL,
                valid_from=begin,
                valid_to=end,
                source_words="登记证书",
            )
            for text, begin, end in stated
        ]
        if not set_names(institution, rows, by=self.world.editor):
            return
        at = InstitutionName.objects.filter(institution=institution).latest("known_from").known_from
        self._state_names(institution.pk, stated, at)

    def _state_names(self, institution, stated, at):
        kept = set()
        for row in self.naive.names:
            bearer, *said = row.what
            if bearer == institution and row.until is None:
                if tuple(said) in stated:
                    kept.add(tuple(said))
                else:
                    row.until = at
        self.naive.names += [Stated((institution, *said), at) for said in stated - kept]

    def _standing_coverages(self):
        pairs = zip(self.coverages, self.naive.coverages, strict=True)
        return [(row, told) for row, told in pairs if told.until is None]

    @property
    def _documents(self):
        return self.naive.documents

    def _publish(self, draft, told, replaced=None):
        publish(draft, by=self.world.editor)
        self.notices.append(draft)
        dates = {
            name: getattr(draft, name)
            for name in ("issued_on", "effective_on", "stated_on", "stated_basis")
        }
        document = Document(draft.pk, draft.published_at, **dates)
        self.naive.publish(document, told, replaced.pk if replaced else None)

    def _write(self, draft, said):
        """Write the lines of a draft; return them as the naive model takes them."""
        rows, told = [], []
        for number, line in enumerate(said, 1):
            institution = self.world.institutions[line.institution]
            kind = None if line.kind is None else self.world.kinds[line.kind]
            into = None if line.into is None else self.world.institutions[line.into]
            row = NoticeLine(
                notice=draft,
                number=number,
                name=institution.name,
                quote=institution.name,
                action=line.action,
                kind=kind,
                institution=institution,
                into=into,
                decision=NoticeLine.Decision.MATCHED,
                **line.fields,
            )
            row.key = row.matching_key
            rows.append(row)
            keys = {"kind": kind and kind.pk, "into": into and into.pk}
            told.append(Line(draft.pk, number, line.action, institution.pk, **keys, **line.fields))
        NoticeLine.objects.bulk_create(rows)
        return told


def _moved(line, document):
    values = {name: getattr(line, name) for name in line.__slots__}
    return Line(**{**values, "document": document})
