"""Posts of ours below which people write in the demo."""

MARKET = "De weekmarkt staat vanaf volgende week op het plein achter de kerk."
MARKET_URL = "https://www.facebook.com/gemeenteopmeer/posts/weekmarkt"
