"""The tables of a bank file. What stands in clear is on purpose: docs/explanation/bank-file.md, and a test."""

from __future__ import annotations

APPLICATION_ID = 0x6862616E  # "hban"
VERSION = 2
PAGE_BYTES = 16384

TABLES = {
    "store": """CREATE TABLE store (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  store BLOB NOT NULL,
  is_sealed INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  next_entry INTEGER NOT NULL,
  key_check BLOB NOT NULL,
  epoch BLOB NOT NULL,
  withdrawals INTEGER NOT NULL,
  journaled INTEGER
) STRICT""",
    "bank": """CREATE TABLE bank (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  threshold_bits INTEGER NOT NULL,
  video_query_percent INTEGER NOT NULL,
  video_entry_percent INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT""",
    "arrival": """CREATE TABLE arrival (
  id INTEGER PRIMARY KEY,
  assurance TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  expires_at INTEGER,
  source BLOB NOT NULL,
  note BLOB NOT NULL
) STRICT""",
    "block": """CREATE TABLE block (
  first_entry INTEGER PRIMARY KEY,
  bank INTEGER NOT NULL REFERENCES bank (id),
  signal_type TEXT NOT NULL,
  arrival INTEGER NOT NULL REFERENCES arrival (id),
  entries INTEGER NOT NULL,
  payload BLOB NOT NULL
) STRICT""",
    "tombstone": """CREATE TABLE tombstone (
  id INTEGER PRIMARY KEY,
  signal_type TEXT NOT NULL,
  lookup BLOB NOT NULL,
  reason TEXT NOT NULL,
  withdrawn_at INTEGER NOT NULL,
  chain BLOB NOT NULL,
  UNIQUE (signal_type, lookup)
) STRICT""",
    "withdrawn": """CREATE TABLE withdrawn (
  sequence INTEGER PRIMARY KEY,
  entry INTEGER NOT NULL UNIQUE,
  bank INTEGER NOT NULL REFERENCES bank (id),
  signal_type TEXT NOT NULL,
  arrival INTEGER NOT NULL REFERENCES arrival (id),
  withdrawn_at INTEGER NOT NULL
) STRICT""",
    "following": """CREATE TABLE following (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL UNIQUE,
  epoch BLOB,
  next_entry INTEGER,
  withdrawals INTEGER,
  heard_at INTEGER,
  turn INTEGER NOT NULL,
  is_replacing INTEGER NOT NULL,
  held INTEGER NOT NULL,
  came INTEGER NOT NULL
) STRICT""",
    "followed_bank": """CREATE TABLE followed_bank (
  bank INTEGER PRIMARY KEY REFERENCES bank (id),
  following INTEGER NOT NULL REFERENCES following (id)
) STRICT""",
    "followed": """CREATE TABLE followed (
  following INTEGER NOT NULL REFERENCES following (id),
  ref BLOB NOT NULL,
  entry INTEGER,
  turn INTEGER NOT NULL,
  PRIMARY KEY (following, ref)
) STRICT, WITHOUT ROWID""",
    "audit": """CREATE TABLE audit (
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  act TEXT NOT NULL,
  subject INTEGER,
  count INTEGER NOT NULL,
  detail TEXT NOT NULL,
  head BLOB NOT NULL
) STRICT""",
    "seals": """CREATE TABLE seals (
  key_id TEXT PRIMARY KEY,
  made INTEGER NOT NULL
) STRICT""",
    "audit_stays_as_it_is": """CREATE TRIGGER audit_stays_as_it_is BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END""",
    "audit_only_grows": """CREATE TRIGGER audit_only_grows BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END""",
    "tombstones_stay": """CREATE TRIGGER tombstones_stay BEFORE DELETE ON tombstone
BEGIN SELECT RAISE(ABORT, 'what was withdrawn stays withdrawn'); END""",
}

# A file of version 1 had no epoch, no order of its withdrawals, no journal, and followed nobody.
SINCE_2 = ("following", "followed_bank", "followed")
TABLES_1 = {name: sql for name, sql in TABLES.items() if name not in SINCE_2} | {
    "store": """CREATE TABLE store (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  store BLOB NOT NULL,
  is_sealed INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  next_entry INTEGER NOT NULL,
  key_check BLOB NOT NULL
) STRICT""",
    "withdrawn": """CREATE TABLE withdrawn (
  entry INTEGER PRIMARY KEY,
  bank INTEGER NOT NULL REFERENCES bank (id),
  signal_type TEXT NOT NULL,
  arrival INTEGER NOT NULL REFERENCES arrival (id),
  withdrawn_at INTEGER NOT NULL
) STRICT""",
}
