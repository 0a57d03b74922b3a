"""Unified social credit codes (统一社会信用代码): eighteen characters whose last one checks the others.

The rule is GB 32100-2015; the arithmetic is python-stdnum's.
"""

from django.core.exceptions import ValidationError
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as Unsound

from portal.names import fold

CREDIT_CODE_RULE = r"^[0-9A-HJ-NPQRTUWXY]{18}\Z"


def tidy_credit_code(text):
    """Return the code in its one spelling: half-width, upper case, without spaces."""
    return fold(text).upper()


def validate_credit_code(code):
    """Raise ValidationError unless `code`, tidied, is a code whose check character is right."""
    if len(code) != 18:
        raise ValidationError(f"统一社会信用代码须为 18 位，这里是 {len(code)} 位。")
    try:
        uscc.validate(code)
    except Unsound as error:
        raise ValidationError("统一社会信用代码的校验位不对，请核对原件。") from error
