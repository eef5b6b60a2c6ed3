"""The courier: sends what waits in the outbox, by the channels that the settings name."""
