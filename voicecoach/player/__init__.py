"""The player: what commands make of a live session."""

from voicecoach.player.commands import Command, Cut, Reply, State, Step
from voicecoach.player.steering import PACES, REMINDER_MS, Player

__all__ = ["PACES", "REMINDER_MS", "Command", "Cut", "Player", "Reply", "State", "Step"]
