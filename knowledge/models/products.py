"""Products of a list of others (Samenwerkende Catalogi, Uniforme Productnamenlijst), and the answer that each became."""

from django.db import models

from knowledge.models.article import Article

PRODUCT_KEY = 420


class Product(models.Model):
    """A product that was taken in once; its answer is found again by it, whatever its title became."""

    key = models.CharField(max_length=PRODUCT_KEY, unique=True)
    """Its uniform address, else its name without capitals and accents."""
    article = models.ForeignKey(Article, models.SET_NULL, null=True, related_name="products")
    """None: the draft was thrown away."""
    taken_in_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class ProductImport(models.Model):
    """A file that somebody looks at before anything is made of it."""

    name = models.CharField(max_length=120)
    by = models.ForeignKey("organisation.User", models.CASCADE, related_name="+")
    at = models.DateTimeField()
    rows = models.JSONField(default=list)
    """What the file says (`knowledge/products_csv.py`), with `take` and `subject` as they were chosen; empty once taken in."""
    unused = models.JSONField(default=list)
    """Heads of columns that are not used."""
    done_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    """How many became a draft, were changed, and stayed as they were."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.name
