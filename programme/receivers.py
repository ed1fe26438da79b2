"""The programme adds its part when the demo is loaded."""
