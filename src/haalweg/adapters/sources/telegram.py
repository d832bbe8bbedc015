"""Telegram Desktop's exports: the messages of result.json, as a stream, and the files they name.

What the file looks like: tdesktop's export_output_json.cpp, read in 2026. One chat is the top object itself; a whole
account holds them in chats.list and left_chats.list. A path may instead be a sentence in brackets.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

import ijson
from ijson.common import JSONError

from haalweg.adapters.sources.items import ItemError
from haalweg.adapters.sources.shards import Member
from haalweg.reports.post import Post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from haalweg.adapters.sources.limits import SourceLimits

RESULT = "result.json"
_PIECE = 1 << 16
_SIGNS = frozenset({"messages", "chats", "left_chats", "personal_information"})
_CHAT_KEYS = frozenset({"id", "name", "type"})
_NAMELESS = frozenset({"saved_messages", "replies", "verification_codes"})
_MESSAGE_KEYS = frozenset({"id", "date_unixtime", "from_id", "actor_id", "photo", "file", "thumbnail", "media_type"})
_SOUND = frozenset({"voice_message", "audio_file"})
_MOST_LETTERS = 1024  # of a name or an id; Telegram's own are at most 255
_OPENS, _CLOSES = frozenset({"start_map", "start_array"}), frozenset({"end_map", "end_array"})
_SOMETHING_ELSE = object()  # where an object or a list stands for a value

_CHATS = ((), ("chats", "list", "[]"), ("left_chats", "list", "[]"))
_WAYS = {way[:length] for way in _CHATS for length in range(len(way))} - {()}


@dataclass(slots=True)
class Chat:
    """What an export says of a chat, as far as it was read."""

    number: int  # in the order of the file
    words: dict[str, str | None] = field(default_factory=dict, repr=False)

    @property
    def is_known(self) -> bool:
        """Whether all has been read that this kind of chat has."""
        nameless = self.words.get("type") in _NAMELESS
        return "id" in self.words and "type" in self.words and ("name" in self.words or nameless)


def is_export(head: bytes, limits: SourceLimits) -> bool | None:
    """Whether a file that begins so is an export of Telegram Desktop; None: it cannot be told."""
    depth = 0
    try:
        for events in _events(io.BytesIO(head), limits):
            for event, value in events:
                if event == "map_key" and depth == 1 and value in _SIGNS:
                    return True
                depth += (event in _OPENS) - (event in _CLOSES)
    except ItemError:
        return None  # damaged, or not all of it is here
    return False


def messages_in(stream: BinaryIO, limits: SourceLimits) -> Iterator[tuple[Chat, dict[str, Any]]]:
    """Each message with its chat, which may be known only in part yet. Raises ItemError where the file is broken."""
    for chat, message in _walk(stream, limits):
        if message is not None:
            yield chat, message


def chats_in(stream: BinaryIO, limits: SourceLimits) -> dict[int, Chat]:
    """Every chat by its number, for exports that name a chat after its messages; what is broken ends them."""
    chats: dict[int, Chat] = {}
    try:
        for chat, message in _walk(stream, limits):
            if message is None and len(chats) < limits.chats:
                chats[chat.number] = chat
    except ItemError:
        pass  # said by who reads the messages
    return chats


def members_of(message: dict[str, Any], chat: Chat) -> Iterator[Member]:
    """The files of one message that may hold a picture."""
    words = chat.words
    number = _word(message.get("id"))
    post = Post(
        posted_at=_time(message.get("date_unixtime")),
        chat_id=words.get("id"),
        chat_name=words.get("name"),
        chat_type=words.get("type"),
        message_id=number,
        sender_id=_word(message.get("from_id")) or _word(message.get("actor_id")),
    )
    if message.get("media_type") in _SOUND:
        return
    for key in ("photo", "file"):
        value = message.get(key)
        if value is None:
            continue
        place, reason = place_of_media(value)
        if place is None:
            yield Member(f"{RESULT}, message {number}" if number else RESULT, post, reason)
            thumbnail, _ = place_of_media(message.get("thumbnail"))
            if key == "file" and thumbnail is not None:
                yield Member(thumbnail, post)  # the only thing there is of it
        elif not place.endswith(".tgs"):  # a sticker made of lines
            yield Member(place, post)


def named_in(message: dict[str, Any]) -> Iterator[str]:
    """Every file that a message names and that is spoken for: read for it, or of no use."""
    for key in ("photo", "file", "thumbnail"):
        place, _ = place_of_media(message.get(key))
        if place is not None:
            yield place


def place_of_media(value: object) -> tuple[str | None, str]:
    """Read a media path: the place in the export's folder, or None and the reason."""
    path = value if isinstance(value, str) else ""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    reason = ""
    if not isinstance(value, str):
        reason = "the message names its file by something that is no path."
    elif path.startswith("("):
        reason = "the export does not hold this file. Export again, with this kind of media and a higher size limit."
    elif "\0" in path:
        reason = "the message names its file by a path with a null character, which no file system has."
    elif path.startswith("/"):
        reason = "the message names its file by an absolute path, which may lead out of the export: not read."
    elif ".." in parts:
        reason = 'the message names its file by a path with "..", which may lead out of the export: not read.'
    elif not parts:
        reason = "the message names a file without a name."
    return (None, reason) if reason else ("/".join(parts), "")


def _walk(stream: BinaryIO, limits: SourceLimits) -> Iterator[tuple[Chat, dict[str, Any] | None]]:  # noqa: C901, PLR0912 - one plain list of cases
    """Messages with their chat; a chat without a message when all of it was read."""
    way: list[str] = []  # from the top object to where we are, the top object itself left out
    arrays: list[bool] = []  # for each container that is open: whether it is a list
    open_chats: list[Chat] = []
    chats_so_far = 0
    message: dict[str, Any] | None = None
    passed_over = 0  # how many containers deep we are in something that is of no interest
    key = ""
    for events in _events(stream, limits):
        for event, value in events:
            if passed_over:
                passed_over += (event in _OPENS) - (event in _CLOSES)
                if passed_over > limits.json_depth:
                    raise ItemError(f"it is nested more than {limits.json_depth} deep, which no export is.")
            elif event == "map_key":
                key = value
            elif message is not None:
                if event == "end_map":
                    yield open_chats[-1], message
                    message = None
                elif key in _MESSAGE_KEYS:
                    message[key] = _SOMETHING_ELSE if event in _OPENS else value
                passed_over = event in _OPENS
            elif event in _OPENS:
                here = (*way, "[]" if arrays[-1] else key) if arrays else ()
                is_list = event == "start_array"
                if here in _CHATS and not is_list:
                    open_chats.append(Chat(chats_so_far))
                    chats_so_far += 1
                elif here[-2:] == ("messages", "[]") and here[:-2] in _CHATS and not is_list:
                    message = {}
                    continue
                elif here not in _WAYS and not (is_list and here[-1:] == ("messages",) and here[:-1] in _CHATS):
                    passed_over = 1
                    continue
                way[:] = here
                arrays.append(is_list)
            elif event in _CLOSES:
                if tuple(way) in _CHATS and open_chats and not arrays[-1]:
                    yield open_chats.pop(), None
                arrays.pop()
                del way[-1:]
            elif key in _CHAT_KEYS and not arrays[-1] and tuple(way) in _CHATS:
                open_chats[-1].words[key] = _word(value)


def _events(stream: BinaryIO, limits: SourceLimits) -> Iterator[list[tuple[str, Any]]]:
    """What the parser says, a piece of the file at a time. Raises ItemError where the file is broken."""
    events = ijson.sendable_list()
    parser = ijson.basic_parse_coro(events, use_float=True)
    silent_bytes = 0
    while True:
        piece = stream.read(_PIECE)
        broken: Exception | None = None
        try:
            if piece:
                parser.send(piece)
            else:
                parser.close()
        except (JSONError, ValueError, OverflowError, UnicodeError) as error:
            broken = error
        silent_bytes = 0 if events else silent_bytes + len(piece)
        yield events
        events.clear()
        if broken is not None and not piece:
            raise ItemError("the file was cut: it ends in the middle of its JSON.") from broken
        if broken is not None:
            raise ItemError("the file is damaged: from somewhere on it is no JSON.") from broken
        if silent_bytes > limits.json_token_bytes:  # the parser keeps a text until it ends
            raise ItemError(f"it holds a text of more than {limits.json_token_bytes:,} bytes, which no export does.")
        if not piece:
            return


def _word(value: object) -> str | None:
    if isinstance(value, str):
        return value[:_MOST_LETTERS]
    return str(value) if type(value) is int else None


def _time(value: object) -> datetime | None:
    """Seconds since 1970, as text or number; `date` beside it has no zone and is left alone."""
    try:
        return datetime.fromtimestamp(int(value), UTC) if isinstance(value, str) or type(value) is int else None
    except (ValueError, OverflowError, OSError):
        return None
