"""The evidence packet for one policy: what a body asked to see, in one document.

file -> Review -> parts -> DOCX and PDF
"""

from bot.packet.contents import packet_parts
from bot.packet.parts import Subject
from bot.packet.pdf import packet_pdf
from bot.packet.word import packet_docx

__all__ = ["Subject", "packet_docx", "packet_parts", "packet_pdf"]
