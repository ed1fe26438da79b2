"""Letters that come in as scans: pages, separator sheets, the receipt stamp, and reading with Tesseract."""
