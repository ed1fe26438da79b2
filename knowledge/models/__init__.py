"""Answers of the municipality, their versions, and what the desk makes of them."""

from knowledge.models.article import LINE, LONG, MOST_LINES, SHORT, TITLE, Article, ArticleVersion, ArticleWord
from knowledge.models.news import NEWS_TEXT, News, NewsRead
from knowledge.models.outside import PublicPart
from knowledge.models.products import PRODUCT_KEY, Product, ProductImport
from knowledge.models.translation import ArticleTranslation, Language
from knowledge.models.use import ArticleFeedback, ArticleUse

__all__ = [
    "LINE",
    "LONG",
    "MOST_LINES",
    "NEWS_TEXT",
    "PRODUCT_KEY",
    "SHORT",
    "TITLE",
    "Article",
    "ArticleFeedback",
    "ArticleTranslation",
    "ArticleUse",
    "ArticleVersion",
    "ArticleWord",
    "Language",
    "News",
    "NewsRead",
    "Product",
    "ProductImport",
    "PublicPart",
]
