"""Names and questions of the tests on matching, written short."""

from institutions.matching import Judgement, KnownName, Matcher

ZHENGZHOU = frozenset({"郑州市", "郑州", "河南省", "河南"})
JINSHUI = ZHENGZHOU | {"金水区", "金水"}
ERQI = ZHENGZHOU | {"二七区", "二七"}
LUOYANG = frozenset({"洛阳市", "洛阳", "河南省", "河南"})
NOWHERE = frozenset()
# Two codes whose check digits are right; nobody bears them here.
CODE, OTHER_CODE = "12410100MB00000019", "12410100MB0000002X"


def known(name, institution="a", kind="official", cities=ZHENGZHOU, code=None):
    return KnownName(institution, name, kind, None, cities, code)


def same(printed, institution="a", city="郑州市"):
    return Judgement(printed, city, institution, True)


def not_same(printed, institution="a", city="郑州市"):
    return Judgement(printed, city, institution, False)


def ask(names, printed, judgements=(), **context):
    """Ask a matcher of these names, in a notice of Zhengzhou unless told otherwise."""
    context = {"resolved": None, "city": "郑州市", "district": None, "credit_code": None} | context
    return Matcher(names, judgements).match(printed, **context)


def linked(match):
    return match.linked and match.linked.institution


def proposed(match):
    return [candidate.institution for candidate in match.candidates]
