"""What people see in a terminal. Marks carry the meaning; colors only repeat it."""

from bot.terminal.answers import print_answer
from bot.terminal.reviews import print_review

__all__ = ["print_answer", "print_review"]
