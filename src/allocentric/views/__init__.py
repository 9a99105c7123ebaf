"""How a scene is shown."""
