"""Measures the assistant: gold cases in, scores and figures out. A door like the others."""
