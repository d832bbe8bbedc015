"""Nothing of a person who was under 18, or may have been, is hashed or kept."""

from __future__ import annotations

import pytest

from haalweg.reports.age_gate import Adults, AgeAnswers, referrals


@pytest.mark.parametrize("in_picture", Adults)
@pytest.mark.parametrize("in_source_photo", Adults)
def test_only_two_sure_answers_let_a_picture_in(in_picture, in_source_photo):
    sure = in_picture is Adults.YES and in_source_photo in (Adults.YES, Adults.NO_SUCH_PICTURE)
    assert AgeAnswers(in_picture, in_source_photo).may_be_kept is sure


def test_everyone_who_is_turned_away_is_told_who_may_help_in_two_languages():
    told = referrals()
    assert [each.name for each in told] == ["HelpWanted", "Take It Down", "Meldpunt Kinderporno", "Politie / police"]
    assert all(each.contact and each.english and each.dutch for each in told)
    assert "020-261 52 75" in told[0].contact
    assert "0900-8844" in told[3].contact
