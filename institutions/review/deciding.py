"""What editors decide about the lines of a draft: verbs, each one step that `institutions.review.undoing` can take back.

Knows that lines of one name are decided together, which decisions are remembered for the next notice,
and that a new or doubtful name is linked by nobody but an editor. Every verb takes the draft as the
editor saw it: StaleVersion when another editor acted meanwhile, AlreadyPublished when it is no draft.
Hides the order of writes.
"""

from django.db import transaction

from institutions.knownnames import city_of
from institutions.models import Notice, NoticeLine
from institutions.models.lines import WITHOUT_KIND
from institutions.review.linking import institutions_by_code, link_certain, proposals
from institutions.review.remembering import judge_different, judge_same
from institutions.review.undoing import Step, hold, state_of
from portal.names import fold

Decision = NoticeLine.Decision


class NotDecidable(Exception):
    """A decision lacks something; the message says what, in Chinese."""


@transaction.atomic
def choose(notice, keys, institution, *, by):
    """Decide that the names `keys` (folded) of this draft mean `institution`, and remember it.

    An institution that the matcher held for certain, and that was not chosen, is remembered as another.
    """
    hold(notice)
    lines = _lines(notice, keys)
    if any(line.into_id == institution.pk for line in lines):
        raise NotDecidable("这家机构是这一条要并入的机构，不能并入自己。")
    step = Step(notice, f"“{lines[0].name}”认定为{institution.name}", by)
    city = city_of(notice.area)
    for key, proposal in proposals(notice, lines).items():
        linked = proposal.linked.institution if proposal.linked else None
        if linked == institution.code:
            continue
        name = next(line.matching_name for line in lines if line.matching_key == key)
        step.keep_matches(key, city)
        judge_same(name, city, institution, by=by)
        judge_different(
            name, city, institutions_by_code([linked] if linked else []).values(), by=by
        )
    _decide(step, lines, Decision.MATCHED, institution, "编辑认定")
    step.close()


@transaction.atomic
def declare_new(notice, keys, *, by):
    """Decide that the names `keys` mean institutions that the register does not hold.

    The candidates that were laid before the editor are remembered as others.
    """
    hold(notice)
    lines = _lines(notice, keys)
    step = Step(notice, f"“{lines[0].name}”认定为新机构", by)
    city = city_of(notice.area)
    for key, proposal in proposals(notice, lines).items():
        met = [one.institution for one in (proposal.linked, *proposal.candidates) if one]
        if met:
            name = next(line.matching_name for line in lines if line.matching_key == key)
            step.keep_matches(key, city)
            judge_different(name, city, institutions_by_code(met).values(), by=by)
    _decide(step, lines, Decision.NEW, None, "编辑认定为新机构")
    step.close()


@transaction.atomic
def leave_out(notice, keys, *, reason, by):
    """Decide that the lines of these names are not taken over, for a reason. Raises NotDecidable without one."""
    if not (reason := reason.strip()):
        raise NotDecidable("请写明不采用的理由。")
    hold(notice)
    lines = _lines(notice, keys)
    step = Step(notice, f"“{lines[0].name}”不采用", by)
    _decide(step, lines, Decision.IGNORED, None, reason)
    step.close()


@transaction.atomic
def reopen(notice, keys, *, by):
    """Make the lines of these names undecided again. What was judged of the names stays remembered."""
    hold(notice)
    lines = _lines(notice, keys)
    step = Step(notice, f"“{lines[0].name}”改回待定", by)
    _decide(step, lines, Decision.UNDECIDED, None, "")
    step.close()


@transaction.atomic
def accept_certain(notice, *, by):
    """Link the undecided names that are certain by now; return how many lines were linked."""
    hold(notice)
    lines = list(notice.lines.filter(decision=Decision.UNDECIDED))
    before = {line.pk: state_of(line) for line in lines}
    changed = link_certain(notice, lines)
    step = Step(notice, f"采用确定的匹配（{len(changed)} 条）", by)
    step.save_lines(changed, before)
    step.close()
    return len(changed)


@transaction.atomic
def declare_rest_new(notice, *, by):
    """Declare new every undecided name for which the register holds nothing alike; return how many lines.

    Names with a candidate stay undecided: they are for an editor, one by one.
    """
    hold(notice)
    lines = list(notice.lines.filter(decision=Decision.UNDECIDED))
    told = proposals(notice, lines)
    alone = [line for line in lines if is_alone(told[line.matching_key])]
    step = Step(notice, f"没有相近机构的名称全部新建（{len(alone)} 条）", by)
    _decide(step, alone, Decision.NEW, None, "名录中没有相近的机构，编辑认定全部新建")
    step.close()
    return len(alone)


def is_alone(proposal):
    """Return whether the register holds nothing like this name, and its lines are of one institution."""
    return not (proposal.linked or proposal.candidates or proposal.mixed)


@transaction.atomic
def name_kinds(notice, chosen, *, remember, by):
    """Give the lines of each category, as printed, the kind chosen for it; return how many lines.

    `chosen` is {category: Kind}. Lines with a kind keep it. With `remember` the kinds learn these words,
    so that the next notice needs no choice.
    """
    hold(notice)
    lines = list(
        notice.lines.filter(kind=None, category__in=chosen).exclude(action__in=WITHOUT_KIND)
    )
    before = {line.pk: state_of(line) for line in lines}
    step = Step(notice, "为“" + "”“".join(sorted(chosen)) + "”选定类别", by)
    for line in lines:
        line.kind = chosen[line.category]
    step.save_lines(lines, before)
    if remember:
        for words, kind in chosen.items():
            _teach(step, kind, words)
    _take_scheme(notice)
    step.close()
    return len(lines)


def _teach(step, kind, words):
    kind.refresh_from_db()
    if words and fold(words) not in kind.printed_keys:
        step.keep_kind(kind)
        kind.printed_names = "\n".join(filter(None, [kind.printed_names.rstrip(), words]))
        kind.save()


def _take_scheme(notice):
    """Give a draft without a scheme the one scheme of all its lines' kinds."""
    if notice.scheme_id is None:
        found = set(notice.lines.filter(kind__isnull=False).values_list("kind__scheme", flat=True))
        if len(found) == 1:
            notice.scheme_id = found.pop()
            Notice.objects.filter(pk=notice.pk).update(scheme=notice.scheme_id)


@transaction.atomic
def amend(line, notice, *, by):
    """Save the changed fields of one line of the draft, which a form has checked."""
    hold(notice)
    stored = notice.lines.get(pk=line.pk)
    step = Step(notice, f"修改第 {line.number} 条“{line.name}”", by)
    step.save_lines([line], {line.pk: state_of(stored)})
    step.close()


@transaction.atomic
def add_line(line, notice, *, by):
    """Add a line that the reader missed, as the last one; it is linked at once where that is certain."""
    hold(notice)
    last = notice.lines.order_by("-number").values_list("number", flat=True).first()
    line.notice, line.number = notice, (last or 0) + 1
    link_certain(notice, [line])
    step = Step(notice, f"补充第 {line.number} 条“{line.name}”", by)
    step.add_line(line)
    step.close()
    return line


def _lines(notice, keys):
    lines = list(notice.lines.filter(key__in=keys).order_by("number"))
    if not lines:
        raise NotDecidable("没有这个名称的条目，请重新载入。")
    return lines


def _decide(step, lines, decision, institution, reason):
    before = {line.pk: state_of(line) for line in lines}
    for line in lines:
        line.decision, line.institution = decision, institution
        line.decision_reason = reason[:300]
    step.save_lines(lines, before)
