"""Chats as the desk meets them: who may see them, and when there is somebody to chat with."""
