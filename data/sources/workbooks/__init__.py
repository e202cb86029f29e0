"""Workbooks: Excel's new and old ones and OpenDocument's, their cells and what they show of them."""
