"""What the traces of a store say about a picture: who was made from what, and what must never be said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np
import pytest

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import BankKind, NewEntries, can_match
from haalweg.matching import BankIndex, LeadLevel, RecognisedKind, TraceIndex, surest
from haalweg.signals import (
    Box,
    FrameView,
    HashedPart,
    SignalType,
    TraceKind,
    hash_orientations,
    hash_pixels,
    trace_pixels,
    view_of,
)
from tests.pictures import redressed, scene

NOW = datetime(2026, 11, 25, tzinfo=UTC)


@cache
def source():
    return scene(1)


@cache
def derived():
    return redressed(source())


@pytest.fixture
def store(tmp_path):
    with BankFile.new(tmp_path / "plain.bank", None, now=NOW) as opened:
        yield opened


def add(store, name, rgb, made_of=TraceKind.SOURCE, kind=BankKind.POSITIVE, **more):
    return add_values(store, name, SignalType.TRACE, [bytes(trace_pixels(rgb, kind=made_of))], kind, **more)


def add_values(store, name, signal_type, values, kind=BankKind.POSITIVE, **more):
    bank = store.bank(name) or store.make_bank(name, now=NOW, kind=kind)
    return store.add(NewEntries(bank.id, signal_type, values, **more), now=NOW).first_id


def index_of(store, now=NOW):
    return BankIndex.of(store, now=now)


def parts_of(rgb, *boxes):
    return [
        HashedPart(0, None, hash_orientations(rgb)),
        *(HashedPart(0, box, hash_orientations(rgb[box.top : box.bottom, box.left : box.right])) for box in boxes),
    ]


def whole(rgb):
    return FrameView(0, rgb.shape[1], rgb.shape[0], rgb)


def test_what_was_made_from_a_photo_is_a_lead_with_how_sure_and_how_much(store):
    number = add(store, "one", source())
    (lead,) = index_of(store).leads_for(derived())
    assert (lead.bank, lead.entry, lead.signal_type) == ("one", number, SignalType.TRACE)
    assert (lead.level, lead.recognised, lead.mirrored) == (LeadLevel.PROBABLE, RecognisedKind.DERIVED, False)
    assert 10 < lead.altered_percent < 60


def test_mirrored_it_is_a_lead_too(store):
    add(store, "one", source())
    (lead,) = index_of(store).leads_for(np.ascontiguousarray(derived()[:, ::-1]))
    assert lead.mirrored


@pytest.mark.parametrize("alter", [lambda rgb: rgb, lambda rgb: rgb[10:-10, 12:-12], lambda rgb: rgb[:, ::-1]])
def test_the_source_photo_itself_is_never_told_of(store, alter):
    add(store, "one", source())
    picture = np.ascontiguousarray(alter(source()))
    index = index_of(store)
    assert index._traces.search(picture)[0].kind is RecognisedKind.SAME_PHOTO, "it was recognised"
    assert index.leads_for(picture) == []


def test_of_a_fake_both_the_fake_and_what_was_made_from_it_are_leads(store):
    add(store, "one", source(), TraceKind.FAKE)
    index = index_of(store)
    assert [lead.recognised for lead in index.leads_for(source())] == [RecognisedKind.SAME_PHOTO]
    assert [lead.recognised for lead in index.leads_for(derived())] == [RecognisedKind.DERIVED]


def test_another_picture_is_no_lead(store):
    add(store, "one", source())
    assert index_of(store).leads_for(scene(2)) == []


def test_traces_of_a_withdrawn_or_expired_entry_give_no_lead(store):
    add(store, "one", source(), expires_at=NOW + timedelta(days=1))
    assert index_of(store).wants_traces
    assert not index_of(store, now=NOW + timedelta(days=2)).wants_traces
    assert index_of(store, now=NOW + timedelta(days=2)).leads_for(derived()) == []


def test_a_bank_of_traces_alone_can_match_and_one_without_wants_no_search(store):
    assert not index_of(store).wants_traces
    add(store, "one", source())
    assert can_match(store, now=NOW)
    index = index_of(store)
    assert (index.wants_traces, index.wants_digests, len(index)) == (True, False, 1)


def test_what_a_negative_bank_knows_gives_no_lead(store):
    add(store, "one", source())
    hashed = hash_pixels(derived())
    add_values(store, "widely_seen", SignalType.PDQ, [bytes(hashed.hash)], BankKind.NEGATIVE)
    index = index_of(store)
    assert index.leads_in([whole(derived())], parts_of(derived())) == []
    assert index.leads_in([whole(scene(2))], parts_of(scene(2))) == []
    other = np.ascontiguousarray(derived()[:, ::-1][10:, 30:])
    assert len(index.leads_in([whole(other)], parts_of(other))) == 1, "another picture made from it still does"


def test_what_a_trace_of_a_negative_bank_knows_gives_no_lead(store):
    add(store, "one", source())
    add(store, "widely_seen", derived(), kind=BankKind.NEGATIVE)
    assert index_of(store).leads_for(derived()) == []


@pytest.mark.parametrize("is_lead", [True, False])
def test_a_harmless_picture_inside_a_screenshot_hides_no_other_lead_in_it(store, is_lead):
    picture = derived()
    logo = scene(5, 160, 200)
    page = np.full((900, 480, 3), 245, np.uint8)
    page[40 : 40 + picture.shape[0], 8 : 8 + picture.shape[1]] = picture
    page[640:800, 100:300] = logo
    boxes = (Box(8, 40, 8 + picture.shape[1], 40 + picture.shape[0]), Box(100, 640, 300, 800))
    add(store, "one", source())
    harmless = logo if is_lead else picture
    hashed = hash_pixels(harmless)
    add_values(store, "widely_seen", SignalType.PDQ, [bytes(hashed.hash)], BankKind.NEGATIVE)
    view = view_of(0, page)
    assert len(index_of(store).leads_in([view], parts_of(page, *boxes))) == int(is_lead)


def test_each_entry_gives_its_surest_lead(store):
    first, second = add(store, "one", source()), add(store, "one", scene(3))
    index = index_of(store)
    weaker = np.ascontiguousarray(derived()[:, : derived().shape[1] * 2 // 3])
    both = [whole(weaker), FrameView(1, 1, 1, derived()), FrameView(2, 1, 1, redressed(scene(3)))]
    leads = index.leads_in(both)
    assert {lead.entry: lead.frame for lead in leads} == {first: 1, second: 2}
    assert [lead.score for lead in leads] == sorted((lead.score for lead in leads), reverse=True)
    assert surest([*leads, *leads]) == leads


@pytest.mark.parametrize(
    "size", [(4000, 3000), (1281, 961), (769, 500), (768, 576), (512, 300), (300, 230), (2000, 60)]
)
def test_a_search_of_a_view_finds_what_a_search_of_the_picture_finds(size):
    from PIL import Image  # noqa: PLC0415 - only here

    index = TraceIndex()
    index.add(trace_pixels(source()), 7)
    picture = np.asarray(Image.fromarray(derived()).resize(size))
    view = view_of(3, picture)
    assert view is not None
    assert (view.frame, view.width, view.height) == (3, *size)
    assert max(view.grey.shape) <= 768
    assert index._native.search(view.grey, 0.0) == index._native.search(picture, 0.0)


def test_a_strip_of_a_picture_has_no_view():
    assert view_of(0, np.zeros((10, 5000, 3), np.uint8)) is None
