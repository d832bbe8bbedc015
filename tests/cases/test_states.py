"""Which state may follow which, what can be undone, and what a frozen case refuses."""

from datetime import UTC, datetime, timedelta

import pytest

from haalweg.cases.states import (
    AFTER_CASE,
    AFTER_PLACE,
    AFTER_SIGNATURE,
    CaseError,
    CaseState,
    PlaceState,
    SignatureState,
    case_after,
    place_after,
    refuse_if_frozen,
    signature_after,
    state_after_undo,
)

NOW = datetime(2026, 5, 6, 7, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("table", "states"), [(AFTER_CASE, CaseState), (AFTER_SIGNATURE, SignatureState), (AFTER_PLACE, PlaceState)]
)
def test_every_state_is_in_the_table_and_none_follows_itself(table, states):
    assert set(table) == set(states)
    assert all(state not in after for state, after in table.items())


@pytest.mark.parametrize("state", [state for state in CaseState if state is not CaseState.UNDER_AGE])
def test_from_every_state_it_can_turn_out_to_be_under_18(state):
    assert case_after(state, CaseState.UNDER_AGE) is CaseState.UNDER_AGE


@pytest.mark.parametrize(
    "state", [each for each in CaseState if each not in {CaseState.WITHDRAWN, CaseState.UNDER_AGE}]
)
def test_from_every_other_state_it_can_be_taken_back(state):
    assert case_after(state, CaseState.WITHDRAWN) is CaseState.WITHDRAWN


@pytest.mark.parametrize("state", list(CaseState))
def test_nothing_follows_under_age(state):
    with pytest.raises(CaseError, match="A case that is under age cannot become"):
        case_after(CaseState.UNDER_AGE, state)


def test_what_was_on_the_list_is_withdrawn_only_once_every_copy_confirmed():
    with pytest.raises(CaseError, match="A signature that is on the list cannot become withdrawn"):
        signature_after(SignatureState.ON_THE_LIST, SignatureState.WITHDRAWN)
    assert signature_after(SignatureState.ON_THE_LIST, SignatureState.WITHDRAWING) is SignatureState.WITHDRAWING
    assert signature_after(SignatureState.WITHDRAWING, SignatureState.WITHDRAWN) is SignatureState.WITHDRAWN


def test_what_is_too_flat_never_comes_onto_the_list():
    with pytest.raises(CaseError):
        signature_after(SignatureState.TOO_FLAT, SignatureState.ON_THE_LIST)


def test_only_what_was_gone_is_back_again():
    before = {state for state, after in AFTER_PLACE.items() if PlaceState.BACK_AGAIN in after}
    assert before == {PlaceState.REMOVED, PlaceState.WITHDRAWN}
    assert place_after(PlaceState.REMOVED, PlaceState.BACK_AGAIN) is PlaceState.BACK_AGAIN


def test_a_withdrawal_is_undone_until_the_fourteenth_day():
    just = NOW - timedelta(days=14) + timedelta(seconds=1)
    before = CaseState.ON_THE_LIST
    assert state_after_undo(CaseState.WITHDRAWN, before=before, withdrawn_at=just, now=NOW) is before
    with pytest.raises(CaseError) as refused:
        state_after_undo(CaseState.WITHDRAWN, before=before, withdrawn_at=NOW - timedelta(days=14), now=NOW)
    assert str(refused.value) == "It was taken back more than 14 days ago, and is final: send a new report."


def test_what_was_not_taken_back_has_nothing_to_undo():
    with pytest.raises(CaseError, match="nothing to undo"):
        state_after_undo(CaseState.RECEIVED, before=CaseState.RECEIVED, withdrawn_at=NOW, now=NOW)


def test_the_code_of_a_frozen_case_opens_nothing():
    refuse_if_frozen(None)
    with pytest.raises(CaseError) as refused:
        refuse_if_frozen(NOW)
    assert str(refused.value) == "This case is frozen: its code opens nothing. Call the helpline for a new one."
