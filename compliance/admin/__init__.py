"""The door of who keeps the register."""
