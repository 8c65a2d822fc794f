"""Where model files come from: a local folder, the model hub, package wheels."""
