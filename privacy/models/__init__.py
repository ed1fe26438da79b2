"""What persons ask about their own data, what may not go yet, and what went; who decided stays, without personal data."""

from privacy.models.persons import LegalHold, PersonRequest
from privacy.models.retention import (
    DestructionEntry,
    DestructionList,
    FileToRemove,
    ReadLogReview,
    RetentionTerm,
    WipedQuestion,
)
from privacy.models.rights import RightsRequest

__all__ = [
    "DestructionEntry",
    "DestructionList",
    "FileToRemove",
    "LegalHold",
    "PersonRequest",
    "ReadLogReview",
    "RetentionTerm",
    "RightsRequest",
    "WipedQuestion",
]
