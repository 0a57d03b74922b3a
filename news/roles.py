"""The roles of the newsroom, as groups with their permissions on pages, pictures, files and records.

Hides how Wagtail keeps permissions: on branches of the page tree, on collections, on models. The
three reviews themselves are no permissions and not here; the third reviewer is who may publish.
"""

from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Task,
    Workflow,
)

from news.models import HomePage, NewsIndexPage


class Role(models.TextChoices):
    """The groups, by the names that administrators see when they give an account its role."""

    REPORTER = "记者", "记者"
    PROOFREADER = "校对", "校对"
    FIRST_REVIEWER = "审核一级", "审核一级"
    SECOND_REVIEWER = "审核二级", "审核二级"
    THIRD_REVIEWER = "审核三级", "审核三级"
    DATA_EDITOR = "数据编辑", "数据编辑"
    ADMINISTRATOR = "管理员", "管理员"


REVIEWERS = (Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.THIRD_REVIEWER)
EVERYTHING = ("add", "change", "delete", "view")
PAGE_ACTS = ("add", "change", "publish", "bulk_delete", "lock", "unlock")

# On the branch of all news: "add" lets one write and edit one's own stories, "change" edit everybody's.
STORY_ACTS = {
    Role.REPORTER: ("add",),
    Role.PROOFREADER: ("change",),
    Role.FIRST_REVIEWER: ("add", "change"),
    Role.SECOND_REVIEWER: ("add", "change"),
    Role.DATA_EDITOR: (),
}
# On the whole site.
SITE_ACTS = {
    Role.THIRD_REVIEWER: ("add", "change", "publish", "lock", "unlock"),
    Role.ADMINISTRATOR: PAGE_ACTS,
}
# On pictures and files: "add" also lets one edit one's own.
MEDIA_ACTS = {
    Role.REPORTER: ("add", "choose"),
    Role.PROOFREADER: ("choose",),
    **dict.fromkeys(REVIEWERS, ("add", "change", "choose")),
    Role.DATA_EDITOR: ("add", "choose"),
    Role.ADMINISTRATOR: ("add", "change", "choose"),
}
REVIEWER_ACTS = {
    "news.articlepage": ("add",),
    "news.person": ("add", "change", "view"),
    "news.topic": ("add", "change", "view"),
    "news.errorreport": ("view", "change"),
    "portal.synonym": EVERYTHING,
}
# On the folders (collections) in which pictures and files lie.
FOLDER_ACTS = {Role.ADMINISTRATOR: ("add", "change", "delete")}
# On the register, for those who keep it.
REGISTER_ACTS = {
    "institutions.scheme": EVERYTHING,
    "institutions.kind": EVERYTHING,
    "institutions.institution": ("add", "change", "view"),
    "institutions.notice": (*EVERYTHING, "publish"),
    "institutions.match": EVERYTHING,
    "institutions.merge": ("add", "view"),
    "institutions.coverage": ("add", "view"),
    "institutions.designation": ("view",),
}
# On the index scores, for those who keep them.
INDEX_ACTS = {
    "indices.index": EVERYTHING,
    "indices.edition": EVERYTHING,
    "indices.comparability": EVERYTHING,
    "indices.placejudgement": EVERYTHING,
    "indices.release": (*EVERYTHING, "publish"),
}
# On models, as `app.model: acts`.
MODEL_ACTS = {
    Role.REPORTER: {
        "news.articlepage": ("add",),
        "news.person": ("view",),
        "news.topic": ("view",),
    },
    Role.PROOFREADER: {
        "news.person": ("view",),
        "news.topic": ("view",),
        "news.errorreport": ("view",),
    },
    Role.FIRST_REVIEWER: REVIEWER_ACTS,
    Role.SECOND_REVIEWER: REVIEWER_ACTS,
    Role.THIRD_REVIEWER: {**REVIEWER_ACTS, "news.homepage": ("change",)},
    Role.DATA_EDITOR: {
        "portal.place": EVERYTHING,
        "portal.placename": EVERYTHING,
        "portal.organisation": EVERYTHING,
        "portal.synonym": EVERYTHING,
        "news.topic": ("view",),
        **REGISTER_ACTS,
        **INDEX_ACTS,
    },
    Role.ADMINISTRATOR: {
        "news.articlepage": ("add",),
        "news.homepage": ("change",),
        "news.newsindexpage": ("change",),
        "news.sectionpage": EVERYTHING,
        "news.plainpage": EVERYTHING,
        "news.person": EVERYTHING,
        "news.topic": EVERYTHING,
        "news.errorreport": ("view", "change"),
        "portal.place": EVERYTHING,
        "portal.placename": EVERYTHING,
        "portal.organisation": EVERYTHING,
        "portal.synonym": EVERYTHING,
        **REGISTER_ACTS,
        **INDEX_ACTS,
        "portal.siteidentity": ("change",),
        "portal.user": EVERYTHING,
        "auth.group": EVERYTHING,
        "wagtailredirects.redirect": EVERYTHING,
    },
}


@transaction.atomic
def install_roles():
    """Create the groups and set their permissions to what this module says; return them by role.

    The page tree must have its front page and its page of all news. A second call changes nothing;
    permissions that somebody gave to these groups by hand are taken back, other groups are left alone.
    The groups that Wagtail brings for its own example go while nobody is in them.
    """
    groups = {role: Group.objects.get_or_create(name=role.value)[0] for role in Role}
    news, site = NewsIndexPage.objects.get(), HomePage.objects.get()
    for role, group in groups.items():
        _set_model_permissions(group, MODEL_ACTS[role])
        _set_media_permissions(group, MEDIA_ACTS[role], FOLDER_ACTS.get(role, ()))
        branch, acts = (site, SITE_ACTS[role]) if role in SITE_ACTS else (news, STORY_ACTS[role])
        _set_page_permissions(group, branch, acts)
    _remove_example_groups()
    return groups


def _permissions(codenames):
    """Return the permissions named as `app.codename`; a name that does not exist is an error."""
    wanted = Q(pk__in=[])
    for name in codenames:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    found = list(Permission.objects.filter(wanted))
    if len(found) != len(codenames):
        raise Permission.DoesNotExist(f"one of these is missing: {', '.join(codenames)}")
    return found


def _set_model_permissions(group, acts_by_model):
    names = ["wagtailadmin.access_admin"]
    for label, acts in acts_by_model.items():
        app, model = label.split(".")
        names += [f"{app}.{act}_{model}" for act in acts]
    group.permissions.set(_permissions(names))


def _set_media_permissions(group, acts, folder_acts):
    root = Collection.get_first_root_node()
    # Wagtail asks for the permissions of its own picture model, whatever the model in use.
    names = [f"wagtailimages.{act}_image" for act in acts]
    names += [f"wagtaildocs.{act}_document" for act in acts]
    names += [f"wagtailcore.{act}_collection" for act in folder_acts]
    kept = []
    for permission in _permissions(names):
        row, _ = GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )
        kept.append(row.pk)
    group.collection_permissions.exclude(pk__in=kept).delete()


def _set_page_permissions(group, branch, acts):
    kept = []
    for permission in _permissions([f"wagtailcore.{act}_page" for act in acts]):
        row, _ = GroupPagePermission.objects.get_or_create(
            group=group, page=branch, permission=permission
        )
        kept.append(row.pk)
    group.page_permissions.exclude(pk__in=kept).delete()


def _remove_example_groups():
    """Remove Wagtail's Editors and Moderators, and their workflow, unless somebody uses them."""
    example = "Moderators approval"
    Workflow.objects.filter(name=example, workflow_states__isnull=True).delete()
    Task.objects.filter(name=example, workflow_tasks__isnull=True).delete()
    Group.objects.filter(name__in=["Editors", "Moderators"], user__isnull=True).delete()
