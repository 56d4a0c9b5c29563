"""Stores in this process's memory: one lock each, never held while anything else is called."""
