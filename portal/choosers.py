"""How an editor chooses a place for a block of a story or in a form.

Knows the field alone; the list that it opens is a viewset. Blocks need the field while models are still being
loaded, so nothing here imports a model.
"""

from wagtail.admin.widgets import BaseChooser


class PlaceChooser(BaseChooser):
    """The field for one place."""

    model = "portal.Place"
    icon = "site"
    chooser_modal_url_name = "place_chooser:choose"
    choose_one_text = "选择地方"
    choose_another_text = "换一个地方"
    clear_choice_text = "不限地方"
    link_to_chosen_text = "查看这个地方"
