"""When an owner's word that a byline is theirs is enough, and when a curator looks first."""

from enum import StrEnum

# So many works of one record may be a slip of an import; more are a person's.
FEW_WORKS = 2
MOST_WAITING = 50


class WhyWait(StrEnum):
    RECORD = "record"  # the byline stands on another record
    MANY = "many"  # more than FEW_WORKS of that record are asked for
    NAME = "name"  # no source and no curator gives the owner such a name
    OWNER = "owner"  # another person owns that record, or its ownership is in dispute


def why_wait(
    *, is_own_record: bool, name_fits: bool, has_other_owner: bool, asked_of_record: int
) -> tuple[WhyWait, ...]:
    """Why a curator decides; empty when the byline stands on a record of the owner's own and its name fits.

    `asked_of_record` counts the works of that one record which the owner took or asks for, this one among them.
    """
    reasons = (
        (WhyWait.RECORD, not is_own_record),
        (WhyWait.MANY, not is_own_record and asked_of_record > FEW_WORKS),
        (WhyWait.NAME, not name_fits),
        (WhyWait.OWNER, has_other_owner),
    )
    return tuple(reason for reason, holds in reasons if holds)
