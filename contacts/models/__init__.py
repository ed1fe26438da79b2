"""The desk's rows: customers, questions, contacts, who holds them, the promises and who was told."""

from contacts.models.api_client import ApiClient, IdempotencyKey
from contacts.models.assignment import Assignment, ConfidentialAccess, QuestionViewer
from contacts.models.callback import CallbackAttempt, CallbackRequest
from contacts.models.chat import Chat, ChatLine
from contacts.models.clock import ClockEvent, NormClock
from contacts.models.consent import MessageConsent
from contacts.models.contact import Contact, Note, QuestionContact
from contacts.models.customer import ContactAddress, Customer, MergeProposal
from contacts.models.letter import OutgoingLetter
from contacts.models.norm import ServiceNorm
from contacts.models.notice import Notice
from contacts.models.place import QuestionPlace
from contacts.models.planned import PlannedReply
from contacts.models.question import Question, QuestionLink
from contacts.models.routing import RoutingRule
from contacts.models.template import ReplyTemplate
from contacts.models.text_level import TextLevel, TextLevelState
from contacts.models.work import Draft, SavedView

__all__ = [
    "ApiClient",
    "Assignment",
    "CallbackAttempt",
    "CallbackRequest",
    "Chat",
    "ChatLine",
    "ClockEvent",
    "ConfidentialAccess",
    "Contact",
    "ContactAddress",
    "Customer",
    "Draft",
    "IdempotencyKey",
    "MergeProposal",
    "MessageConsent",
    "NormClock",
    "Note",
    "Notice",
    "OutgoingLetter",
    "PlannedReply",
    "Question",
    "QuestionContact",
    "QuestionLink",
    "QuestionPlace",
    "QuestionViewer",
    "ReplyTemplate",
    "RoutingRule",
    "SavedView",
    "ServiceNorm",
    "TextLevel",
    "TextLevelState",
]
