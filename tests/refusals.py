"""What the database refuses: writes that must fail, and which constraints a table of cases has met."""

import re

import pytest
from django.db import IntegrityError, connection, models, transaction


def execute(statement, *parameters):
    """Run one statement of raw SQL."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)


def words_of_refusal(write, *arguments, **fields):
    """Return the first line of the refusal that a write must meet; nothing of it remains."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write(*arguments, **fields)
    return str(refused.value).splitlines()[0]


def constraint_refusing(write, *arguments, **fields):
    """Return the name of the check constraint that a write must break."""
    words = words_of_refusal(write, *arguments, **fields)
    told = re.search(r"CHECK constraint failed: (\w+)|violates check constraint \"(\w+)\"", words)
    assert told, words
    return told[1] or told[2]


def checks_of(model):
    """Return the names of all check constraints of a model, as the database knows them."""
    return {
        constraint.name
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    }
