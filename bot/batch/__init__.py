"""The review of many manuals, for staff who look at hundreds of agencies.

It reads files, has each judged by the same engine as everything else, and writes a report.
"""

from bot.batch.journal import Terms
from bot.batch.run import Done, Order, review_manuals

__all__ = ["Done", "Order", "Terms", "review_manuals"]
