"""What is asked, who was asked, and what was answered: the last two know nothing of each other."""

from surveys.models.answers import Answer, AnswerBatch, Response
from surveys.models.asking import AskingChoices, ChannelRule, Invitation, OptOut, SurveyPlace
from surveys.models.outside import OutsideImport, OutsideIndicator, OutsideResult
from surveys.models.rounds import SurveyRound, WordGroup
from surveys.models.survey import Survey, SurveyQuestion, SurveyVersion

__all__ = [
    "Answer",
    "AnswerBatch",
    "AskingChoices",
    "ChannelRule",
    "Invitation",
    "OptOut",
    "OutsideImport",
    "OutsideIndicator",
    "OutsideResult",
    "Response",
    "Survey",
    "SurveyPlace",
    "SurveyQuestion",
    "SurveyRound",
    "SurveyVersion",
    "WordGroup",
]
