"""Who can sign in to the editors' desk."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """One person who can sign in to the editors' desk."""

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = "账号"

    def get_full_name(self):
        """Return the name as Chinese names are written: family name first, no space."""
        return f"{self.last_name}{self.first_name}".strip()
