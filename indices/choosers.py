"""How an editor chooses an index series or one of its editions for a block of a story.

Knows the fields alone; the lists that they open are viewsets. Blocks need the fields while models are
still being loaded, so nothing here imports a model.
"""

from wagtail.admin.widgets import BaseChooser


class IndexChooser(BaseChooser):
    """The field for one index series."""

    model = "indices.Index"
    icon = "order"
    chooser_modal_url_name = "index_chooser:choose"
    choose_one_text = "选择指数"
    choose_another_text = "换一个指数"
    clear_choice_text = "不选指数"
    link_to_chosen_text = "查看这个指数"


class EditionChooser(BaseChooser):
    """The field for one edition."""

    model = "indices.Edition"
    icon = "calendar-alt"
    chooser_modal_url_name = "edition_chooser:choose"
    choose_one_text = "选择版次"
    choose_another_text = "换一个版次"
    clear_choice_text = "不选版次"
    link_to_chosen_text = "查看这个版次"
