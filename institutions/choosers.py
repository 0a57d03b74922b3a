"""How an editor chooses a notice or an institution for a block of a story.

Knows the fields alone; the lists that they open are viewsets. Blocks need the fields while models are
still being loaded, so nothing here imports a model.
"""

from wagtail.admin.widgets import BaseChooser


class NoticeChooser(BaseChooser):
    """The field for one notice."""

    model = "institutions.Notice"
    icon = "doc-full"
    chooser_modal_url_name = "notice_chooser:choose"
    choose_one_text = "选择通知"
    choose_another_text = "换一份通知"
    clear_choice_text = "不选通知"
    link_to_chosen_text = "查看这份通知"


class InstitutionChooser(BaseChooser):
    """The field for one institution."""

    model = "institutions.Institution"
    icon = "clipboard-list"
    chooser_modal_url_name = "institution_chooser:choose"
    choose_one_text = "选择机构"
    choose_another_text = "换一家机构"
    clear_choice_text = "不选机构"
    link_to_chosen_text = "查看这家机构"
