"""The list from which an editor chooses a notice for a story: the last one first, with its state in words."""

from wagtail.admin.ui.tables import Column

from institutions.choosers import NoticeChooser
from institutions.models import Notice
from portal.viewsets import NameChooserViewSet


def state_of(notice):
    """Return whether readers see this notice, in words: 草稿, 已发布, 已撤回 or 已被更正取代."""
    if notice.published_at is None:
        return "草稿"
    if notice.withdrawn_at is not None:
        return "已撤回"
    successor = getattr(notice, "replaced_by", None)
    return "已被更正取代" if successor and successor.published_at else "已发布"


class NoticeChooserViewSet(NameChooserViewSet):
    """Notices to be chosen, found by words of their title, issuer or document number."""

    model = Notice
    icon = NoticeChooser.icon
    register_widget = False
    ordering = ("-pk",)
    name_label = "标题"
    choose_one_text = NoticeChooser.choose_one_text
    more_columns = (
        Column("issuer", label="发文机关"),
        Column("issued_on", label="印发日期", accessor=lambda row: row.issued_on or "未载明"),
        Column("state", label="状态", accessor=state_of),
    )

    def get_object_list(self):
        wide = ("text", "warnings", "stated_counts")
        return Notice.objects.select_related("issuer", "replaced_by").defer(*wide)
