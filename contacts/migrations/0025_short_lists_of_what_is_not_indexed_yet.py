"""What was written last waits in a list beside a word index, and every search reads that list: 64 kB of it at most, not 4 MB.

At 64 kB writing costs the same, a search a fifth, and nobody waits until 4 MB are put in order (docs/performance.md).
"""

from typing import Final

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

SHORT: Final = 64
INDEXES: Final = {
    "customer": GinIndex(
        fields=["search_text"], name="customer_trigram", opclasses=["gin_trgm_ops"], gin_pending_list_limit=SHORT
    ),
    "contactaddress": GinIndex(
        fields=["normalized"], name="address_trigram", opclasses=["gin_trgm_ops"], gin_pending_list_limit=SHORT
    ),
    "question": GinIndex(fields=["search"], name="question_words", gin_pending_list_limit=SHORT),
}


class Migration(migrations.Migration):
    dependencies = [("contacts", "0024_consent_to_whatsapp")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    [f"ALTER INDEX {index.name} SET (gin_pending_list_limit = {SHORT})" for index in INDEXES.values()],
                    [f"ALTER INDEX {index.name} RESET (gin_pending_list_limit)" for index in INDEXES.values()],
                )
            ],
            state_operations=[
                operation
                for model, index in INDEXES.items()
                for operation in (migrations.RemoveIndex(model, index.name), migrations.AddIndex(model, index))
            ],
        )
    ]
