"""Answers of the municipality, their versions, and what the desk makes of them."""

from knowledge.models.article import LINE, LONG, MOST_LINES, SHORT, TITLE, Article, ArticleVersion, ArticleWord
from knowledge.models.outside import PublicPart
from knowledge.models.use import ArticleFeedback, ArticleUse

__all__ = [
    "LINE",
    "LONG",
    "MOST_LINES",
    "SHORT",
    "TITLE",
    "Article",
    "ArticleFeedback",
    "ArticleUse",
    "ArticleVersion",
    "ArticleWord",
    "PublicPart",
]
