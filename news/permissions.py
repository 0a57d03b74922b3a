"""Who may do what with which page, where Wagtail's permissions on the tree are too coarse.

Wagtail gives "add" and "change" on a branch for every kind of page in it. Here whoever adds a page, or
changes a page that makes up the site (front page, all news, sections, plain pages), also needs the
permission on its model; and a story that somebody else began is deleted only by those who may publish.
`news.roles` says which role has which.
"""

from wagtail.models import PagePermissionTester


class StructurePermissionTester(PagePermissionTester):
    """What one account may do with a page that makes up the site."""

    def _has(self, act, model):
        return self.user.has_perm(f"{model._meta.app_label}.{act}_{model._meta.model_name}")

    def can_add_subpage(self):
        return super().can_add_subpage() and any(
            self._has("add", model) for model in type(self.page).creatable_subpage_models()
        )

    def can_edit(self):
        return super().can_edit() and self._has("change", type(self.page))

    def can_publish(self):
        return super().can_publish() and self._has("change", type(self.page))

    def can_unpublish(self):
        return super().can_unpublish() and self._has("change", type(self.page))

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and self._has("delete", type(self.page))


class StoryPermissionTester(PagePermissionTester):
    """What one account may do with a story."""

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and (
            self.user.is_superuser
            or "publish" in self.permissions
            or self.page.owner_id == self.user.pk
        )


class PartOfTheSite:
    """A page of the site's structure: it asks for the permission on its model."""

    def permissions_for_user(self, user):
        return StructurePermissionTester(user, self)
