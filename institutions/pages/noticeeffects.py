"""What each line of a published notice did to the register, in words.

Knows which of the register's periods, suspensions, names, merges and findings a line shaped. The answer
is taken from the same fold as every other one; nothing is concluded here.
"""

from collections import defaultdict

from institutions.histories import evidence_of
from institutions.pages.spans import UNKNOWN_START, day_words, span_words
from institutions.register.periods import State

_ENDS = {State.EXPIRES: "期满", State.REVOKED: "取消", State.CONTINUED: "由起始日有载明的记录接续"}
NO_LONGER = "文件已不作数，这一条现在不产生效果"
NOTHING = "没有改变起止"


def effects_of(lines, stands):
    """Return {line's key: [words]} for NoticeLines of one notice; one query.

    `stands`: whether the notice is neither withdrawn nor replaced; one that is not has no effect now.
    """
    adopted = {line.institution_id for line in lines if line.institution_id is not None}
    said = defaultdict(list)
    if stands:
        register = evidence_of(adopted).fold()
        _tell_periods(register, said)
        _tell_identities(register, said)
        for found in register.findings:
            for line in found.lines:
                said[line.key].append(found.message.rstrip("。"))
    return {line.pk: _words(line, said[line.notice_id, line.number], stands) for line in lines}


def _words(line, told, stands):
    if line.institution_id is None:
        return [f"没有采用：{line.decision_reason}"]
    if not stands:
        return [NO_LONGER]
    return list(dict.fromkeys(told)) or [NOTHING]


def _tell_periods(register, said):
    for period in register.periods:
        days = span_words(period.valid_from, period.valid_to)
        said[period.opened_by.key].append(
            f"列入名单，{UNKNOWN_START}" if period.valid_from is None else f"定点：{days}"
        )
        for line in period.closed_by:
            if line.key != period.opened_by.key:
                said[line.key].append(
                    f"定点至{day_words(period.valid_to)}止（{_ENDS[period.state]}）"
                )
        for gap in period.suspensions:
            for line in gap.lines:
                said[line.key].append(f"中止：{span_words(gap.first, gap.last)}")


def _tell_identities(register, said):
    for renaming in register.renamings:
        since = f"{day_words(renaming.on)}起" if renaming.on else "起始日不明，"
        said[renaming.line.key].append(f"{since}名称为{renaming.new_name}")
    for merge in register.merges:
        said[merge.line.key].append(f"{day_words(merge.on)}起并入")
