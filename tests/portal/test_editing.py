"""What the desk's forms say where nothing is chosen."""

from institutions.models import Institution
from portal.editing import DeskForm


class FactsForm(DeskForm):
    class Meta:
        model = Institution
        fields = ("place", "level", "address")


def test_a_list_says_in_words_that_nothing_is_chosen():
    form = FactsForm()
    assert form.fields["place"].empty_label == "请选择"
    assert form.fields["level"].choices[0] == ("", "未填写")
    assert dict(form.fields["level"].choices)["3a"] == "三级甲等"
