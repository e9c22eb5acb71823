"""What is known, and the two engines that answer and review from it.

from knowledge import open_advisor
from knowledge.requests import read_question
from knowledge.settings import Settings

advisor = open_advisor(Settings())
advisor.answer(read_question("Is the chokehold ban absolute?"))
"""

from knowledge.advisor import Advisor, open_advisor
from knowledge.types import Answer, Excerpt, Question, Review

__all__ = ["Advisor", "Answer", "Excerpt", "Question", "Review", "open_advisor"]
