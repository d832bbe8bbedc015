"""What somebody does at the desk. Who may do what with it stands in one table, `haalweg.web.desk.rights`."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """One for each account."""

    CASE_WORKER = "case_worker"  # speaks with people, and decides about their cases
    REVIEWER = "reviewer"  # decides on figures: the second pair of eyes, which reads no message, place or address
    COORDINATOR = "coordinator"  # a case worker who also says whose work a case is, and sees who did what
    AUDITOR = "auditor"  # sees who did what and when, and no case
    PARTNER = "partner"  # sees what their own partner was given, and no case
