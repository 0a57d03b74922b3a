"""Accounts at the desk: how one signs in, and by which name and face one is shown."""

from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.admin.forms.auth import LoginForm

from portal.pictures import PictureField


class SignInForm(LoginForm):
    """Wagtail's form, with the label that it leaves to the field's English name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "密码"


class AvatarForm(AvatarPreferencesForm):
    """Wagtail's form with the bounds of every other picture: its own decodes any format of any size."""

    avatar = PictureField(label="头像", required=False)


def shown_name(account):
    """Return the name of an account as the desk shows it; nothing when there is none (any more)."""
    return account and (account.get_full_name() or account.get_username())
