"""A question to an answer: understood, found, chosen, verified, dated; or declined with a reason.

read_asks -> gate_for -> candidates -> find_lead, choose -> write -> verify -> Answer
"""

from knowledge.answering.engine import answer
from knowledge.answering.library import Library
from knowledge.answering.own_texts import with_own_texts

__all__ = ["Library", "answer", "with_own_texts"]
