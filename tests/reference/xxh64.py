"""XXH64 as its specification writes it, to hold the checksum of a saved index to. Slow."""

from __future__ import annotations

import struct

_PRIMES = (11400714785074694791, 14029467366897019727, 1609587929392839161, 9650029242287828579, 2870177450012600261)
_MASK = 2**64 - 1


def xxh64(data: bytes, seed: int = 0) -> int:
    p1, p2, p3, p4, p5 = _PRIMES
    at = 0
    if len(data) >= 32:
        lanes = [seed + p1 + p2, seed + p2, seed, seed - p1]
        whole = len(data) // 32 * 32
        for words in struct.iter_unpack("<4Q", data[:whole]):
            lanes = [_round(lane, word) for lane, word in zip(lanes, words, strict=True)]
        value = sum(_turned(lane & _MASK, by) for lane, by in zip(lanes, (1, 7, 12, 18), strict=True)) & _MASK
        for lane in lanes:
            value = ((value ^ _round(0, lane)) * p1 + p4) & _MASK
        at = whole
    else:
        value = (seed + p5) & _MASK
    value = (value + len(data)) & _MASK
    while at + 8 <= len(data):
        value = (_turned(value ^ _round(0, int.from_bytes(data[at : at + 8], "little")), 27) * p1 + p4) & _MASK
        at += 8
    if at + 4 <= len(data):
        value = (_turned(value ^ (int.from_bytes(data[at : at + 4], "little") * p1 & _MASK), 23) * p2 + p3) & _MASK
        at += 4
    for byte in data[at:]:
        value = _turned(value ^ (byte * p5 & _MASK), 11) * p1 & _MASK
    value = (value ^ value >> 33) * p2 & _MASK
    value = (value ^ value >> 29) * p3 & _MASK
    return value ^ value >> 32


def _turned(value: int, by: int) -> int:
    return (value << by | value >> (64 - by)) & _MASK


def _round(lane: int, word: int) -> int:
    return _turned((lane + word * _PRIMES[1]) & _MASK, 31) * _PRIMES[0] & _MASK
