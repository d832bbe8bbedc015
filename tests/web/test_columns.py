"""What the tables hold is on a list, and the page of what exists of a person is that list: no more, and no less."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db.models import BinaryField
from django.utils.html import escape
from django.utils.translation import override

from haalweg.web.store.columns import OF_A_PERSON, OF_OTHERS, How
from haalweg.web.store.models import Case


def columns_of(model):
    return {field.name for field in model._meta.concrete_fields}


def models():
    return {model._meta.label: model for model in apps.get_models(include_auto_created=True)}


@pytest.mark.threat("K1", "O1")
def test_every_column_of_every_table_is_on_the_list_and_nothing_else_is():
    listed = {f"store.{name}": set(table.columns) for name, table in OF_A_PERSON.items()}
    listed |= {name: set(columns) for name, columns in OF_OTHERS.items()}
    assert listed == {name: columns_of(model) for name, model in models().items()}


@pytest.mark.threat("O1")
def test_every_table_that_points_at_a_case_is_explained_to_the_person():
    of_a_case = {
        name
        for name, model in models().items()
        if model is Case or any(field.related_model is Case for field in model._meta.concrete_fields)
    }
    assert of_a_case == {f"store.{name}" for name in OF_A_PERSON}


@pytest.mark.threat("K1")
def test_what_is_closed_or_a_mark_is_bytes_in_the_table_and_all_else_is_short():
    for name, table in OF_A_PERSON.items():
        for field in apps.get_model("store", name)._meta.concrete_fields:
            how = table.columns[field.name].how
            if how is How.LOCKED:
                assert isinstance(field, BinaryField)
            elif how is How.CLEAR:
                assert not isinstance(field, BinaryField)
                assert field.related_model is not None or (field.max_length or 0) <= 120  # no room for a text
            else:
                assert isinstance(field, BinaryField) or field.name == "pin"  # a slow hash


@pytest.mark.threat("O1")
@pytest.mark.parametrize(("language", "path"), [("nl", "/keep/all"), ("en", "/en/keep/all")])
def test_the_page_of_what_exists_is_the_list(client, language, path):
    page = client.get(path).content.decode()
    lines = [re.sub(r"\s*<span.*", "", line) for line in re.findall(r"<li>(.*?)</li>", page)]
    with override(language):
        wanted = [
            (str(escape(str(column.sentence))), column.how)
            for table in OF_A_PERSON.values()
            for column in table.columns.values()
        ]
    begin = lines.index(wanted[0][0])
    assert lines[begin : begin + len(wanted)] == [sentence for sentence, _ in wanted]
    assert len(lines) >= begin + len(wanted) + 5  # and what does not exist
    for how, word in ((How.LOCKED, {"nl": "Op slot", "en": "Locked"}), (How.MARK, {"nl": "Merkteken", "en": "Mark"})):
        count = sum(each is how for _, each in wanted)
        assert page.count(f'<span class="pill">{word[language]}</span>') == count + 1
