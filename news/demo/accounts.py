"""The demonstration's accounts: one for each role, all with one password that anybody can read here."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from news.models import Person
from news.roles import Role
from portal.models import User

# Known to everybody who has the source; `load_demo` refuses to create it on a production site.
PASSWORD = "youju-demo-2020"  # noqa: S105


@dataclass(frozen=True)
class Login:
    """One demonstration account."""

    username: str
    role: Role


REPORTER = Login("jizhe", Role.REPORTER)
CHIEF = Login("shenhe3", Role.THIRD_REVIEWER)
KEEPER = Login("shuju", Role.DATA_EDITOR)
LOGINS = (
    REPORTER,
    Login("jiaodui", Role.PROOFREADER),
    Login("shenhe1", Role.FIRST_REVIEWER),
    Login("shenhe2", Role.SECOND_REVIEWER),
    CHIEF,
    KEEPER,
    Login("guanli", Role.ADMINISTRATOR),
)


def standing():
    """Return the demonstration accounts that exist, by user name."""
    names = [login.username for login in LOGINS]
    return {user.username: user for user in User.objects.filter(username__in=names)}


def create():
    """Create all demonstration accounts, unless one of them exists; return how many were created.

    With one of them there, the others were removed on purpose. The reporter is a person too, so that
    new stories carry the name over them.
    """
    if standing():
        return 0
    groups = {group.name: group for group in Group.objects.all()}
    password = make_password(PASSWORD)  # once: a good hash is slow on purpose
    for login in LOGINS:
        user = User.objects.create(
            username=login.username,
            password=password,
            last_name="示范",
            first_name=login.role.label,
        )
        user.groups.set([groups[login.role.value]])
        if login == REPORTER:
            Person.objects.create(name=user.get_full_name(), affiliation="有据", account=user)
    return len(LOGINS)
