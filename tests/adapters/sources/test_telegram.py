"""Telegram Desktop's exports: each picture with the chat and message it was posted in; never a way out of it."""

from __future__ import annotations

import json
import os
import random
import shutil
from datetime import UTC, datetime
from typing import Any

import pytest

from haalweg.adapters.sources import SourceKind, SourceLimits, shards_of
from haalweg.reports.post import Post
from tests.adapters.sources.exports import CHAT, account, chat, message, picture, write
from tests.adapters.sources.reading import cost, names, only, read, read_shard

NOT_THERE = "it is not there, or no longer."
LOST = " What comes after it has lost its chat and message."
CUT = "the file was cut: it ends in the middle of its JSON." + LOST


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "export"


def post_of(number: int, **fields: Any) -> Post:
    said: dict[str, Any] = {
        "posted_at": datetime.fromtimestamp(1_772_355_600 + number, UTC),
        "chat_id": "1234567890",
        "chat_name": "Weekend",
        "chat_type": "private_supergroup",
        "message_id": str(number),
        "sender_id": f"user{number % 7}",
    }
    return Post(**said | fields)


def test_each_picture_comes_with_its_post(folder):
    write(folder, chat(message(1), picture(2), message(3), picture(4)))
    first, second = read(folder)
    assert first.name == "photos/photo_2@01-03-2026_10-00-00.jpg"
    assert first.data == first.name.encode()
    assert [first.post, second.post] == [post_of(2), post_of(4)]
    assert next(shards_of(str(folder))).kind is SourceKind.TELEGRAM


def test_the_export_can_be_given_by_its_json_under_any_name(folder):
    write(folder, chat(picture(2)))
    assert only(read(folder / "result.json")).post == post_of(2)
    (folder / "result.json").rename(folder / "other.json")
    assert only(read(folder / "other.json")).post == post_of(2)


def test_a_whole_account_holds_chats_and_chats_that_were_left(folder):
    other, third = {"name": "Other", "id": 5, "type": "public_channel"}, {"id": 6, "type": "saved_messages"}
    write(folder, account(chat(picture(1)), chat(picture(2), **other), left=(third | {"messages": [picture(3)]},)))
    posts = [item.post for item in read(folder) if item.post]
    assert [(post.chat_id, post.chat_name, post.chat_type, post.message_id) for post in posts] == [
        ("1234567890", "Weekend", "private_supergroup", "1"),
        ("5", "Other", "public_channel", "2"),
        ("6", None, "saved_messages", "3"),
    ]


@pytest.mark.parametrize("whole", [False, True])
def test_a_chat_that_is_named_after_its_messages_is_named_all_the_same(folder, whole):
    late = {"messages": [picture(1), picture(2)]} | CHAT
    later = {"messages": [picture(3)], "type": "bot_chat", "id": 7, "name": "Bot"}
    write(folder, account(late, later) if whole else late)
    names_ = [item.post.chat_name for item in read(folder) if item.post]
    assert names_ == ["Weekend", "Weekend", "Bot"][: 3 if whole else 2]


def test_videos_stickers_and_documents_are_read_and_sound_is_not(folder):
    write(
        folder,
        chat(
            message(1, file="video_files/a.mp4", thumbnail="video_files/a.mp4_thumb.jpg", media_type="video_file"),
            message(2, file="stickers/b.webp", thumbnail="stickers/b.webp_thumb.jpg", media_type="sticker"),
            message(3, file="stickers/lines.tgs", media_type="sticker"),
            message(4, file="voice_messages/c.ogg", media_type="voice_message"),
            message(5, file="files/d.pdf", mime_type="application/pdf"),
            {"id": 6, "type": "unsupported"},
            message(
                7, type="service", actor_id="user3", from_id=None, photo="photos/group.jpg", action="edit_group_photo"
            ),
            message(8, poll={"question": "?", "answers": []}, contact_information={"phone_number": "1"}),
        ),
    )
    everything = read(folder)
    assert names(everything) == ["video_files/a.mp4", "stickers/b.webp", "files/d.pdf", "photos/group.jpg"]
    assert everything[-1].post == post_of(7, sender_id="user3")


def test_a_file_that_several_messages_name_comes_with_each(folder):
    write(folder, chat(picture(1, "photos/a.jpg"), picture(2, "photos/a.jpg")))
    assert [item.post for item in read(folder)] == [post_of(1), post_of(2)]


def test_what_no_message_names_is_read_without_a_post(folder):
    write(folder, chat(picture(1)))
    (folder / "photos" / "left over.jpg").write_bytes(b"left over")
    named, rest = read(folder)
    assert named.post == post_of(1)
    assert (rest.name, rest.data, rest.post) == ("photos/left over.jpg", b"left over", None)


def test_exports_in_a_folder_are_found_at_any_depth(tmp_path):
    write(tmp_path / "b" / "ChatExport_2026-03-01", chat(picture(1)))
    (tmp_path / "a.jpg").write_bytes(b"a")
    plain, posted = read(tmp_path)
    assert (plain.name, plain.post) == ("a.jpg", None)
    assert posted.name == "b/ChatExport_2026-03-01/photos/photo_1@01-03-2026_10-00-00.jpg"
    assert posted.post == post_of(1)


@pytest.mark.parametrize("kind", ["zip", "tar", "gztar"])
def test_an_export_in_an_archive_says_what_it_lacks(folder, tmp_path, kind):
    write(folder, chat(picture(1)))
    archive = shutil.make_archive(str(tmp_path / "packed"), kind, tmp_path, "export")
    everything = {item.name.removeprefix("./"): item for item in read(archive)}
    assert everything["export/photos/photo_1@01-03-2026_10-00-00.jpg"].data
    assert everything["export/result.json"].reason == (
        "an export of Telegram inside an archive, whose pictures are read without chat and message. "
        "Unpack it and scan the folder to have them beside each row."
    )


@pytest.mark.parametrize("text", ['{"name": "package", "version": 1}', "[]", "{", "", "3", '"messages"', "{]"])
def test_another_result_json_makes_no_export(folder, text):
    write(folder, text, files={"a.jpg": b"a"})
    assert names(read(folder)) == ["a.jpg", "result.json"]


@pytest.mark.parametrize("text", ["{", '{"name": ', '{"x": ' + "[" * 100_000, '{"name": "' + "x" * 100_000])
def test_a_result_json_of_which_nobody_can_tell_is_a_sentence(folder, text):
    write(folder, text, files={"a.jpg": b"a"})
    picture_, note = read(folder)
    assert picture_.data == b"a"
    assert note.reason == (
        "this may be an export of Telegram, but its JSON is damaged or not as Telegram Desktop writes it. "
        "What lies beside it is read without chat and message."
    )


@pytest.mark.parametrize("kind", ["photo", "file"])
def test_a_sentence_in_place_of_a_path_is_no_path(folder, kind):
    for sentence in (
        "(File not included. Change data exporting settings to download.)",
        "(File exceeds maximum size.)",
    ):
        write(folder, chat(message(9, **{kind: sentence})), files={})
        item = only(read(folder))
        assert (item.name, item.post) == ("result.json, message 9", post_of(9))
        assert item.reason == (
            "the export does not hold this file. Export again, with this kind of media and a higher size limit."
        )


def test_of_a_film_that_is_not_there_its_thumbnail_is_read(folder):
    fields = {"file": "(File not included.)", "thumbnail": "video_files/a_thumb.jpg", "media_type": "video_file"}
    write(folder, chat(message(1, **fields)), files={"video_files/a_thumb.jpg": b"thumbnail"})
    missing, thumbnail = read(folder)
    assert missing.data is None
    assert (thumbnail.data, thumbnail.post) == (b"thumbnail", post_of(1))


@pytest.mark.threat("N1")
@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/etc/passwd", "by an absolute path, which may lead out of the export: not read."),
        ("../secret.jpg", 'by a path with "..", which may lead out of the export: not read.'),
        ("photos/../../secret.jpg", 'by a path with "..", which may lead out of the export: not read.'),
        ("photos/\0.jpg", "by a path with a null character, which no file system has."),
        (17, "by something that is no path."),
        (True, "by something that is no path."),
        (["a.jpg"], "by something that is no path."),
        ({"a": "a.jpg"}, "by something that is no path."),
    ],
)
def test_a_path_that_could_lead_out_of_the_export_is_not_followed(folder, path, sentence):
    write(folder, chat(message(1, photo=path), picture(2)), files={"photos/photo_2@01-03-2026_10-00-00.jpg": b"2"})
    (folder.parent / "secret.jpg").write_bytes(b"secret")
    odd, good = read(folder)
    assert odd.reason == f"the message names its file {sentence}"
    assert odd.post == post_of(1)
    assert good.data == b"2"


@pytest.mark.threat("N1")
def test_a_path_through_a_link_is_not_followed(folder):
    write(folder, chat(picture(1, "away/secret.jpg"), picture(2, "link.jpg")), files={})
    (folder.parent / "secret.jpg").write_bytes(b"secret")
    (folder / "away").symlink_to(folder.parent)
    (folder / "link.jpg").symlink_to("../secret.jpg")
    through, link = (item for item in read(folder) if item.post)
    assert through.reason == "it is no longer there, or a symbolic link stands in its path: links are not followed."
    assert link.reason == "a symbolic link, which is not followed. Give what it leads to as a source of its own."


@pytest.mark.threat("N1")
def test_a_result_json_that_is_a_link_makes_no_export(folder, tmp_path):
    write(tmp_path / "elsewhere", chat(picture(1)))
    folder.mkdir()
    (folder / "result.json").symlink_to(tmp_path / "elsewhere" / "result.json")
    assert [item.post for item in read(folder)] == [None]


@pytest.mark.threat("N1")
@pytest.mark.parametrize("path", ["x" * 300 + ".jpg", "y/" * 3000 + "a.jpg", "photos", "\ud800.jpg", "nowhere.jpg"])
def test_a_path_that_leads_nowhere_is_a_sentence(folder, path):
    write(folder, json.dumps(chat(message(1, photo=path))), files={"photos/a.jpg": b""})
    assert read(folder)[0].reason in (
        NOT_THERE,
        "its path is longer than this system takes. Start the scan in a folder deeper down.",
        "not a file but a folder.",
    )


def test_a_file_that_goes_after_planning_is_a_sentence(folder):
    write(folder, chat(picture(1)))
    shard = next(shards_of(str(folder)))
    os.unlink(folder / "photos" / "photo_1@01-03-2026_10-00-00.jpg")  # noqa: PTH108 - as the user does
    item = only(read_shard(shard))
    assert (item.reason, item.post) == (NOT_THERE, post_of(1))


@pytest.mark.threat("N1")
@pytest.mark.parametrize(
    ("fields", "changed"),
    [
        ({"id": "text"}, {"message_id": "text"}),
        ({"id": None}, {"message_id": None}),
        ({"id": 1.5}, {"message_id": None}),
        ({"id": [1]}, {"message_id": None}),
        ({"date_unixtime": 1_772_355_601}, {}),
        ({"date_unixtime": "soon"}, {"posted_at": None}),
        ({"date_unixtime": "9" * 30}, {"posted_at": None}),
        ({"date_unixtime": "9" * 6000}, {"posted_at": None}),
        ({"date_unixtime": None}, {"posted_at": None}),
        ({"date_unixtime": {}}, {"posted_at": None}),
        ({"from_id": 12}, {"sender_id": "12"}),
        ({"from_id": None}, {"sender_id": None}),
        ({"from_id": {"id": {}}}, {"sender_id": None}),
        ({"media_type": 3}, {}),
        ({"thumbnail": 3}, {}),
        ({"text": {"a": [[[{}]]]}}, {}),
    ],
)
def test_a_field_of_the_wrong_type_costs_that_field(folder, fields, changed):
    write(folder, chat(picture(1, "a.jpg", **fields)), files={"a.jpg": b"a"})
    item = only(read(folder))
    assert (item.data, item.post) == (b"a", post_of(1, **changed))


@pytest.mark.threat("N1")
def test_a_date_that_is_missing_is_not_taken_from_the_local_one(folder):
    odd = picture(1, "a.jpg")
    del odd["date_unixtime"]
    write(folder, chat(odd), files={"a.jpg": b"a"})
    assert only(read(folder)).post == post_of(1, posted_at=None)


@pytest.mark.threat("N1")
@pytest.mark.parametrize(
    ("fields", "changed"),
    [
        ({"id": "text"}, {"chat_id": "text"}),
        ({"id": {"a": 1}}, {"chat_id": None}),
        ({"name": None}, {"chat_name": None}),
        ({"name": 7}, {"chat_name": "7"}),
        ({"name": ["a"]}, {"chat_name": None}),
        ({"name": "n" * 5000}, {"chat_name": "n" * 1024}),
        ({"name": "=cmd|' /C calc'!A0\x1b[2J\u202e"}, {"chat_name": "=cmd|' /C calc'!A0\x1b[2J\u202e"}),
        ({"type": False}, {"chat_type": None}),
    ],
)
def test_a_chat_with_odd_fields_keeps_its_pictures(folder, fields, changed):
    write(folder, chat(picture(1, "a.jpg"), **fields), files={"a.jpg": b"a"})
    assert only(read(folder)).post == post_of(1, **changed)


@pytest.mark.threat("N1")
@pytest.mark.parametrize("messages", [None, 3, "x", {}, {"a": picture(1)}, [1, None, "x", [picture(1)], [[]]]])
def test_messages_that_are_none_are_passed_over(folder, messages):
    write(folder, CHAT | {"messages": messages}, files={"a.jpg": b"a"})
    assert [(item.name, item.post) for item in read(folder)] == [("a.jpg", None)]


@pytest.mark.threat("N1")
def test_of_a_key_that_comes_twice_the_last_one_counts_and_both_files_are_read(folder):
    text = json.dumps(chat(message(1, photo="@"))).replace('"@"', '"a.jpg", "photo": "b.jpg"')
    write(folder, text, files={"a.jpg": b"a", "b.jpg": b"b"})
    last, first = read(folder)
    assert (last.data, last.post) == (b"b", post_of(1))
    assert (first.data, first.post) == (b"a", None)


@pytest.mark.threat("N1")
@pytest.mark.parametrize("part", [0.3, 0.5, 0.7, 0.99])
def test_of_a_json_that_was_cut_no_picture_is_lost(folder, part):
    export = chat(*(picture(number) for number in range(100)))
    write(folder, export)
    path = folder / "result.json"
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])
    everything = read(folder)
    end = next(item for item in everything if item.ends_source)
    assert (end.name, end.reason) == ("result.json", CUT)
    posted = [item for item in everything if item.post]
    assert len(posted) >= 100 * part - 5
    assert [item.post for item in posted] == [post_of(number) for number in range(len(posted))]
    assert len([item for item in everything if item.data]) == 100


@pytest.mark.threat("N1")
def test_zeros_where_the_disk_lost_the_end_are_a_sentence(folder):
    write(folder, chat(*(picture(number) for number in range(10))))
    with (folder / "result.json").open("r+b") as file:
        file.seek(2000)
        file.write(bytes(3000))
    end = next(item for item in read(folder) if item.ends_source)
    assert end.reason == "the file is damaged: from somewhere on it is no JSON." + LOST


@pytest.mark.threat("N1")
@pytest.mark.parametrize("where", ["in a message", "in the chat"])
def test_json_a_hundred_thousand_levels_deep_ends_the_messages(folder, where):
    deep = "[" * 100_000 + "]" * 100_000
    text = json.dumps(
        chat(picture(1), message(2, text="@")) if where == "in a message" else chat(picture(1)) | {"x": "@"}
    )
    write(folder, text.replace('"@"', deep), files={"photos/photo_1@01-03-2026_10-00-00.jpg": b"1"})
    everything = read(folder)
    assert next(item.reason for item in everything if item.ends_source) == (
        "it is nested more than 64 deep, which no export is." + LOST
    )
    assert [item.data for item in everything if item.data] == [b"1"]


@pytest.mark.threat("N1")
@pytest.mark.parametrize("kind", ["text", "number", "key", "blanks"])
def test_a_text_of_a_gigabyte_ends_the_messages_in_flat_memory(folder, kind):
    text = (
        json.dumps(chat(picture(1)))[:-2]
        + ', {"id": 2, '
        + {
            "text": '"text": "',
            "number": '"date_unixtime": 1',
            "key": '"',
            "blanks": "",
        }[kind]
    )
    write(folder, text, files={"photos/photo_1@01-03-2026_10-00-00.jpg": b"1"})
    piece = {"text": b'a\\"', "number": b"123", "key": b"key", "blanks": b"   "}[kind] * (1 << 20)
    with (folder / "result.json").open("ab") as file:
        file.write(piece)
        file.truncate(1 << 30)
    posted, end = read(folder)
    assert posted.post == post_of(1)
    assert end.reason == "it holds a text of more than 1,048,576 bytes, which no export does." + LOST
    assert cost(folder)["grown_mib"] < 30


@pytest.mark.threat("N1")
def test_memory_does_not_grow_with_an_export(folder):
    folder.mkdir()
    with (folder / "result.json").open("w") as file:
        file.write(json.dumps(CHAT)[:-1] + ', "messages": [')
        file.write(",".join(json.dumps(picture(number)) for number in range(30_000)) + "]}")
    said = cost(folder)
    assert said["count"] == 30_000
    assert set(said["reasons"]) == {NOT_THERE}
    assert said["grown_mib"] < 15


def test_chats_beyond_the_limit_lose_their_late_names_only(folder):
    late = [{"messages": [picture(number)], "id": number, "type": "bot_chat", "name": "x"} for number in range(3)]
    write(folder, account(*late))
    posts = [item.post for item in read(folder, SourceLimits(chats=2)) if item.post]
    assert [post.chat_name for post in posts] == ["x", "x", None]


@pytest.mark.threat("N1")
def test_any_damage_ends_in_sentences(folder):
    good = json.dumps(account(chat(picture(1), message(2, file="a.mp4", media_type=None)))).encode()
    write(folder, "", files={"a.mp4": b"film"})
    random_ = random.Random(1)
    for _ in range(300):
        bad = bytearray(good)
        for _ in range(random_.randint(1, 6)):
            bad[random_.randrange(len(bad))] = random_.choice(b'{}[]",:\\\0\xff01ntf' + b" ")
        (folder / "result.json").write_bytes(bad[: random_.choice((len(bad), random_.randrange(len(bad))))])
        assert [item.data for item in read(folder) if item.name == "a.mp4"] == [b"film"]
