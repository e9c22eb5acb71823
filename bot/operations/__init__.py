"""What whoever runs the bot sees of it: figures, health, traces, logs and the audit record.

Nothing here holds what people write or are told.
"""
