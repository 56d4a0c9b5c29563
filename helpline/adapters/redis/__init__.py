"""Stores that many processes share: a Redis that writes nothing to disk. One Lua script is one step."""
