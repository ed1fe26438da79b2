"""Addresses of the knowledge base: those of citizens begin with `antwoorden`."""

from django.urls import path

from knowledge.views import edit, news, outside, products, public_part, read, translation, usage, work

app_name = "knowledge"
urlpatterns = [
    path("kennisbank/", read.articles, name="articles"),
    path("kennisbank/nieuw/", edit.new_article, name="new_article"),
    path("kennisbank/werk/", work.work, name="work"),
    path("kennisbank/opmerkingen/<int:pk>/", work.answer, name="answer_feedback"),
    path("kennisbank/website/", public_part.settings, name="public_part"),
    path("kennisbank/gebruik/", usage.usage, name="usage"),
    path("kennisbank/producten/", products.products, name="products"),
    path("kennisbank/producten/<int:pk>/", products.preview, name="products_preview"),
    path("kennisbank/producten/<int:pk>/weg/", products.drop, name="products_drop"),
    path("kennisbank/nieuws/", news.news, name="news"),
    path("kennisbank/nieuws/nieuw/", news.add, name="news_add"),
    path("kennisbank/nieuws/<int:pk>/", news.item, name="news_item"),
    path("kennisbank/nieuws/<int:pk>/gelezen/", news.read, name="news_read"),
    path("kennisbank/nieuws/<int:pk>/wijzigen/", news.change, name="news_change"),
    path("kennisbank/nieuws/<int:pk>/intrekken/", news.withdraw, name="news_withdraw"),
    path("kennisbank/nieuws/<int:pk>/herinneren/", news.remind, name="news_remind"),
    path("kennisbank/<int:pk>/", read.article, name="article"),
    path("kennisbank/<int:pk>/tekst/", read.article_part, name="article_part"),
    path("kennisbank/<int:pk>/versies/", read.versions, name="versions"),
    path("kennisbank/<int:pk>/opmerking/", read.feedback, name="feedback"),
    path("kennisbank/<int:pk>/gebruikt/", read.used, name="used"),
    path("kennisbank/<int:pk>/wijzigen/", edit.edit, name="edit"),
    path("kennisbank/<int:pk>/concept/", edit.draft, name="draft"),
    path("kennisbank/<int:pk>/concept/besluit/", edit.decide, name="decide"),
    path("kennisbank/<int:pk>/vertaling/<slug:code>/", translation.translation, name="translation"),
    path(
        "kennisbank/<int:pk>/vertaling/<slug:code>/besluit/", translation.decide_translation, name="decide_translation"
    ),
    path("kennisbank/<int:pk>/nagekeken/", edit.checked, name="checked"),
    path("kennisbank/<int:pk>/intrekken/", read.gone, name="withdraw"),
    path("antwoorden/", outside.front, name="outside_front"),
    path("antwoorden/sitemap.xml", outside.sitemap, name="sitemap"),
    path("antwoorden/thema/<slug:code>/", outside.theme, name="outside_theme"),
    path("antwoorden/<slug:address>/", outside.answer, name="outside_answer"),
    path("antwoorden/<slug:address>/mening/", outside.opinion, name="outside_opinion"),
    path("antwoorden/<slug:address>/bedankt/", outside.thanks, name="outside_thanks"),
    path("robots.txt", outside.robots, name="robots"),
]
