"""Two versions of a policy: which verdicts differ, and because of which words."""

from bot.compare.changes import Change, Comparison, compare
from bot.compare.edits import Edit
from bot.compare.shown import comparison_record, print_comparison

__all__ = ["Change", "Comparison", "Edit", "compare", "comparison_record", "print_comparison"]
