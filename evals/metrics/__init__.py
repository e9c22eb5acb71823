"""Figures over scores: means and counts with their intervals, ranking, coverage, classes."""
