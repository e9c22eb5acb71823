"""Questions about state law: seen by their cues, answered from the rows, never by a search.

Ask -> wanted (whose law, on what) -> statements of the rows -> draft, or an abstention
"""

from knowledge.answering.states.told import Told, state_law, state_rule_beside

__all__ = ["Told", "state_law", "state_rule_beside"]
